"""Steps that never run: behind a return or throw, under a condition that constants rule out, in a loop over nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne

from skillaudit import ir
from skillaudit.linking.calls._fixed import Fixed
from skillaudit.linking.calls.gates import unused
from skillaudit.linking.names.program import Fn, Program

_COMPARED = {
    "==": eq, "===": eq, "is": eq, "!=": ne, "!==": ne, "is not": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip
_TYPES_ONLY = "TYPE_CHECKING"
_DEPTH = 12


@dataclass(slots=True)
class Skipped:
    """Answers for the calls of one function at a time."""

    program: Program
    fixed: Fixed = field(init=False)
    _calls: dict[Fn, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know which names stand for constants."""
        self.fixed = Fixed(self.program)

    def never(self, fn: Fn, value: int) -> bool:
        """Whether a call, by its number, is never made."""
        if fn not in self._calls:
            self._calls[fn] = frozenset(self._found(fn))
        return value in self._calls[fn]

    def inert(self, fn: Fn, value: int, target: Fn) -> bool:
        """Whether a call only makes a coroutine of Python, or a generator, that nobody runs; a decorator might."""
        function = self.program.function(target)
        if function.decorators:
            return False
        call = self.program.value(fn.at(value))
        waits = function.is_async and self.program.modules[target.module].language == "python"
        runs_later = waits or any(isinstance(step, ir.Return) and step.yields for step in function.steps)
        return runs_later and isinstance(call, ir.Call) and not call.awaited and unused(self.program, fn, value)

    def _found(self, fn: Fn) -> Iterator[int]:
        function = self.program.function(fn)
        ended = {n for n, block in enumerate(function.blocks) if block.test >= 0 and self._closed(fn, block)}
        passed = [block for block in function.blocks if block.exits and block.test >= 0 and self._entered(fn, block)]
        for step in function.steps:
            if isinstance(step, ir.Raise) or (isinstance(step, ir.Return) and not step.yields):
                ended.add(step.block)
            elif isinstance(step, ir.Do) and (ended or passed):
                around = set(self._around(function, step.block))
                line = getattr(function.values[step.value], "line", 0)
                behind = any(block.parent in around and block.end_line < line for block in passed)
                if behind or not ended.isdisjoint(around):
                    yield step.value

    def _around(self, function: ir.Function, block: int) -> Iterator[int]:
        while block >= 0:
            yield block
            block = function.blocks[block].parent

    def _closed(self, fn: Fn, block: ir.Block) -> bool:
        """Whether constants keep every run out of a block."""
        if block.kind == "loop":
            return self._is_nothing(fn, block.test) or self.truth(fn, block.test) is False
        if block.kind == "if":
            return self.truth(fn, block.test) is False
        return block.kind == "else" and self.truth(fn, block.test) is True

    def _entered(self, fn: Fn, block: ir.Block) -> bool:
        """Whether constants lead every run into a block."""
        return block.kind in {"if", "else"} and self.truth(fn, block.test) is (block.kind == "if")

    def _is_nothing(self, fn: Fn, value: int) -> bool:
        """A literal without elements, which a loop goes through."""
        match self.program.value(fn.at(value)):
            case ir.Sequence(items=()):
                return True
            case ir.Literal(kind="str", text="") | ir.Literal(kind="num", text="0"):
                return True
            case ir.Call(callee=callee, args=(only,)) if self.program.called(fn.at(callee)) == "range":
                return self.program.value(fn.at(only.value)) == ir.Literal("num", "0")
            case _:
                return False

    def truth(self, fn: Fn, value: int, depth: int = _DEPTH) -> bool | None:
        """What a condition of constants comes to; None for any other."""
        held = self.program.value(fn.at(value))
        match held:
            case ir.Literal():
                return _constant(held) not in {"", 0, None}
            case _ if self.program.called(fn.at(value)) == _TYPES_ONLY:
                return False
            case ir.Operation(operator="not" | "!", operands=(inner,)):
                truth = self.truth(fn, inner, depth - 1) if depth else None
                return None if truth is None else not truth
            case ir.Operation(operator="and" | "&&" | "or" | "||", operands=inner) if depth:
                settles = held.operator in {"or", "||"}
                known = [self.truth(fn, one, depth - 1) for one in inner[:_DEPTH]]
                return settles if settles in known else None if None in known or len(inner) > _DEPTH else not settles
            case ir.Operation(operator=operator, operands=(left, right)) if operator in _COMPARED:
                return self._compared(fn, operator, left, right)
            case _:
                return self.fixed.truth(fn.at(value))

    def _compared(self, fn: Fn, operator: str, left: int, right: int) -> bool | None:
        sides = [self.program.value(fn.at(one)) for one in (left, right)]
        constants = [_constant(side) for side in sides if isinstance(side, ir.Literal)]
        match constants:
            case [float() as one, float() as other]:
                return bool(_COMPARED[operator](one, other))
            case [str() as one, str() as other]:
                return bool(_COMPARED[operator](one, other))
            case _:
                return None


def _constant(literal: ir.Literal) -> str | float | bool | None:
    """The value of a literal; a number that cannot be read is some number, but not zero."""
    match literal.kind:
        case "num":
            try:
                return float(literal.text.replace("_", ""))
            except ValueError:
                return 1.0
        case "bool":
            return literal.text.lower() == "true"
        case "null":
            return None
        case _:
            return literal.text
