"""What comes from an audited repository is made harmless here before any output shows it.

``clean`` defuses control characters, ``mask`` hides secrets. Both are idempotent and linear.
"""

import hashlib
import hmac
import re
from enum import Enum
from functools import cache, lru_cache, partial
from operator import is_not
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from skillaudit.credentials import Shape, shapes_in

T = TypeVar("T")

_BUCKETS = (8, 16, 32, 64, 128, 256)
_NO_BREAK_SPACE = "\u00a0"
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
    for shape in shapes_in(text):
        text = shape.pattern.sub(partial(_hidden, shape, key), text)
    return text


def without_hashes(text: str) -> str:
    """Masked text as it reads in every run: the hashes differ from one commit to the next."""
    return _MASK_HASH.sub("]", text)


def harmless(message: str) -> str:
    """A line for the user, without the credentials that an address, a ref or a path may hold; always the same."""
    return clean(without_hashes(mask(message, b"")))


def scrub(value: T, key: bytes) -> T:
    """Mask and clean every string of a frozen value: structs, tuples and what they hold.

    Values that are none of these (enumerations, numbers, our own functions) stay as they are.
    """
    cleaned: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        cleaned = _scrubbed(value, key)
    elif isinstance(value, tuple):
        parts = tuple([scrub(one, key) for one in value])
        cleaned = parts if any(map(is_not, parts, value)) else value
    elif names := _field_names(cleaned.__class__):
        held = [getattr(value, name) for name in names]
        parts = tuple([scrub(one, key) for one in held])
        if any(map(is_not, parts, held)):
            cleaned = replace(cleaned, **dict(zip(names, parts, strict=True)))
    return cleaned  # type: ignore[no-any-return]  # same shape as came in, which the type system cannot say


@lru_cache(_REMEMBERED)
def _scrubbed(text: str, key: bytes) -> str:
    """The same paths, names and messages come again and again."""
    return clean(mask(text, key))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return kind.__struct_fields__ if issubclass(kind, msgspec.Struct) else ()


def _escape(point: int) -> str:
    if point <= 0xFF:  # noqa: PLR2004 - two hexadecimal digits
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004 - four hexadecimal digits


def _hidden(shape: Shape, key: bytes, found: re.Match[str]) -> str:
    if not shape.real(found):
        return found[0]
    start, end = (at - found.start() for at in found.span(shape.group))
    return found[0][:start] + _masked(shape.kind, found[shape.group], key) + found[0][end:]


def _masked(kind: str, secret: str, key: bytes) -> str:
    digest = hmac.new(key, secret.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:4]
    longer = [limit for limit in _BUCKETS if limit > len(secret)]
    lines = "\n" * secret.count("\n")  # what follows keeps its line number
    return f"[{kind}, {f'under {longer[0]}' if longer else 'over 256'} characters, #{digest}]{lines}"
