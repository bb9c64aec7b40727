"""The cases of a switch whose default leaves: behind it, the value is one of them."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program

_EQUAL = {"==", "==="}


def leaving(program: Program, fn: Fn) -> Iterator[tuple[int, list[At]]]:
    """Each default of a function that leaves, by its block, with the tests of the cases beside it."""
    blocks = program.function(fn).blocks
    for number, default in enumerate(blocks):
        if default.kind == "case" and default.test < 0 and default.exits:
            beside = [b for b in blocks if b.kind == "case" and b.parent == default.parent and b.test >= 0]
            near = min(
                beside, key=lambda b: min(abs(default.line - b.end_line), abs(b.line - default.end_line)), default=None
            )
            asked = _subject(program, fn.at(near.test)) if near else None
            if asked is not None:
                yield number, [fn.at(b.test) for b in beside if _subject(program, fn.at(b.test)) == asked]


def _subject(program: Program, at: At) -> At | None:
    """What a case compares with its constants."""
    value = program.value(at)
    match value:
        case ir.Operation(operator="||", operands=(first, *_)):
            return _subject(program, at.to(first))
        case ir.Operation(operator=operator, operands=(first, _)) if operator in _EQUAL:
            return program.bare(at.to(first))
        case _:
            return None
