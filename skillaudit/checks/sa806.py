"""SA806: dormant."""

from collections.abc import Iterator
from datetime import date

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, Remediation, Unknown, check
from skillaudit.checks._upkeep import REPOSITORY, scorecard, shipped, top
from skillaudit.facts import Facts
from skillaudit.history import History
from skillaudit.model import Confidence, Location, Severity, Surface

_QUIET, _DORMANT = 180, 365
"""Days since the newest human commit, from which the finding is LOW and MEDIUM."""

_TINY = 500
"""Production lines up to which a server may simply be finished."""


@check(
    "SA806",
    title="Dormant",
    asks="Has a human committed lately?",
    why="Nobody answers a report about a repository that nobody works on; robots' commits do not read reports.",
    remediation=Remediation(
        "Say in the README whether the project is maintained. If it is finished, release it once a year with current "
        "dependencies; if it is not, archive it and name a successor."
    ),
    references=(scorecard("Maintained"),),
    languages=frozenset(),
)
def sa806(facts: Facts) -> Iterator[Observation]:
    """One opportunity for the repository; its age is counted to the date of reference, never to today."""
    history = facts.upkeep.history
    if not shipped(facts):
        yield NotApplicable("no package ships")
    elif facts.upkeep.part:
        yield NotApplicable("only a folder of the repository was audited, and its history is not that of the folder")
    elif history.missing:
        yield NotApplicable(history.missing)
    elif history.trouble:
        yield Unknown(history.trouble)
    elif not history.newest_human:
        yield Unknown("no commit by a human is in the part of the history that was read")
    else:
        yield from _aged(facts, history)


def _aged(facts: Facts, history: History) -> Iterator[Observation]:
    days = (date.fromisoformat(facts.upkeep.as_of) - date.fromisoformat(history.newest_human)).days
    place = top(facts)
    year = f"{history.commits} commit{'s' * (history.commits != 1)} by {history.authors} in the year up to it"
    if days <= _QUIET:
        yield Evidence(place, True, f"newest human commit on {history.newest_human}; {year}", REPOSITORY)
        return
    if history.shallow:
        yield Unknown(f"the newest commit that is there is {days} days old, but the history is cut off")
        return
    lines = facts.inventory.production_lines
    finished = f"; with {lines} lines it may be finished" if lines <= _TINY else ""
    robots = f", robots' up to {history.newest}" if history.newest > history.newest_human else ""
    yield Evidence(place, False, f"newest human commit on {history.newest_human}", REPOSITORY)
    yield _finding(
        place,
        Severity.MEDIUM if days > _DORMANT and not finished else Severity.LOW,
        f"The newest commit by a human is {days} days old ({history.newest_human}{robots}); {year}{finished}",
    )


def _finding(place: Location, severity: Severity, message: str) -> Finding:
    fix = "say whether it is maintained, or archive it"
    return Finding(severity, Confidence.HIGH, Surface.PRODUCTION, REPOSITORY, place, message, fix=fix)
