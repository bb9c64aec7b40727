"""A condition with what it is made of: names, words, comparisons, across variables, functions and properties."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.credentials import shorten
from skillaudit.linking.calls.gates import children
from skillaudit.linking.calls.graph import Calls
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Symbols

_DEPTH = 24
_CALLS = 3
_MOST = 400
_COMPARES = {">", ">=", "<", "<="}


class Expanded(msgspec.Struct, frozen=True):
    """What a condition asks: the values in it, and the words of every name and text in them."""

    values: tuple[At, ...]
    words: frozenset[str]
    compares: tuple[At, ...]


@dataclass(slots=True)
class Expansions:
    """Expands conditions, with memory."""

    program: Program
    symbols: Symbols
    calls: Calls
    _known: dict[At, Expanded] = field(default_factory=dict)

    def of(self, at: At) -> Expanded:
        """The condition at ``at``."""
        if at not in self._known:
            found: dict[At, None] = {}
            self._walk(at, found, _DEPTH, _CALLS)
            said = frozenset(word for one in found for name in self._names(one) for word in words(name))
            values = tuple(found)
            self._known[at] = Expanded(values, said, tuple(one for one in values if self._compares(one)))
        return self._known[at]

    def _compares(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Operation) and value.operator in _COMPARES

    def _names(self, at: At) -> Iterator[str]:
        value = self.program.value(at)
        match value:
            case ir.Variable() | ir.Name() | ir.Member():
                yield value.name
            case ir.Param():
                yield self.program.function(Fn(at.module, at.function)).params[value.index].name
            case ir.Literal(kind="str"):
                yield shorten(value.text, 80)
            case _:
                return

    def _walk(self, at: At, found: dict[At, None], depth: int, calls: int) -> None:
        if at in found or not depth or len(found) > _MOST:
            return
        found[at] = None
        for inner, called in self.inside(at, calls):
            self._walk(inner, found, depth - 1, calls - called)

    def inside(self, at: At, calls: int) -> Iterator[tuple[At, bool]]:
        """What a value is made of, with whether it lies behind a call, of which ``calls`` may still be followed."""
        value = self.program.value(at)
        match value:
            case ir.Variable():
                yield at.to(value.value), False
            case ir.Name():
                outer = self.program.lexical(Fn(at.module, at.function), value.name)
                if outer is not None:
                    yield outer, False
            case ir.Call():
                yield from ((at.to(child), False) for child in children(value))
                if calls:
                    yield from ((one, True) for one in self._called(at))
            case ir.Item():
                yield at.to(value.base), False
                yield at.to(value.key), False
            case _:
                yield from ((at.to(child), False) for child in children(value))

    def _called(self, at: At) -> Iterator[At]:
        """What the functions called, and those handed over, give back."""
        fn = Fn(at.module, at.function)
        for target in {e.target for e in self.calls.out.get(fn, ()) if e.value == at.value}:
            function = self.program.function(target)
            for step in function.steps:
                if isinstance(step, ir.Return) and step.value >= 0:
                    yield target.at(step.value)
            yield from (target.at(block.test) for block in function.blocks if block.kind == "loop" and block.test >= 0)
