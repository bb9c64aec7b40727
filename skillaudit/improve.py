"""The fewest changes that would raise the overall letter: a search over what costs points."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from math import comb

import msgspec

from skillaudit.evaluate import Assessment, Evaluation
from skillaudit.grade import Ledger, Scorecard, letters
from skillaudit.rubric import rubric

_TRIED = 2_000
"""Sets of one size: for more, the costliest checks are taken until they suffice and then those left out that can be."""


class Change(msgspec.Struct, frozen=True):
    """One check to satisfy, in so many places."""

    check: str
    places: int


class Improvement(msgspec.Struct, frozen=True):
    """Changes that together lift the overall grade to ``letter``."""

    letter: str
    changes: tuple[Change, ...]


def fewest_changes(evaluation: Evaluation, card: Scorecard) -> Improvement | None:
    """The smallest set of checks to satisfy for a better letter.

    Of several, the one with the fewest places, then the one with the highest score. It is exact while the sets of one
    size can be tried one by one, and else a set of which no member can be spared. None where the letter is the best,
    where there is none, or where something else holds it down.
    """
    if card.overall.letter is None or card.overall.letter == letters()[0]:
        return None
    target = letters()[letters().index(card.overall.letter) - 1]
    places = _places(evaluation)
    short = [_Package(one) for one in evaluation.packages]
    short = [one for one in short if not one.reaches(frozenset(), target)]
    needed = sorted(check for check in places if any(check in one.relevant for one in short))
    fixed = _smallest(short, needed, places, target)
    return None if fixed is None else Improvement(target, tuple(Change(one, places[one]) for one in sorted(fixed)))


def _smallest(
    short: list["_Package"], needed: list[str], places: Mapping[str, int], target: str
) -> Iterable[str] | None:
    def suffice(fixed: Iterable[str]) -> bool:
        chosen = frozenset(fixed)
        return all(one.reaches(chosen, target) for one in short)

    if not suffice(needed):
        return None
    for size in range(1, len(needed) + 1):
        if comb(len(needed), size) > _TRIED:
            return _spared(suffice, sorted(needed, key=lambda check: (-_points(short, check), check)))
        fitting = [fixed for fixed in combinations(needed, size) if suffice(fixed)]
        if fitting:
            return min(fitting, key=lambda fixed: (sum(places[one] for one in fixed), -_lowest(short, fixed), fixed))
    return None


def _spared(suffice: Callable[[Iterable[str]], bool], costliest: list[str]) -> list[str]:
    size = next(size for size in range(1, len(costliest) + 1) if suffice(costliest[:size]))
    kept = costliest[:size]
    for check in reversed(costliest[:size]):
        without = [one for one in kept if one != check]
        kept = without if suffice(without) else kept
    return kept


def _lowest(packages: Iterable["_Package"], fixed: Iterable[str]) -> Decimal:
    scores = [package.after(frozenset(fixed)) for package in packages]
    return min((score for score in scores if score is not None), default=Decimal(0))


def _points(packages: Iterable["_Package"], check: str) -> Decimal:
    """What a check costs where it hurts most."""
    return max(package.points.get(check, Decimal(0)) for package in packages)


def _places(evaluation: Evaluation) -> dict[str, int]:
    """In how many places each check that costs points is not met."""
    counted = {
        one.check.id: sum(f.graded for f in one.findings) or len(one.told_elsewhere)
        for one in evaluation.repository.verdicts
    }
    free = {one.check.id for one in evaluation.repository.verdicts if one.check.free}
    return {check: number for check, number in counted.items() if number and check not in free}


class _Package:
    """A package, and its score after each set of changes that was asked for.

    ``relevant`` are the checks that cost it points: satisfying another changes nothing.
    """

    def __init__(self, assessment: Assessment) -> None:
        self._ledger = Ledger(assessment)
        deductions = [one for part in self._ledger.axes() for one in part.deductions]
        self.points = {one.check: one.points + one.elsewhere for one in deductions if one.points or one.elsewhere}
        self.relevant = frozenset(self.points)
        self._scores: dict[frozenset[str], Decimal | None] = {}
        self._ungraded = self.after(frozenset()) is None

    def reaches(self, fixed: frozenset[str], target: str) -> bool:
        """Whether it has at least the target letter once the checks are satisfied; without a score it has."""
        needed = rubric().letters[target]
        if not self._ledger.may_reach(needed, fixed & self.relevant):
            return self._ungraded
        score = self.after(fixed)
        return score is None or score >= needed

    def after(self, fixed: frozenset[str]) -> Decimal | None:
        """The overall score once the checks are satisfied."""
        changes = fixed & self.relevant
        if changes not in self._scores:
            self._scores[changes] = self._ledger.overall(changes).score
        return self._scores[changes]
