"""Names in JavaScript source: property keys, string values, and the names that anonymous functions get."""

import re

from tree_sitter import Node

from skillaudit import ir
from skillaudit.collectors._typescript_walk import Walk, parts

LONGEST = 200
"""Literals are cut here, in characters."""

_ENOUGH = 12 * LONGEST
"""The longest escape sequence of one character has ten; no more needs to be looked at."""

_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_LAST_CODE_POINT = 0x10FFFF


def _character(escape: re.Match[str]) -> str:
    code = escape[1]
    if code[0] in "ux" and len(code) > 1:
        point = int(code.strip("ux{}"), 16)
        return chr(point) if point <= _LAST_CODE_POINT else "\N{REPLACEMENT CHARACTER}"
    return _CONTROL.get(code, code)


def cooked(raw: str) -> str:
    """The value of what stands between the quotes."""
    if "\\" not in raw:
        return raw
    text = _ESCAPE.sub(_character, raw[:_ENOUGH])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def literal(at: Walk, kind: str, text: str) -> int:
    """A literal, cut where it is too long to matter."""
    return at.b.add(ir.Literal(kind, text if len(text) <= LONGEST else text[:LONGEST] + "…"))


def string_value(at: Walk, node: Node) -> str:
    """What a string literal says."""
    return cooked(at.text(node)[1:-1])


def key_text(at: Walk, key: Node) -> str:
    """A property's name as other code refers to it, empty for a computed one."""
    match key.type:
        case "string":
            return string_value(at, key)
        case "computed_property_name":
            inner = parts(key)
            return string_value(at, inner[0]) if inner and inner[0].type == "string" else ""
        case _:
            return at.text(key)
