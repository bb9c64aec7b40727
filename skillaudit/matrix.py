"""The coverage matrix: for each tool and each class of events, whether anybody would notice.

It is computed from what the checks saw: a column names a check, and the evidence that names a tool (or, where the
column is about the package, none) makes the tool's cell. What a record says of success and failure comes from the facts
about the tool itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from skillaudit.check import Evidence
from skillaudit.evaluate import Evaluation, Outcome, Verdict
from skillaudit.facts import Facts, Tool
from skillaudit.model import Location
from skillaudit.trails import Said

_SHOWN = 3
_AT_RUN_TIME = "generated at run time"


class Seen(StrEnum):
    """Whether an event of a class would be noticed."""

    YES = "yes"
    PART = "part"
    NO = "no"
    UNKNOWN = "unknown"
    NEVER = "not applicable"


class EventClass(msgspec.Struct, frozen=True):
    """One column.

    Attributes:
        check: The check whose evidence fills it.
        title: What happens, in words.
        aspects: Parts of the check's question that belong here; empty for all of it.
        shared: Evidence that names no tool counts for every tool of its package.
    """

    name: str
    title: str
    check: str
    aspects: tuple[str, ...] = ()
    shared: bool = False


SUCCESS = EventClass("success", "the call succeeds", "SA114")
FAILURE = EventClass("failure", "the call fails", "SA114")
EVENTS = (
    SUCCESS,
    FAILURE,
    EventClass("refusal", "a caller is turned away", "SA102", shared=True),
    EventClass("ownership", "a caller asks for what belongs to another", "SA104", shared=True),
    EventClass("write", "a protected path is written", "SA108"),
    EventClass("volume", "much data moves", "SA107", aspects=("single response", "session volume", "outbound volume")),
    EventClass("anomaly", "calls repeat, chain or probe", "SA106", shared=True),
    EventClass("configuration", "the server's own limits change", "SA109"),
)
"""The columns, in the order of a call's life."""


class Place(msgspec.Struct, frozen=True):
    """Where a cell's answer comes from."""

    location: Location
    what: str


class Cell(msgspec.Struct, frozen=True):
    """One tool and one class of events; ``met`` of ``asked`` questions are answered well."""

    seen: Seen
    met: int = 0
    asked: int = 0
    places: tuple[Place, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """One tool; its ``cells`` stand in the order of the matrix's events."""

    tool: str
    location: Location
    package: str
    cells: tuple[Cell, ...]

    @property
    def unnoticed(self) -> tuple[str, ...]:
        """The names of the events that nobody would notice."""
        return tuple(
            event.name for event, cell in zip(EVENTS, self.cells, strict=True) if cell.seen in {Seen.NO, Seen.PART}
        )


class Matrix(msgspec.Struct, frozen=True):
    """All tools of production code; ``events`` are the columns."""

    events: tuple[EventClass, ...]
    rows: tuple[Row, ...]


def build_matrix(facts: Facts, evaluation: Evaluation) -> Matrix:
    """Join the verdicts on the repository, and those on each package where they could not tell, with the tools."""
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    for verdict in evaluation.repository.verdicts:
        evidence[verdict.check.id] = [one for one in verdict.evidence if one.surface.counts]
    open_questions = set(_undecided(evaluation))
    tools = [tool for tool in facts.tools if tool.surface.counts and tool.style != _AT_RUN_TIME]
    rows = []
    for tool in tools:
        cells = tuple(_cell(tool, event, evidence[event.check], open_questions) for event in EVENTS)
        rows.append(Row(tool.name, tool.location, tool.package, cells))
    return Matrix(EVENTS, tuple(rows))


def _undecided(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Check and package where the answer is 'could not tell'."""
    for one in evaluation.packages:
        yield from ((v.check.id, one.path or "") for v in one.verdicts if _is_open(v))


def _is_open(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.UNKNOWN


def _cell(tool: Tool, event: EventClass, evidence: Iterable[Evidence], undecided: set[tuple[str, str]]) -> Cell:
    if event in {SUCCESS, FAILURE}:
        return _told(tool, event)
    found = [
        one
        for one in evidence
        if one.package == tool.package
        and (not event.aspects or one.aspect in event.aspects)
        and (tool.name in one.tools if one.tools else event.shared)
    ]
    if not found:
        return Cell(Seen.UNKNOWN if (event.check, tool.package) in undecided else Seen.NEVER)
    met = sum(one.met for one in found)
    seen = Seen.YES if met == len(found) else Seen.PART if met else Seen.NO
    return Cell(seen, met, len(found), _places(sorted(found, key=lambda one: (one.met, one.location))))


def _told(tool: Tool, event: EventClass) -> Cell:
    """Whether a record after the call tells of it: in part where it does not say of which tool."""
    if not tool.trail and not tool.resolved:
        return Cell(Seen.UNKNOWN)
    told = [one for one in tool.trail if (one.on_success if event is SUCCESS else one.on_failure)]
    places = tuple(
        Place(one.location, f"{one.mechanism}, {one.moment}: {', '.join(one.said) or 'nothing'}") for one in told
    )
    named = any(Said.TOOL in one.said for one in told)
    return Cell(Seen.YES if named else Seen.PART if told else Seen.NO, int(named), 1, places[:_SHOWN])


def _places(found: Sequence[Evidence]) -> tuple[Place, ...]:
    return tuple(Place(one.location, one.what) for one in found[:_SHOWN])
