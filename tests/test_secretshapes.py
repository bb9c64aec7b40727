"""Which constants have the shape of a secret."""

import random
import string

import pytest
from linked import facts_of

from skillaudit.secretshapes import compared_shape, password_shape, shape_of

_RANDOM = random.Random(20261121)  # noqa: S311 - reproducible values that open nothing
_LETTERS = string.ascii_letters + string.digits


def made(count: int, letters: str = _LETTERS) -> str:
    return "".join(_RANDOM.choice(letters) for _ in range(count))


PROVIDERS = {
    "GitHub token": "ghp_" + made(36),
    "AWS access key id": "AKIA" + made(16, "BCDGHJKLMNPQRSTUVW234567"),
    "Slack token": f"xoxb-{made(12, '2345678')}-{made(24)}",
    "OpenAI key": "sk-proj-" + made(40),
    "private key": "-----BEGIN PRIVATE KEY-----\n" + made(64) + "\n",
}


@pytest.mark.parametrize("kind", PROVIDERS)
def test_a_providers_format_is_told_by_its_kind(kind: str) -> None:
    shape = shape_of(PROVIDERS[kind])
    assert shape is not None
    assert (shape.kind, shape.provider) == (kind, True)


@pytest.mark.parametrize("path", ["keys.py", "keys.ts", "keys.go"])
def test_a_key_that_is_longer_than_what_is_kept_of_a_constant_is_found(path: str) -> None:
    body = "".join(random.Random(7).choices(_LETTERS, k=800))  # noqa: S311 - opens nothing
    key = f"-----BEGIN RSA PRIVATE KEY-----\\n{body}\\n-----END RSA PRIVATE KEY-----"
    held = {
        "keys.py": f'signs_with = "{key}"\n',
        "keys.ts": f'const signsWith = "{key}";\n',
        "keys.go": f'package main\n\nvar signsWith = "{key}"\n',
    }
    found = facts_of({path: held[path], "go.mod": "module example.com/m\n\ngo 1.22\n"}).hard_coded
    assert [(one.location.path, one.kind) for one in found] == [(path, "private key")]


@pytest.mark.parametrize("length", [24, 32, 40, 64])
def test_generated_values_are_recognised(length: int) -> None:
    for letters in (_LETTERS, "0123456789abcdef"):
        found = [shape_of(made(length, letters)) for _ in range(200)]
        assert sum(shape is not None for shape in found) >= 180


def test_only_kind_and_length_are_kept() -> None:
    secret = made(40, "0123456789abcdef")
    assert secret not in repr(shape_of(secret))
    assert "under 64 characters" in repr(shape_of(secret))


HARMLESS = [
    "your-api-key-here-1234567890abcd",
    "<API_KEY>",
    "${SERVICE_TOKEN}",
    "changeme-a8f3k2m9x7q4w1z6",
    "xxxxxxxxxxxxxxxxxxxxxxxx",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "ghp_" + "x" * 36,
    "-----BEGIN PRIVATE KEY-----",
    "x-service-api-key-v2",
    "https://login.example.test/oauth2/v2.0/token",
    "urn:ietf:params:oauth:token-type:access_token",
    "claude-3-5-sonnet-20241022",
    "application/vnd.github.v3+json",
    "getUserByIdV2AndKey9Token",
    "2024-01-02T10:00:00.000Z",
    "postgresql://postgres:postgres1@localhost:5432/app",
    "postgresql://user:password@db/app",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_placeholders_words_and_addresses_are_no_secrets(text: str) -> None:
    assert shape_of(text) is None


def test_a_password_in_an_address_is_one() -> None:
    shape = shape_of("postgresql://app:k3hX92mQpt71@db.prod.c7.net/app")
    assert shape is not None
    assert shape.kind == "password in an address"


@pytest.mark.parametrize(("text", "opens"), [("open-sesame-2024", True), ("undefined", False), ("Bearer", False)])
def test_what_a_credential_is_compared_with_need_not_be_random(text: str, opens: bool) -> None:  # noqa: FBT001
    assert (compared_shape(text) is not None) is opens


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Winter-4711!", True),
        ("hunter22", True),
        ("winter", False),
        ("password-input-2", False),
        ("USER_PASSWORD_2", False),
        ("#password1", False),
        ("/etc/passwd2", False),
        ("changeme-123", False),
        ("at least 8 characters", False),
    ],
)
def test_a_password_is_chosen_by_people(text: str, chosen: bool) -> None:  # noqa: FBT001
    assert (password_shape(text) is not None) is chosen
