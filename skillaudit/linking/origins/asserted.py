"""Functions of the project that only come back where what they are given holds: ``require(name in NAMES)``."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Formal


def asserted(program: Program, fn: Fn) -> Iterator[Formal]:
    """The parameters of a function that were true if it came back."""
    for block in program.function(fn).blocks:
        if block.kind not in {"if", "else"} or block.parent != 0 or not block.exits or block.test < 0:
            continue
        at, value = fn.at(block.test), program.value(fn.at(block.test))
        if block.kind == "if":
            if not (isinstance(value, ir.Operation) and value.operator in {"not", "!"}):
                continue
            at = at.to(value.operands[0])
        held = program.value(program.bare(at))
        if isinstance(held, ir.Param):
            yield Formal(fn, held.index)
