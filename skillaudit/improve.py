"""The fewest changes that would raise the overall letter: a search over what costs points."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from skillaudit.evaluate import Assessment, Evaluation, Outcome
from skillaudit.grade import Scorecard, grade, letters
from skillaudit.rubric import rubric

_TOGETHER = 3
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One check to satisfy, in so many places."""

    check: str
    places: int


@dataclass(frozen=True, slots=True)
class Improvement:
    """Changes that together lift the overall grade to ``letter``."""

    letter: str
    changes: tuple[Change, ...]


def fewest_changes(evaluation: Evaluation, card: Scorecard) -> Improvement | None:
    """The smallest set of checks to satisfy for a better letter, fewest places first.

    Up to three checks are tried in every combination; beyond that the costliest are taken until it suffices. None where
    the letter is the best, where there is none, or where only what was not seen holds it down.
    """
    if card.overall.letter is None or card.overall.letter == letters()[0]:
        return None
    target = letters()[letters().index(card.overall.letter) - 1]
    costs = _costs(evaluation, card)
    candidates = sorted(costs, key=lambda check: (-costs[check].points, check))
    for size in range(1, _TOGETHER + 1):
        fitting = [
            fixed for fixed in combinations(candidates[:_CANDIDATES], size) if _reaches(evaluation, fixed, target)
        ]
        if fitting:
            return _improvement(target, min(fitting, key=lambda fixed: (_places(fixed, costs), fixed)), costs)
    for size in range(_TOGETHER + 1, len(candidates) + 1):
        if _reaches(evaluation, candidates[:size], target):
            return _improvement(target, candidates[:size], costs)
    return None


@dataclass(frozen=True, slots=True)
class _Cost:
    points: float
    places: int


def _costs(evaluation: Evaluation, card: Scorecard) -> dict[str, _Cost]:
    """What each check costs where it hurts most, and in how many places it does."""
    points = {one.check: float(one.points + one.elsewhere) for one in card.deductions}
    costs = {}
    for verdict in evaluation.repository.verdicts:
        places = sum(finding.graded for finding in verdict.findings)
        if places:
            costs[verdict.check.id] = _Cost(points.get(verdict.check.id, 0.0), places)
    return costs


def _reaches(evaluation: Evaluation, fixed: Collection[str], target: str) -> bool:
    """Whether every package has the target letter or a better one once the checks are satisfied."""
    least = rubric().letters[target]
    for assessment in evaluation.packages:
        score = grade(_fixed(assessment, fixed)).overall.score
        if score is not None and score < least:
            return False
    return True


def _fixed(assessment: Assessment, checks: Collection[str]) -> Assessment:
    verdicts = tuple(
        replace(verdict, outcome=Outcome.MET, evidence=(), findings=())
        if verdict.check.id in checks and verdict.outcome is not Outcome.UNKNOWN
        else verdict
        for verdict in assessment.verdicts
    )
    return replace(assessment, verdicts=verdicts)


def _places(checks: Iterable[str], costs: dict[str, _Cost]) -> int:
    return sum(costs[check].places for check in checks)


def _improvement(letter: str, checks: Iterable[str], costs: dict[str, _Cost]) -> Improvement:
    return Improvement(letter, tuple(Change(check, costs[check].places) for check in sorted(checks)))
