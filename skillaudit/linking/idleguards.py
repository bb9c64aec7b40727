"""Guards that never speak up: ceilings that nothing reaches, windows without a length, numbers that never change."""

from collections.abc import Sequence
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.guards import Watched
from skillaudit.linking.amounts import Amounts
from skillaudit.linking.expanded import Expansions
from skillaudit.linking.program import At, Program
from skillaudit.linking.vocabulary import words

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
        limit = self.amounts.of(threshold) if threshold is not None else None
        if limit is not None and limit >= (_MOST_BYTES if watched in _BYTES else _MOST_CALLS):
            return "has a ceiling that nothing reaches"
        if threshold is not None and self._measures_nothing(asked[0], threshold):
            return "compares the same number each time"
        if any(map(self._empty_window, asked)):
            return "looks at a window without a length"
        return ""

    def _measures_nothing(self, test: At, threshold: At) -> bool:
        """Whether what is compared with the ceiling is a constant itself."""
        for at in self.expansions.of(test).compares:
            value = self.program.value(at)
            sides = [at.to(one) for one in value.operands] if isinstance(value, ir.Operation) else []
            others = [side for side in sides if side != threshold]
            if threshold in sides and len(others) == 1:
                return self.constants.of(others[0]) is not None
        return False

    def _empty_window(self, test: At) -> bool:
        values = list(self.expansions.of(test).values)
        for at in tuple(values):
            value = self.program.value(at)
            if isinstance(value, ir.Choice) and value.test >= 0:
                values += self.expansions.of(at.to(value.test)).values
        named = (at for at in values if _WINDOWS & set(words(self.program.called(at))))
        return any(self.constants.of(at) == 0 for at in named)
