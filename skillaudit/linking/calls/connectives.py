"""How a condition is put together of others: read once, for everybody who asks what it says where it holds or not."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import At, Program

_ALL = {"and", "&&"}
_SOME = {"or", "||", "??"}
_TRUTHS = {"bool", "Boolean"}
_Told = TypeVar("_Told")
_Told_co = TypeVar("_Told_co", covariant=True)


class Asked(Protocol[_Told_co]):
    """Answers for a condition that is not put together."""

    def __call__(self, at: At, /, *, sense: bool, depth: int) -> Iterable[_Told_co]:
        """What is known where it holds (``sense``), or does not; ``depth`` is left for what it asks in turn."""
        ...


class Reading(msgspec.Struct, Generic[_Told], frozen=True):
    """Asks each part of a condition; ``either`` says what holds whichever of several ways was taken."""

    program: Program
    asked: Asked[_Told]
    either: Callable[[list[tuple[_Told, ...]]], Iterable[_Told]]

    def of(self, at: At, *, sense: bool, depth: int) -> Iterator[_Told]:
        """What is known where the condition holds (``sense``), or does not, read at most ``depth`` values deep."""
        if depth <= 0:
            return
        value = self.program.value(at)
        match value:
            case ir.Variable(value=inner) | ir.Operation(operator=("!!" | "await"), operands=(inner,)):
                yield from self.of(at.to(inner), sense=sense, depth=depth - 1)
            case ir.Operation(operator=("not" | "!"), operands=(inner,)):
                yield from self.of(at.to(inner), sense=not sense, depth=depth - 1)
            case ir.Operation(operator=operator, operands=operands) if operator in _ALL | _SOME:
                ways = [tuple(self.of(at.to(operand), sense=sense, depth=depth - 1)) for operand in operands]
                yield from (one for way in ways for one in way) if sense == (operator in _ALL) else self.either(ways)
            case ir.Call(callee=callee, args=(only,)) if self.program.called(at.to(callee)) in _TRUTHS:
                yield from self.of(at.to(only.value), sense=sense, depth=depth - 1)
            case _:
                yield from self.asked(at, sense=sense, depth=depth)
