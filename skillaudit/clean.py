"""What comes from an audited repository is made harmless here before any output shows it.

``clean`` defuses control characters, ``mask`` hides secrets. Both are idempotent and linear: an unbounded pattern may
only begin where its own characters do not precede it.
"""

import hashlib
import hmac
import math
import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from operator import is_not
from typing import Any, TypeVar

T = TypeVar("T")

_BUCKETS = (8, 16, 32, 64, 128, 256)
_PEM_LIMIT = 20_000
_MIN_BITS = 2.5
_NO_BREAK_SPACE = "\u00a0"

_PROVIDERS = {
    "aws": ("AWS access key id", r"(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ANVA|ABIA|ACCA)[A-Z2-7]{16}"),
    "github": ("GitHub token", r"(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})"),
    "gitlab": ("GitLab token", r"glpat-[A-Za-z0-9_-]{20,255}"),
    "slack": ("Slack token", r"(?<![A-Za-z0-9-])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}"),
    "slackhook": ("Slack webhook", r"hooks\.slack\.com/services/[A-Za-z0-9/]{20,255}"),
    "anthropic": ("Anthropic key", r"(?<![A-Za-z0-9_-])sk-ant-[A-Za-z0-9_-]{16,}"),
    "google": ("Google key", r"(?:AIza[0-9A-Za-z_-]{35}|GOCSPX-[0-9A-Za-z_-]{20,64}|ya29\.[0-9A-Za-z_-]{20,255})"),
    "stripe": ("Stripe key", r"(?<![A-Za-z0-9])(?:[srp]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}"),
    "jwt": ("JWT", r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?"),
    "npm": ("npm token", r"(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{30,}"),
    "pypi": ("PyPI token", r"(?<![A-Za-z0-9_-])pypi-[A-Za-z0-9_-]{16,}"),
    "huggingface": ("Hugging Face token", r"(?<![A-Za-z0-9_])hf_[A-Za-z0-9]{30,}"),
    "sendgrid": ("SendGrid key", r"(?<![A-Za-z0-9_-])SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}"),
    "pem": (
        "private key",
        rf"-----BEGIN [A-Z0-9 ]{{0,40}}PRIVATE KEY-----[^-]{{0,{_PEM_LIMIT}}}(?:-----END [A-Z0-9 ]{{0,40}}-----)?",
    ),
}
_PROVIDER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (_, pattern) in _PROVIDERS.items()))
# These look like ordinary words too: only a value that is random by its digits and letters is masked.
_OPENAI = re.compile(r"(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{20,}")
_BEARER = re.compile(
    r"(?P<before>\b(?:Bearer|Basic|token)\s{1,4})(?P<value>[A-Za-z0-9._~+/-]{16,4096}={0,2})", re.IGNORECASE
)
_USERINFO = re.compile(r"(?P<before>://[^\s/:@'\"<>]{0,64}:)(?P<value>[^\s/:@'\"<>${}\[\]]{1,256})(?=@)")
_NAMED = re.compile(
    r"(?P<before>(?P<name>secret|token|passw(?:or)?d|passwd|pwd|api_?-?key|private_?-?key|access_?-?key|credential|bearer"
    r"|cookie|auth|dsn|connection_?string)\w{0,40}[\"'`]?\]?(?:\s?:\s?[\w\[\]|. ]{1,40})?"
    r"\s{0,8}(?:=>|:=|={1,3}|:|,)\s{0,8}"
    r"(?P<quote>[\"'`]))(?P<value>[^\"'`\s\[\]{}<>$]{6,512})(?=(?P=quote))",
    re.IGNORECASE,
)
# Nothing is masked in ASCII text without any of these, in whatever case: looking for them costs a hundredth.
_HINTS = (
    *("akia", "asia", "aida", "aroa", "agpa", "anpa", "anva", "abia", "acca"),
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "hooks.slack.com", "sk-"),
    *("aiza", "gocspx-", "ya29.", "k_live", "k_test", "whsec_", "eyj", "npm_", "pypi-", "hf_", "sg.", "private key"),
    *("bearer", "basic", "token", "://"),
    *("secret", "passw", "pwd", "key", "credential", "cookie", "auth", "dsn", "connection"),
)
_REMEMBERED = 1 << 16
_MASK_HASH = re.compile(r", #[0-9a-f]{4}\]")


def clean(text: str) -> str:
    r"""Show control, bidirectional, zero-width and other invisible characters as ``\xNN`` or ``\uNNNN``.

    The result is printable, on one line, and can be encoded in UTF-8 whatever the input was.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == _NO_BREAK_SPACE else _escape(ord(c)) for c in text)


def mask(text: str, key: bytes) -> str:
    """Replace everything shaped like a secret by its kind, a length bucket and a hash.

    Args:
        text: any text of the repository, as it stands there.
        key: of this run; equal secrets have equal hashes in one report, and none can be looked up elsewhere.
    """
    if text.isascii():
        lowered = text.lower()
        if not any(hint in lowered for hint in _HINTS):
            return text
    text = _PROVIDER.sub(lambda found: _masked(_PROVIDERS[found.lastgroup or "pem"][0], found[0], key), text)
    text = _OPENAI.sub(lambda found: _masked("OpenAI key", found[0], key) if _random(found[0]) else found[0], text)
    text = _BEARER.sub(lambda found: _named(found, "credential", key), text)
    text = _USERINFO.sub(lambda found: found["before"] + _masked("password", found["value"], key), text)
    return _NAMED.sub(lambda found: _named(found, "secret", key), text)


def provider_of(text: str) -> tuple[str, str] | None:
    """The kind and the characters of the first secret in a provider's format, if the text holds one."""
    found = _PROVIDER.search(text)
    if found is not None:
        return _PROVIDERS[found.lastgroup or "pem"][0], found[0]
    keyed = _OPENAI.search(text)
    return ("OpenAI key", keyed[0]) if keyed is not None and _random(keyed[0]) else None


def without_hashes(text: str) -> str:
    """Masked text as it reads in every run: the hashes differ from one commit to the next."""
    return _MASK_HASH.sub("]", text)


def scrub(value: T, key: bytes) -> T:
    """Mask and clean every string of a frozen value: dataclasses, tuples and what they hold.

    Values that are none of these (enumerations, numbers, our own functions) stay as they are.
    """
    cleaned: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        cleaned = _scrubbed(value, key)
    elif isinstance(value, tuple):
        parts = tuple(scrub(one, key) for one in value)
        cleaned = parts if any(map(is_not, parts, value)) else value
    else:
        changes = {
            name: part
            for name in _field_names(cleaned.__class__)
            if (part := scrub(getattr(value, name), key)) is not getattr(value, name)
        }
        if changes:
            cleaned = replace(cleaned, **changes)
    return cleaned  # type: ignore[no-any-return]  # same shape as came in, which the type system cannot say


@lru_cache(_REMEMBERED)
def _scrubbed(text: str, key: bytes) -> str:
    """The same paths, names and messages come again and again."""
    return clean(mask(text, key))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _escape(point: int) -> str:
    if point <= 0xFF:  # noqa: PLR2004 - two hexadecimal digits
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004 - four hexadecimal digits


def _masked(kind: str, secret: str, key: bytes) -> str:
    digest = hmac.new(key, secret.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:4]
    longer = [limit for limit in _BUCKETS if limit > len(secret)]
    lines = "\n" * secret.count("\n")  # what follows keeps its line number
    return f"[{kind}, {f'under {longer[0]}' if longer else 'over 256'} characters, #{digest}]{lines}"


def _named(found: re.Match[str], kind: str, key: bytes) -> str:
    value = found["value"]
    password = (found.groupdict().get("name") or "").lower().startswith(("passw", "pwd"))
    return found["before"] + _masked(kind, value, key) if password or _random(value) else found[0]


def _random(value: str) -> bool:
    """Whether letters and digits mix as they do in generated values."""
    if not (any(c.isdigit() for c in value) and any(c.isalpha() for c in value)):
        return False
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())
    return bits >= _MIN_BITS
