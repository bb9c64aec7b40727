"""Guards that never speak up: ceilings that nothing reaches, windows without a length, numbers that never change."""

from collections.abc import Sequence
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.guards import Watched
from skillaudit.linking.events.amounts import Amounts
from skillaudit.linking.events.expanded import Expansions
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Program

_BYTES = {Watched.RESPONSE, Watched.SESSION, Watched.OUTBOUND}
_MOST_BYTES, _MOST_CALLS = 1e12, 1e9
"""A terabyte through one session, or a thousand million calls of it: no session comes that far."""

_WINDOWS = {"window", "period", "interval", "lookback"}


@dataclass(slots=True)
class IdleGuards:
    """Answers for the condition of one guard; ``constants`` are amounts that stay what they are."""

    program: Program
    expansions: Expansions
    amounts: Amounts
    constants: Amounts

    def why(self, asked: Sequence[At], watched: Watched, threshold: At | None) -> str:
        """Why a condition never holds, in words behind "the one at …"; empty if it may.

        ``asked`` are the condition and what the loops before it went through.
        """
        sides = self._sides(asked[0], threshold) if threshold is not None else []
        known = [number for number in map(self.amounts.of, sides) if number is not None]
        if known and max(known) >= (_MOST_BYTES if watched in _BYTES else _MOST_CALLS):
            return "has a ceiling that nothing reaches"
        if sides and all(self.constants.of(side) is not None for side in sides):
            return "compares the same numbers each time"
        if any(map(self._empty_window, asked)):
            return "looks at a window without a length"
        return ""

    def _sides(self, test: At, threshold: At) -> list[At]:
        """What is compared with each other: which of the two is the ceiling, words alone say."""
        for at in self.expansions.of(test).compares:
            value = self.program.value(at)
            sides = [at.to(one) for one in value.operands] if isinstance(value, ir.Operation) else []
            if threshold in sides:
                return sides
        return [threshold]

    def _empty_window(self, test: At) -> bool:
        values = list(self.expansions.of(test).values)
        for at in tuple(values):
            value = self.program.value(at)
            if isinstance(value, ir.Choice) and value.test >= 0:
                values += self.expansions.of(at.to(value.test)).values
        named = (at for at in values if _WINDOWS & set(words(self.program.called(at))))
        return any(self.constants.of(at) == 0 for at in named)
