"""Go: what a range sees of a function that yields: ``func names() iter.Seq[string] { return func(yield …) { … } }``."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Symbols
from skillaudit.linking.values.origin import ANY, YIELDED

_SEQUENCE: Final = re.compile(r"^(?:iter\.Seq2?\[|func\(yield |func\(func\()")
_LISTED: Final = {
    "slices.Values", "maps.Values", "strings.SplitSeq", "strings.SplitAfterSeq", "strings.FieldsSeq", "strings.Lines",
    "bytes.SplitSeq", "bytes.FieldsSeq", "bytes.Lines", "slices.Chunk",
}  # fmt: skip
"""Functions of the library whose only loop variable is an element of what they are given."""


def first_of(program: Program, symbols: Symbols, at: At) -> str:
    """The path to what the first variable of a range is given, where a function yields it; else nothing."""
    held = program.given(at)
    value = program.value(held)
    if isinstance(value, ir.Call):
        called = symbols.resolve(held.to(value.callee))
        if any(isinstance(s, External) and s.path in _LISTED for s in called):
            return ANY
        return next((path for s in called if isinstance(s, Fn) and (path := _gives(program, s))), "")
    if isinstance(value, ir.Param):
        declared = program.function(Fn(held.module, held.function)).params[value.index].type_text
        return YIELDED if _SEQUENCE.match(declared) else ""
    return YIELDED if isinstance(value, ir.Closure) else ""


def yielded(program: Program, at: At, closure: ir.Closure, part: str) -> Iterator[At]:
    """What a closure calls its only parameter with: the first of its values, or the last, which an element is."""
    fn = Fn(at.module, closure.function)
    if program.modules[at.module].language != "go" or len(program.function(fn).params) != 1:
        return
    for _, call, _ in program.calls(fn):
        called = program.value(program.bare(fn.at(call.callee)))
        if isinstance(called, ir.Param) and call.args:
            yield fn.at(call.args[0 if part == YIELDED else -1].value)


def _gives(program: Program, fn: Fn) -> str:
    """The path to what a range sees first of a function's result: an iterator's, or what comes through a channel."""
    function = program.function(fn)
    declared = program.value(At(fn.module, function.parent, function.returns)) if function.returns >= 0 else None
    kind = program.called(At(fn.module, function.parent, declared.base)) if isinstance(declared, ir.Item) else ""
    steps = (s for s in function.steps if isinstance(s, ir.Return) and s.value >= 0)
    closures = any(isinstance(program.value(program.bare(fn.at(s.value))), ir.Closure) for s in steps)
    return ANY if kind == "chan" else YIELDED if closures or kind in {"Seq", "Seq2"} else ""
