import time
from dataclasses import is_dataclass
from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillaudit.clean import clean, mask, scrub, without_hashes
from skillaudit.credentials import shorten
from skillaudit.model import Location, Severity
from skillaudit.report import Report

KEY = b"one run"
RANDOM = "aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gI3kM5oQ7s"

# Put together here so that no scanner takes this file for a leak.
SECRETS = {
    "AWS access key id": "AKIA" + "IOSFODNN7EXAMPLE",
    "GitHub token": "ghp_" + RANDOM[:36],
    "GitHub fine-grained": "github_pat_" + RANDOM,
    "Slack": "xoxb-" + "123456789012-" + RANDOM[:24],
    "OpenAI": "sk-proj-" + RANDOM,
    "Anthropic": "sk-ant-" + "api03-" + RANDOM,
    "Google": "AIza" + RANDOM[:35],
    "Stripe": "sk_live_" + RANDOM[:24],
    "JWT": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r",
    "npm": "npm_" + RANDOM[:36],
    "PyPI": "pypi-" + "AgEIcHlwaS5vcmc" + RANDOM,
    "private key": "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA\n" * 3 + "-----END RSA PRIVATE KEY-----",
}


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("around", ["{}", "x = '{}'", "log.info(f'{}')", "\x1b{}", "https://x/?k={}&b=1", "({})"])
def test_no_character_of_a_provider_shaped_secret_is_shown(kind: str, around: str) -> None:
    shown = mask(around.format(SECRETS[kind]), KEY)
    assert not any(SECRETS[kind][n : n + 6] in shown for n in range(len(SECRETS[kind]) - 6))
    assert "characters, #" in shown


@pytest.mark.parametrize(
    "line",
    [
        "api_key = 'f3Ka92LmZ0qPx81Q'",
        'SECRET_TOKEN: str = "f3Ka92LmZ0qPx81Q"',
        '{"client_secret": "f3Ka92LmZ0qPx81Q"}',
        'os.getenv("API_KEY", "f3Ka92LmZ0qPx81Q")',
        'headers["Authorization"] = "Bearer f3Ka92LmZ0qPx81Q"',
        "https://user:f3Ka92LmZ0qPx81Q@example.org/x",
        "password='f3Ka92LmZ0qPx81Q'",
        "https://f3Ka92LmZ0qPx81Q:x-oauth-basic@example.org/x",
        "https://example.org/x?access_token=f3Ka92LmZ0qPx81Q&y=1",
        "Server=db;User Id=sa;Password=f3Ka92correcthorse",
        "API_KEY=f3Ka92LmZ0qPx81Q",
        "  api_key: f3Ka92LmZ0qPx81Q",
        "start --api-key f3Ka92LmZ0qPx81Q",
    ],
)
def test_named_secrets_are_masked(line: str) -> None:
    assert "f3Ka92" not in mask(line, KEY)


def test_a_password_needs_no_randomness() -> None:
    assert "correcthorse" not in mask("password = 'correcthorse'", KEY)


@pytest.mark.parametrize(
    "line",
    [
        "max_tokens = 4096",
        "token_type = 'access_token'",
        "commit 8ef46287e54fb05ed332499297e5b744e1a877f7",
        "token = os.environ['GITHUB_TOKEN']",
        "risk-assessment-of-the-whole-organisation",
        "sk-learn-is-a-library-for-machine-learning",
        "git clone https://github.com/owner/name.git",
        "f'{token}'",
        "connect(token=settings.oauth2_token_v2, key=row.key_id_2024)",
        "password=opts.password;",
        "sort(rows, key=lambda row: row.name1)",
        "https://a-long-name-of-a-host-2024.example.org:8443/path@2x.png",
        "import key from './monkey-patches-2024'",
    ],
)
def test_ordinary_code_stays_readable(line: str) -> None:
    assert mask(line, KEY) == line


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("kept", [1, 6, 9, 30])
def test_nothing_is_cut_in_two(kind: str, kept: int) -> None:
    secret = SECRETS[kind].replace("\n", " ") if kind != "private key" else SECRETS[kind]
    text = f"use {secret} to log in"
    short = shorten(text, len("use ") + kept)
    assert short in {"use ", f"use {secret}"} or len(short) == len("use ") + kept > len(secret)
    assert not any(secret[n : n + 6] in mask(short, KEY) for n in range(len(secret) - 6))


def test_what_holds_no_secret_is_cut_where_it_was_asked() -> None:
    assert shorten("x" * 100, 10) == "x" * 10
    assert shorten("short", 10) == "short"


def test_equal_secrets_have_equal_hashes_in_one_run_only() -> None:
    secret = SECRETS["npm"]
    assert mask(secret, KEY) == mask(secret, KEY) != mask(secret, b"another run")
    assert without_hashes(mask(secret, KEY)) == without_hashes(mask(secret, b"another run"))


@pytest.mark.parametrize("kind", SECRETS)
def test_masking_twice_changes_nothing(kind: str) -> None:
    once = clean(mask(f"token = '{SECRETS[kind]}'", KEY))
    assert clean(mask(once, KEY)) == once


def test_lines_keep_their_numbers() -> None:
    text = f"a\n{SECRETS['private key']}\nlast"
    assert mask(text, KEY).split("\n").index("last") == text.split("\n").index("last")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd"),
        ("\x7f\x9b", "\\x7f\\x9b"),
        ("\u202e\u2066\u200b\ufeff", "\\u202e\\u2066\\u200b\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\udc80", "\\udc80"),
        ("Grüße 日本", "Grüße 日本"),
    ],
)
def test_clean_shows_what_hides(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert clean(shown) == shown


@pytest.mark.parametrize(
    "unit",
    ["eyJ", "sk-", "token", "ghp_", "://a:", "-----BEGIN PRIVATE KEY-----", "secret='", "xoxb-1", "Bearer ", "a."],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    start = time.perf_counter()
    mask(unit * (200_000 // len(unit)), KEY)
    assert time.perf_counter() - start < 5


class _Holder(msgspec.Struct, frozen=True):
    text: str
    places: tuple[Location, ...]
    severity: Severity
    number: int


def test_scrub_reaches_every_string() -> None:
    holder = _Holder(SECRETS["npm"], (Location("a\x1b.py", 1),), Severity.HIGH, 3)
    shown = scrub(holder, KEY)
    assert shown.places == (Location("a\\x1b.py", 1),)
    assert shown.text == mask(SECRETS["npm"], KEY)
    assert (shown.severity, shown.number) == (Severity.HIGH, 3)


FRAGMENTS = st.sampled_from(
    [
        *("AKIA", "ABCDEFGHIJ234567", "ghp_", "github_pat_", "glpat-", "xoxb-", "xapp-", "hooks.slack.com/services/"),
        *("sk-ant-", "sk-", "AIza", "GOCSPX-", "ya29.", "sk_live_", "rk_test_", "whsec_", "eyJhbGci.eyJzdWIi.", "npm_"),
        *("pypi-", "hf_", "SG.", "a1B2c3D4e5F6g7H8.", "-----BEGIN RSA PRIVATE KEY-----", "Bearer ", "basic ", "TOKEN "),
        *("https://user:", "@host", "secret", "password", "PassWd", "apiKey", "api-key", "PRIVATEKEY", "credential"),
        *("cookie", "auth", "DSN", "connection_string", ' = "', ": '", '"', "'", "q9W8e7R6t5Y4u3I2o1P0", "plain words"),
    ]
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.lists(FRAGMENTS, max_size=5).map("".join))
def test_the_short_cut_for_harmless_text_hides_nothing(text: str) -> None:
    """Text that is not ASCII goes the long way."""
    assert mask(f"\u017e {text}", KEY) == f"\u017e {mask(text, KEY)}"


def test_a_report_holds_nothing_that_is_not_looked_into() -> None:
    """Texts in a dataclass would be printed as they are."""
    seen: set[object] = set()
    front: list[object] = [Report]
    while front:
        kind = front.pop()
        inner = kind if isinstance(kind, list) else get_args(kind)
        if inner:
            front.extend(inner)
        elif isinstance(kind, type) and kind not in seen:
            seen.add(kind)
            front.extend(get_type_hints(kind).values() if issubclass(kind, msgspec.Struct) else ())
    assert sum(isinstance(kind, type) and issubclass(kind, msgspec.Struct) for kind in seen) > 50
    assert not [kind for kind in seen if is_dataclass(kind)]
