"""Stores of secrets: what their clients give back is a credential, whatever it is called afterwards."""

import re
from typing import Final, NamedTuple

from skillaudit.linking.values.origin import KEY, Path


class _Vault(NamedTuple):
    """Calls that give a secret out: ``leaves`` are the names that hold it, ``around`` those of what holds these.

    ``shown``: so does the answer, written as a whole.
    """

    calls: re.Pattern[str]
    leaves: frozenset[str]
    around: frozenset[str] = frozenset()
    shown: bool = True


_VAULTS: Final = (
    _Vault(
        re.compile(r"(?:aio)?boto(?:3|core)\b[\w.()]*\.(?:get_parameters?(?:_by_path)?|decrypt|generate_data_key)\(\)"),
        frozenset({"Value", "Plaintext"}),
        frozenset({"Parameter", "Parameters"}),
    ),
    _Vault(
        re.compile(
            r"(?:aio)?boto(?:3|core)\b[\w.()]*\.(?:assume_role(?:_with_\w+)?|get_session_token|get_federation_token|"
            r"get_credentials_for_identity|create_access_key)\(\)"
        ),
        frozenset({"SecretAccessKey", "SessionToken", "SecretKey"}),
        frozenset({"Credentials", "AccessKey"}),
    ),
    _Vault(
        re.compile(r"kubernetes(?:_asyncio)?\.client\.CoreV1Api\(\)\.(?:read|list)_(?:\w+_)?secret(?:_\w+)?\(\)"),
        frozenset({"data", "string_data"}),
        frozenset({"items"}),
    ),
    _Vault(
        re.compile(r"hvac\.(?:aio\.)?Client\(\)\.(?:secrets\.[\w.()]*\.)?(?:read|generate)\w*\(\)"), frozenset({"data"})
    ),
    _Vault(
        re.compile(r"azure\.keyvault\.secrets\.(?:aio\.)?SecretClient\(\)\.get_secret\(\)"),
        frozenset({"value"}),
        shown=False,
    ),
    _Vault(
        re.compile(
            r"google\.cloud\.secretmanager\w*\.SecretManagerService(?:Async)?Client\(\)\.access_secret_version\(\)"
        ),
        frozenset({"data"}),
        frozenset({"payload"}),
    ),
    _Vault(
        re.compile(r"k8s\.io/client-go/kubernetes[\w./()]*\.Secrets\(\)\.(?:Get|List)\(\)"),
        frozenset({"Data", "StringData"}),
        frozenset({"Items"}),
    ),
    _Vault(
        re.compile(r"github\.com/aws/aws-sdk-go[\w./()-]*/secretsmanager\.[\w()]+\.GetSecretValue\(\)"),
        frozenset({"SecretString", "SecretBinary"}),
    ),
    _Vault(
        re.compile(r"github\.com/hashicorp/vault/api\.[\w.()]+\.(?:Read|ReadWithContext|Get)\(\)"), frozenset({"Data"})
    ),
    _Vault(
        re.compile(r"cloud\.google\.com/go/secretmanager[\w./()]*\.AccessSecretVersion\(\)"),
        frozenset({"Data"}),
        frozenset({"Payload"}),
    ),
    _Vault(re.compile(r"cryptography\.fernet\.(?:Multi)?Fernet(?:\(\))?\.(?:generate_key|decrypt)\(\)"), frozenset()),
)

_BEGINNINGS: Final = (
    "boto",
    "aioboto",
    "hvac.",
    "azure.",
    "google.",
    "cryptography.",
    "kubernetes",
    "k8s.io/",
    "github.com/",
    "cloud.google.com/",
)


def secret_in(path: str, names: Path) -> bool:
    """Whether what is taken by ``names`` of the value at a dotted path holds a secret out of such a store.

    The keys of an answer are names.
    """
    for vault in _VAULTS if path.startswith(_BEGINNINGS) and KEY not in names else ():
        if (found := vault.calls.match(path)) is not None and "[" not in path[found.end() :]:
            taken = {name for name in (*re.findall(r"\.(\w+)", path[found.end() :]), *names) if name.isidentifier()}
            return not vault.leaves.isdisjoint(taken) or (vault.shown and taken <= vault.around)
    return False
