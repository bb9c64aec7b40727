"""Whether a text has the shape of a real secret: a provider's format, or letters and digits as a generator mixes them.

Only the kind and the length of a secret ever leave this module. Placeholders, keys of test systems and texts made of
words are no secrets.
"""

import math
import re
from collections import Counter

import msgspec

from skillaudit.credentials import provider_of

_PLACEHOLDER = re.compile(
    r"example|change[\W_]?(?:me|this|it)|your|placeholder|dummy|fake|sample|replace|insert|todo|redacted|mock|demo"
    r"|training|test|not[\W_]?(?:a[\W_]?)?(?:real|secret)|xxx|\*\*\*|\.\.\.|…|(?:0123|1234)567|abcdef|foobar|deadbeef"
    r"|lorem|localhost|[<>{}]|\$\(|%\(|%[sdv]",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"[A-Za-z0-9+/=_.~!@#$%^&*:-]{16,512}")
_CAPITALISED = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{5,}")
_LOWER = re.compile(r"[a-z]{5,}|[A-Z]{5,}")
_PLACE = re.compile(r"^(?:\w+://|[./~]|\w+(?:\.\w+)+$|[a-z]+/[a-z0-9.+-]+$)")
_TURNS = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[a-z0-9])|(?<=[0-9])(?=[A-Za-z])")
_USERINFO = re.compile(
    r"^(?:[a-z][a-z0-9+.-]{1,30}://[^\s/:@]{0,64}|[\w.-]{1,64}(?=:[^\s@]{8,256}@(?:tcp|unix)\())"
    r":(?P<password>[^\s/@]{8,256})@(?:tcp\(|unix\()?(?P<host>[^\s/:@()]{1,253})"
)
_OWN_HOSTS = re.compile(
    r"^(?:localhost$|127\.|0\.0\.0\.0|host\.docker|(?:db|postgres(?:ql)?|mysql|mariadb|redis|mongo(?:db)?|rabbitmq)(?:-?\d+)?$)",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_BODY = re.compile(r"(?:\\n|\s)?[A-Za-z0-9+/]{48,}")
_CUT = "…"
"""How the constant ends of which the front ends keep the beginning only: a private key is that long."""
_NAMED = re.compile(r"[A-Za-z]+(?:[-_ .:/][A-Za-z]+)*[-_]?(?:v?\d)?|[A-Z]+(?:_[A-Z\d]+)+")
"""Identifiers, which name a password and are none."""

_SAME = re.compile(r"(.)\1{5,}")
_SHORTEST_KEY = 4
_LEAST_BITS = 3.2
_FEWEST_TURNS = 0.25
_MOST_WORDS = 0.6
_BUCKETS = (16, 32, 64, 128, 256)


class SecretShape(msgspec.Struct, frozen=True):
    """``kind`` in words, and between which lengths the secret's lies; ``provider``: the format itself says whose."""

    kind: str
    length: str
    provider: bool


def shape_of(text: str) -> SecretShape | None:
    """The shape of a constant that may be a secret; None for what is none, or only stands for one."""
    text = text.removesuffix(_CUT)
    issued = provider_of(text)
    if issued is not None:
        kind, secret = issued
        whole = not secret.startswith("-----") or bool(_BODY.search(secret))
        real = whole and not _is_placeholder(secret) and _bits(secret) >= _LEAST_BITS - 1
        return SecretShape(kind, _length(secret), provider=True) if real else None
    address = _USERINFO.match(text)
    if address is not None:
        password = address["password"]
        real = not _is_placeholder(password) and not _OWN_HOSTS.match(address["host"]) and _mixed(password)
        return SecretShape("password in an address", _length(password), provider=False) if real else None
    if _is_random(text):
        return SecretShape("generated value", _length(text), provider=False)
    return None


def compared_shape(text: str) -> SecretShape | None:
    """The shape of a constant that a credential is compared with: it need not be random to open the door."""
    plausible = re.fullmatch(r"[!-~]{8,256}", text) and _mixed(text) and not _is_placeholder(text)
    return SecretShape("fixed value", _length(text), provider=False) if plausible and not _PLACE.match(text) else None


def password_shape(text: str) -> SecretShape | None:
    """The shape of a constant that is given as a password: people choose these, so that it need not be random."""
    chosen = re.fullmatch(r"[!-~]{6,256}", text) and text[0] not in "#.$@<{[(:" and not _NAMED.fullmatch(text)
    plausible = chosen and any(c.isalpha() for c in text) and not text.isalpha() and not _is_placeholder(text)
    return SecretShape("fixed value", _length(text), provider=False) if plausible and not _PLACE.match(text) else None


def key_shape(text: str) -> SecretShape | None:
    """The shape of a constant that tokens or cookies are signed with: whatever it looks like, it is the key."""
    real = len(text) >= _SHORTEST_KEY and not _is_placeholder(text) and not _PLACE.match(text)
    return SecretShape("fixed value", _length(text), provider=False) if real else None


def _is_random(text: str) -> bool:
    if _UUID.fullmatch(text):
        return not _is_placeholder(text)
    if not _SHAPE.fullmatch(text) or not _mixed(text) or _is_placeholder(text) or _PLACE.match(text):
        return False
    words = _LOWER if text.islower() or text.isupper() else _CAPITALISED
    worded = sum(len(run) for run in words.findall(text)) / len(text)
    turns = len(_TURNS.findall(text)) / len(text)
    return _bits(text) >= _LEAST_BITS and turns >= _FEWEST_TURNS and worded < _MOST_WORDS


def _is_placeholder(text: str) -> bool:
    return bool(_PLACEHOLDER.search(text) or _SAME.search(text))


def _mixed(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def _bits(text: str) -> float:
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def _length(secret: str) -> str:
    longer = next((limit for limit in _BUCKETS if len(secret) < limit), None)
    return f"under {longer} characters" if longer else f"{_BUCKETS[-1]} characters or more"
