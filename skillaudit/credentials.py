"""What credentials look like in a text: the formats of their issuers, and the words that stand before others.

Every pattern is linear: what repeats is capped, and begins only where no character of its own stands before it.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

_PEM_LIMIT = 20_000
_MIN_BITS = 2.5
_GENERATED_BITS = 3.2
_GENERATED_LENGTH = 16
_FEWEST_TURNS = 0.25


class Credential(msgspec.Struct, frozen=True):
    """A part of a text that opens something, from the index ``start`` up to, not including, ``end``."""

    kind: str
    value: str
    start: int
    end: int


class Shape(msgspec.Struct, frozen=True):
    """One way to recognise credentials.

    Attributes:
        kind: What it is, in words.
        pattern: What it looks like.
        triggers: A text without any of these holds none.
        least: Nor does a shorter one.
        folded: Case does not matter; the triggers are in lower case.
        group: The part of the pattern that must not be seen.
        real: Whether a match is one indeed.
    """

    kind: str
    pattern: re.Pattern[str]
    triggers: tuple[str, ...]
    least: int = 0
    folded: bool = False
    group: str | int = 0
    real: Callable[[re.Match[str]], bool] = lambda _: True


def shapes_in(text: str) -> Iterator[Shape]:
    """The shapes that a text may hold, those of issuers first; most texts hold none, which costs little to see."""
    wanted = {number for trigger, number in _CASED if trigger in text}
    if text.isascii():
        lowered = text.lower()
        wanted.update(number for trigger, number in _FOLDED if trigger in lowered)
    else:  # letters that only folding makes equal
        wanted.update(number for _, number in _FOLDED)
    return (_SHAPES[number] for number in sorted(wanted) if len(text) >= _SHAPES[number].least)


def credentials_in(text: str) -> Iterator[Credential]:
    """Every credential in a text; of some a part is one too."""
    for shape in shapes_in(text):
        for found in shape.pattern.finditer(text):
            if shape.real(found):
                start, end = found.span(shape.group)
                yield Credential(shape.kind, found[shape.group], start, end)


def provider_of(text: str) -> tuple[str, str] | None:
    """The kind and the characters of the first secret in a provider's format, if the text holds one."""
    for shape in shapes_in(text):
        for found in shape.pattern.finditer(text) if shape in _ISSUED else ():
            if shape.real(found):
                return shape.kind, found[0]
    return None


def shorten(text: str, most: int) -> str:
    """The beginning of a text: so many characters, and more only where a credential would be cut in two.

    Whoever masks it later would not recognise the half.
    """
    end = most
    for found in credentials_in(text[: most + _PEM_LIMIT]) if len(text) > most else ():
        if found.start < end < found.end:
            end = found.end
    return text[:end]


def is_mixed(value: str) -> bool:
    """Whether letters and digits mix as they do in generated values."""
    if not (any(c.isdigit() for c in value) and any(c.isalpha() for c in value)):
        return False
    return _bits(value) >= _MIN_BITS


def _is_generated(value: str) -> bool:
    """The same of what stands bare in code, where names have digits too."""
    turns = len(_TURNS.findall(value)) / len(value)
    long = len(value) >= _GENERATED_LENGTH
    return long and turns >= _FEWEST_TURNS and _bits(value) >= _GENERATED_BITS and is_mixed(value)


def _bits(value: str) -> float:
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def _issued(kind: str, pattern: str, *triggers: str, ends: bool = False, least: int = 0) -> Shape:
    """The format of one issuer; with ``ends`` no letter or digit may follow."""
    end = "(?![A-Za-z0-9])" if ends else ""
    return Shape(kind, re.compile(rf"(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))(?:{pattern}){end}"), triggers, least)


def _named_so(found: re.Match[str]) -> bool:
    """A password need not be random, everything else must be."""
    return found["name"].lower().startswith(("passw", "pwd")) or is_mixed(found["value"])


def _assigned_so(found: re.Match[str]) -> bool:
    """In a connection string every password is one; elsewhere it must look generated."""
    in_list = bool(found["after"]) or found.string[: found.start()].endswith(";")
    listed = in_list and found["name"].lower() in {"password", "pwd"}
    return listed or _is_generated(found["value"])


_TURNS = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[a-z0-9])|(?<=[0-9])(?=[A-Za-z])")
_ISSUED: Final = (
    _issued(
        "AWS access key id",
        r"(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ANVA|ABIA|ACCA)[A-Z2-7]{16}",
        "AKIA",
        "ASIA",
        "AIDA",
        "AROA",
        "AGPA",
        "ANPA",
        "ANVA",
        "ABIA",
        "ACCA",
    ),
    _issued(
        "GitHub token",
        r"(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})",
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
    ),
    _issued(
        "GitLab token",
        r"gl(?:pat|ptt|rt|cbt|dt|ft|soat|agent|imt|oas|ffct)-[A-Za-z0-9_.-]{20,255}",
        "glpat-",
        "glptt-",
        "glrt-",
        "glcbt-",
        "gldt-",
        "glft-",
        "glsoat-",
        "glagent-",
        "glimt-",
        "gloas-",
        "glffct-",
    ),
    _issued("Slack token", r"(?:xox[abceoprs]|xapp)-[A-Za-z0-9.-]{10,1024}", "xox", "xapp-"),
    _issued(
        "Slack webhook", r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/]{20,255}", "hooks.slack.com/"
    ),
    _issued(
        "Discord webhook", r"discord(?:app)?\.com/api/webhooks/[0-9]{15,25}/[A-Za-z0-9_-]{40,100}", "/api/webhooks/"
    ),
    _issued("Anthropic key", r"sk-ant-[A-Za-z0-9_-]{16,255}", "sk-ant-"),
    _issued(
        "Google key",
        r"(?:AIza[0-9A-Za-z_-]{35}|GOCSPX-[0-9A-Za-z_-]{20,64}|ya29\.[0-9A-Za-z_.-]{20,2048})",
        "AIza",
        "GOCSPX-",
        "ya29.",
    ),
    _issued("Stripe key", r"(?:[srp]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,255}", "k_live_", "k_test_", "whsec_"),
    _issued("JWT", r"eyJ[A-Za-z0-9_-]{6,4096}+\.[A-Za-z0-9_-]{6,8192}(?:\.[A-Za-z0-9_-]{0,4096})?", "eyJ"),
    _issued("npm token", r"npm_[A-Za-z0-9]{30,255}", "npm_"),
    _issued("PyPI token", r"pypi-[A-Za-z0-9_-]{16,1024}", "pypi-"),
    _issued("Hugging Face token", r"(?:hf|api_org)_[A-Za-z0-9]{30,64}", "hf_", "api_org_"),
    _issued("SendGrid key", r"SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}", "SG."),
    _issued("Twilio key", r"SK[0-9a-f]{32}", "SK", ends=True, least=34),
    _issued("Mailgun key", r"key-[0-9a-f]{32}", "key-", ends=True),
    _issued("Mailchimp key", r"[0-9a-f]{32}-us[0-9]{1,2}", "-us", ends=True, least=35),
    _issued("Groq key", r"gsk_[A-Za-z0-9]{40,64}", "gsk_"),
    _issued("xAI key", r"xai-[A-Za-z0-9]{70,100}", "xai-"),
    _issued("Perplexity key", r"pplx-[A-Za-z0-9]{40,64}", "pplx-"),
    _issued("Replicate token", r"r8_[A-Za-z0-9]{37}", "r8_", ends=True),
    _issued("DigitalOcean token", r"do[opr]_v1_[0-9a-f]{64}", "_v1_"),
    _issued("Databricks token", r"dapi[0-9a-f]{32}", "dapi", ends=True),
    _issued("Shopify token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}", "shpat_", "shpca_", "shppa_", "shpss_"),
    _issued("Square token", r"sq0(?:csp|atp|idp)-[A-Za-z0-9_-]{22,60}", "sq0"),
    _issued("Telegram bot token", r"[0-9]{8,12}:AA[A-Za-z0-9_-]{32,34}", ":AA", ends=True, least=44),
    _issued("Discord token", r"[MNO][A-Za-z0-9]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}", ".", least=59),
    _issued("Notion token", r"ntn_[A-Za-z0-9]{40,60}", "ntn_"),
    _issued("Linear key", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,64}", "lin_"),
    _issued("Atlassian token", r"(?:ATATT3xFfGF0[A-Za-z0-9_=-]{20,255}|ATBB[A-Za-z0-9]{28,40})", "ATATT3x", "ATBB"),
    _issued("Airtable token", r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}", "pat", least=82),
    _issued("Figma token", r"fig(?:d|or|ur|u|o)_[A-Za-z0-9_-]{36,64}", "figd_", "figo", "figu"),
    _issued("Postman key", r"PMAK-[0-9a-f]{24}-[0-9a-zA-Z]{34}", "PMAK-"),
    _issued("Vault token", r"hv[sbr]\.[A-Za-z0-9_-]{20,300}", "hvs.", "hvb.", "hvr."),
    _issued("Terraform token", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,80}", ".atlasv1."),
    _issued("Grafana token", r"(?:glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/=]{32,400})", "glsa_", "glc_"),
    _issued("Sentry token", r"(?:sntrys_eyJ[A-Za-z0-9_=+/-]{40,400}|sntryu_[0-9a-f]{64})", "sntry"),
    _issued("New Relic key", r"NR(?:AK|II|RA|JS)-[A-Za-z0-9_-]{19,48}", "NRAK-", "NRII-", "NRRA-", "NRJS-"),
    _issued("Docker Hub token", r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,48}", "dckr_"),
    _issued("RubyGems key", r"rubygems_[0-9a-f]{48}", "rubygems_"),
    _issued("crates.io token", r"cio[A-Za-z0-9]{32}", "cio", ends=True, least=35),
    _issued("Supabase token", r"sb(?:p_[0-9a-f]{40}|_secret_[A-Za-z0-9_-]{20,60})", "sbp_", "sb_secret_"),
    _issued("PlanetScale token", r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{32,64}", "pscale_"),
    _issued("Pulumi token", r"pul-[0-9a-f]{40}", "pul-"),
    _issued("Doppler token", r"dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,80}", "dp."),
    _issued("age key", r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "AGE-SECRET-KEY-1"),
    Shape(
        "private key",
        re.compile(
            rf"-----BEGIN [A-Z0-9 ]{{0,40}}PRIVATE KEY-----[^-]{{0,{_PEM_LIMIT}}}(?:-----END [A-Z0-9 ]{{0,40}}-----)?"
        ),
        ("PRIVATE KEY-----",),
    ),
    # This looks like ordinary words too: only a value that is random by its digits and letters is one.
    Shape(
        "OpenAI key",
        re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,255}"),
        ("sk-",),
        real=lambda found: is_mixed(found[0]),
    ),
)
_SHAPES: Final = (
    *_ISSUED,
    Shape(
        "credential",
        re.compile(r"\b(?:Bearer|Basic|token)\s{1,4}(?P<value>[A-Za-z0-9._~+/-]{16,4096}={0,2})", re.IGNORECASE),
        ("bearer", "basic", "token"),
        folded=True,
        group="value",
        real=lambda found: is_mixed(found["value"]),
    ),
    Shape(
        "password",
        re.compile(r"://[^\s/:@'\"<>]{0,64}:(?P<value>[^\s/:@'\"<>${}\[\]]{1,256})(?=@)"),
        ("://",),
        group="value",
    ),
    # Addresses of Go's MySQL driver: ``user:password@tcp(host:3306)/name``.
    Shape(
        "password",
        re.compile(r"(?<![\w/:])[^\s/:@'\"<>()]{1,64}:(?P<value>[^\s/:@'\"<>${}%\[\]]{1,256})(?=@(?:tcp|unix)\()"),
        ("@tcp(", "@unix("),
        group="value",
    ),
    # A token in the place of a user; the password after it may be masked by now.
    Shape(
        "credential",
        re.compile(r"://(?P<value>[^\s/:@'\"<>${}\[\],]{16,256})(?=@|:(?:\[[^\[\]@/]{1,80}\]|[^\s/@]{0,256})@)"),
        ("://",),
        group="value",
        real=lambda found: _is_generated(found["value"]),
    ),
    Shape(
        "secret",
        re.compile(
            r"(?P<name>secret|token|passw(?:or)?d|passwd|pwd|api_?-?key|private_?-?key|access_?-?key|credential|bearer"
            r"|cookie|auth|dsn|connection_?string)\w{0,40}[\"'`]?\]?(?:\s?:\s?[\w\[\]|. ]{1,40})?"
            r"\s{0,8}(?:=>|:=|={1,3}|:|,)\s{0,8}"
            r"(?P<quote>[\"'`])(?P<value>[^\"'`\s\[\]{}<>$]{6,512})(?=(?P=quote))",
            re.IGNORECASE,
        ),
        ("secret", "token", "passw", "pwd", "key", "credential", "bearer", "cookie", "auth", "dsn", "connection"),
        folded=True,
        group="value",
        real=_named_so,
    ),
    Shape(
        "secret",
        re.compile(
            r"(?<![A-Za-z0-9_-])(?P<name>[A-Za-z_-]{0,30}(?:secret|token|passw(?:or)?d|pwd|key|sig)"
            r"[A-Za-z_-]{0,20})(?:=|:\s{1,4}|\s{1,4}(?=\S{16}))(?P<value>[^\s;&\"'`<>{}()\[\]$,]{6,512})"
            r"(?=(?P<after>;\s?[A-Za-z][A-Za-z ]{0,30}=)|)",
            re.IGNORECASE,
        ),
        ("secret", "token", "passw", "pwd", "key", "sig"),
        folded=True,
        group="value",
        real=_assigned_so,
    ),
)
_CASED: Final = tuple(
    (one, number) for number, shape in enumerate(_SHAPES) if not shape.folded for one in shape.triggers
)
_FOLDED: Final = tuple((one, number) for number, shape in enumerate(_SHAPES) if shape.folded for one in shape.triggers)
