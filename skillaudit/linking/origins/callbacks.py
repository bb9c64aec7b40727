"""Functions that are handed in: by a parameter, in an object of options, through a constructor.

What ``report(text)`` calls is what the callers hand over; it counts where every one of them hands over a function that
is in sight.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbol, Symbols
from skillaudit.linking.origins.origins import Origins

_DEEPEST = 3
_MOST = 6


@dataclass(slots=True)
class Callbacks:
    """Asks the callers what they hand over; remembers the answers."""

    program: Program
    symbols: Symbols
    origins: Origins
    _known: dict[At, tuple[Symbol, ...]] = field(default_factory=dict)
    _answers: dict[tuple[At, tuple[str, ...], int], tuple[Symbol | None, ...]] = field(default_factory=dict)

    def of(self, at: At) -> tuple[Symbol, ...]:
        """The functions that a value stands for which came from outside of its function; empty where one is unknown."""
        if at not in self._known:
            self._known[at] = ()
            found = self._handed_in(at, (), _DEEPEST)
            self._known[at] = tuple(s for s in found if s is not None) if None not in found[:_MOST] else ()
        return self._known[at]

    def _handed_in(self, at: At, path: tuple[str, ...], depth: int) -> tuple[Symbol | None, ...]:
        """What the callers hand over, None where that is not in sight of one."""
        key = (at, path, depth)
        if key not in self._answers:
            self._answers[key] = ()
            formals = dict.fromkeys(
                (origin.formal, origin.path) for origin in (self.origins.of(at, path) if depth else ()) if origin.formal
            )
            self._answers[key] = tuple(
                dict.fromkeys(
                    given
                    for formal, taken in formals
                    for caller, _, call in self.origins.callings.of(formal.fn)
                    for given in self._given(caller, call, formal, taken, depth)
                )
            )
        return self._answers[key]

    def _given(
        self, caller: Fn, call: ir.Call, formal: Formal, path: tuple[str, ...], depth: int
    ) -> Iterator[Symbol | None]:
        for argument, taken in self.origins.callings.filling(caller, call, formal, path):
            held = list(self.symbols.resolve(argument))
            for name in taken:
                held = [inner for symbol in held for inner in self.symbols.member(symbol, name)]
            known = [symbol for symbol in held if isinstance(symbol, Fn | External)]
            if known:
                yield from known
            elif further := self._handed_in(argument, taken, depth - 1):
                yield from further
            elif not self._is_left_out(argument, taken):
                yield None

    def _is_left_out(self, at: At, path: tuple[str, ...]) -> bool:
        """Whether an object of options has no such entry: the call is then not made."""
        value = self.program.value(self.program.bare(at))
        literal = isinstance(value, ir.Record) and not any(entry.spread or not entry.key for entry in value.entries)
        return isinstance(value, ir.Record) and literal and path[:1] not in {(entry.key,) for entry in value.entries}
