"""Methods of texts that leave no line break: replacing every one, splitting at them and joining, other alphabets."""

from typing import Final

from skillaudit import ir
from skillaudit.linking.knowledge import forms
from skillaudit.linking.names.program import At
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import ANY, SECRET, Origin, Path

_SCRIPT: Final = {"typescript", "javascript"}
_WRITTEN_OUT: Final = {"unicode_escape", "unicode-escape"}
"""Encodings that spell line breaks out."""
_ALPHABETS: Final = {"base64", "base64url", "hex"}


def replaces(hints: Hints, at: At, call: ir.Call, name: str) -> bool:
    """Whether ``x.replace(pattern, by)`` takes line breaks out; JavaScript's replaces the first text alone."""
    first = hints.program.value(at.to(call.args[0].value))
    if name == "replace" and isinstance(first, ir.Literal) and first.kind == "str" and _script(hints, at):
        return False
    return forms.strips_newlines(hints.pattern(at.to(call.args[0].value)))


def leaves_one_line(hints: Hints, at: At, call: ir.Call, callee: ir.Member) -> bool:
    """Whether what a method keeps of its receiver stands in one line."""
    first = hints.program.value(at.to(call.args[0].value)) if call.args else None
    text = first.text if isinstance(first, ir.Literal) else ""
    match callee.name:
        case "splitlines" | "Encode":  # Go's ``url.Values`` are encoded
            return True
        case "split":
            return not call.args
        case "toString":
            return text in _ALPHABETS
        case "join" if _script(hints, at):
            return not forms.strips_newlines(text or ",") and _split_at_breaks(hints, at.to(callee.base))
        case _:
            return text in _WRITTEN_OUT


def behind_account(hints: Hints, at: At, call: ir.Call, path: Path, origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """What is left in a part of a text that was split: behind the `@` of a connection's address stands no password."""
    place = 1 if hints.program.modules[at.module].language == "go" else 0
    by = hints.program.value(at.to(call.args[place].value)) if place < len(call.args) else None
    if not isinstance(by, ir.Literal) or by.text != "@" or not path or path[0] in {"0", ANY}:
        return origins
    return tuple(origin for origin in origins if origin.nature not in SECRET)


def _split_at_breaks(hints: Hints, at: At) -> bool:
    """Whether a list was made by splitting a text at its line breaks, whatever was done to its items."""
    held = hints.program.bare(at)
    call = hints.program.value(held)
    callee = hints.program.value(held.to(call.callee)) if isinstance(call, ir.Call) else None
    if not isinstance(call, ir.Call) or not isinstance(callee, ir.Member):
        return False
    if callee.name in {"map", "filter", "slice"}:
        return _split_at_breaks(hints, held.to(callee.base))
    first = hints.program.value(held.to(call.args[0].value)) if call.args else None
    if callee.name != "split" or not isinstance(first, ir.Literal):
        return False
    return forms.strips_newlines(f"{first.text}g" if first.kind == "regex" else first.text)


def _script(hints: Hints, at: At) -> bool:
    return hints.program.modules[at.module].language in _SCRIPT
