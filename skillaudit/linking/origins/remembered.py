"""Answers on where parameters come from, kept as far as they hold.

An answer that nothing cut short holds everywhere. One that ended at the deepest caller holds wherever as many steps are
left; one that met a question which is still being asked holds only until the outermost question is answered.
"""

from dataclasses import dataclass, field

from skillaudit.linking.values.origin import Origin

Answer = tuple[Origin, ...]
Asked = tuple[tuple[object, ...], int]
"""A question, and how many callers up it is asked."""


@dataclass(slots=True)
class Remembered:
    """``ended`` counts the stops at the deepest caller, ``met`` those at an open question."""

    ended: int = 0
    met: int = 0
    _whole: dict[tuple[object, ...], Answer] = field(default_factory=dict)
    _ended: dict[Asked, Answer] = field(default_factory=dict)
    _met: dict[Asked, Answer] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answer | None:
        """What is known already; whoever asks is cut short where this was."""
        if asked[0] in self._whole:
            return self._whole[asked[0]]
        if asked in self._ended:
            self.ended += 1
            return self._ended[asked]
        if asked in self._met:
            self.met += 1
            return self._met[asked]
        return None

    def stops(self) -> tuple[int, int]:
        """The stops so far."""
        return self.ended, self.met

    def keep(self, asked: Asked, before: tuple[int, int], answer: Answer, *, alone: bool, busy: bool) -> None:
        """Keep an answer, with the stops before it was sought; ``alone`` if no other question on callers is open."""
        if before == self.stops() or (alone and not busy):
            self._whole[asked[0]] = answer
        elif before[1] == self.met:
            self._ended[asked] = answer
        else:
            self._met[asked] = answer
        if alone:
            self._met.clear()
