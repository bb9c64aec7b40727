"""How far paths into values are followed: less far where a program has more of them than values."""

from dataclasses import dataclass
from typing import Self

from skillaudit.linking.names.program import Program
from skillaudit.linking.values.origin import LONGEST_PATH, Path

_SPARED = 30_000
"""So many answers cost no time that anybody notices."""
_SHORTER = ((1.0, 3), (1.4, 2), (2.0, 1))
"""Answers per value of production code beyond that, and the longest path from there on; ordinary programs ask for less
than one."""


@dataclass(slots=True)
class Depths:
    """The longest path, as answers are counted.

    What holds its like (a node its children, a wrapper what it wraps, a schema its parts) has as many paths as there
    are ways through it: the full length would follow all of them through every function that they pass.
    """

    longest: int
    answers: int
    _values: int
    _next: int = 0

    @classmethod
    def of(cls, program: Program) -> Self:
        """None counted yet, by the size of the production code."""
        counting = (m for number, m in enumerate(program.modules) if program.surface(number).counts)
        values = sum(len(function.values) for module in counting for function in module.functions)
        held = cls(LONGEST_PATH, 0, values)
        held.resume(0)
        return held

    def answered(self) -> None:
        """One more answer is kept."""
        self.answers += 1
        if self.answers > self._next:
            self.resume(self.answers)

    def resume(self, answers: int) -> None:
        """Count on from so many answers, whatever was counted since."""
        limits = [(_SPARED + round(times * self._values), longest) for times, longest in _SHORTER]
        self.answers = answers
        self.longest = min((longest for limit, longest in limits if answers > limit), default=LONGEST_PATH)
        self._next = min((limit for limit, _ in limits if answers <= limit), default=1 << 62)

    def cut(self, path: Path, mark: str) -> Path:
        """The path as far as it is followed; ``mark`` stands for what lies deeper."""
        return (*path[: self.longest], mark) if len(path) > self.longest else path
