"""What Go's spelling means: string literals, the names that imports bind, what a file exports."""

import re

_CUT = 200
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)", re.DOTALL)
_CONTROL = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MAJOR = re.compile(r"v([2-9]|[1-9][0-9]+)")
_GOPKG = re.compile(r"\.v[0-9]+$")

NUMBERS = frozenset(
    [f"{sign}int{bits}" for sign in ("", "u") for bits in ("", 8, 16, 32, 64)]
    + ["uintptr", "byte", "rune", "float32", "float64", "complex64", "complex128"]
)
BUILTIN_TYPES = NUMBERS | {"string", "bool", "error", "any"}


def cut(text: str) -> str:
    """At most 200 characters."""
    return text if len(text) <= _CUT else text[:_CUT] + "…"


def _character(match: re.Match[str]) -> str:
    escape = match[1]
    if escape[0] in "xuU" and len(escape) > 1:
        code = int(escape[1:], 16)
    elif len(escape) > 1:
        code = int(escape, 8)
    else:
        return _CONTROL.get(escape, escape)
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last code point


def unquoted(literal: str) -> str:
    """The value of a string literal, interpreted or raw."""
    inside = literal[1:-1]
    return _ESCAPE.sub(_character, inside) if literal.startswith('"') and "\\" in inside else inside


def package_names(path: str) -> tuple[str, ...]:
    """What an import of ``path`` without a name of its own may be called, its last element first.

    The package clause of the imported package decides, which the importing file does not show: by convention it is the
    last element of the path without major version, ``go-`` or ``-go``.
    """
    elements = path.split("/")
    last = elements[-1]
    names = [last]
    if len(elements) > 1 and _MAJOR.fullmatch(last):
        last = elements[-2]
        names = [last, *names]
    plain = _GOPKG.sub("", last).removesuffix(".go").removeprefix("go-").removeprefix("gopher-").removesuffix("-go")
    if _GOPKG.search(last):
        return (plain,)
    return tuple(dict.fromkeys((*names, plain)))


def exported(name: str) -> bool:
    """Go exports what begins with an upper-case letter."""
    return name[:1].isupper()
