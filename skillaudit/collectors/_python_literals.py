"""The values of Python's literals, without evaluating anything."""

import re
import unicodedata

from skillaudit import ir

CUT = 200
"""Characters kept of a literal."""

_READ = 2000  # characters of a literal that are looked at: enough that CUT remain after the escapes
_DIGITS = 30  # longest number that is converted; beyond, it stays as written
_SURROGATES = range(0xD800, 0xE000)
_ESCAPE = re.compile(
    r"\\(\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|.)",
    re.DOTALL,
)
_SIMPLE = {
    "\n": "", "\r": "", "\r\n": "", "\\": "\\", "'": "'", '"': '"',
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip


def identifier(name: str) -> str:
    """The name as Python compares it (NFKC): written in full-width letters, ``eval`` is still ``eval``."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def cut(text: str) -> str:
    """At most ``CUT`` characters, an ellipsis shows that there were more."""
    return text if len(text) <= CUT else text[:CUT] + "…"


def string(text: str) -> ir.Literal:
    """A string's literal."""
    return ir.Literal("str", cut(text))


def number(written: str) -> ir.Literal:
    """A number: underscores dropped, other bases as decimals, else as written."""
    if written.isdigit():
        return ir.Literal("num", cut(written))
    plain = written.replace("_", "")
    if plain[:2].lower() in {"0x", "0o", "0b"} and len(plain) <= _DIGITS:
        plain = str(int(plain, 0))
    return ir.Literal("num", cut(plain))


def unquote(written: str) -> str:
    """The value of a string literal with its prefix and quotes; the first 2000 characters of a longer one."""
    start = 0
    while written[start] not in "'\"":
        start += 1
    width = 3 if written[start : start + 3] in {"'''", '"""'} else 1
    return unescape(written[start + width : -width], written[:start])


def unescape(body: str, prefix: str) -> str:
    """The value of a string's inner text; ``prefix`` as written before the quotes."""
    body = body[:_READ]
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    if "\\" not in body or "r" in prefix or "R" in prefix:
        return body
    return _ESCAPE.sub(_unescaped, body)


def _unescaped(found: re.Match[str]) -> str:
    """What one escape stands for; unknown ones stay as they are, as in Python."""
    escape = found[1]
    if escape in _SIMPLE:
        return _SIMPLE[escape]
    if escape[0] in "01234567":
        return chr(int(escape, 8))
    if len(escape) == 1:
        return found[0]
    if escape[0] == "N":
        try:
            return unicodedata.lookup(escape[2:-1])
        except KeyError:
            return found[0]
    code = int(escape[1:], 16)
    # A lone surrogate is no character and could not be written as UTF-8 later.
    return "\N{REPLACEMENT CHARACTER}" if code in _SURROGATES or code > 0x10FFFF else chr(code)  # noqa: PLR2004
