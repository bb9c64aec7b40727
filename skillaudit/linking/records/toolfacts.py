"""The facts about each tool: what it can do, what a client sees of it, and the records that its call leaves."""

from collections.abc import Iterable, Iterator

from skillaudit.facts import Record, Tool
from skillaudit.linking.records.analytics import Analytics
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.records.notified import Notified
from skillaudit.linking.records.tooltrails import Trails
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.tools.canonical import Memory
from skillaudit.linking.tools.effects import Effects
from skillaudit.linking.tools.found import GENERATED
from skillaudit.linking.tools.pinning import pinned


def tool_facts(box: Toolbox, found: Iterable[Candidate], coverage: Coverage, trails: Trails) -> Iterator[Tool]:
    """The facts about each tool."""
    effects, analytics, notified = Effects(box), Analytics(box, coverage), Notified(box, coverage)
    forms: Memory = {}
    for candidate in found:
        runs = candidate.made.runs if candidate.made is not None else candidate.location
        handler = box.program.place(candidate.handler) if candidate.handler else runs
        records: tuple[Record, ...] = tuple(coverage.records(candidate))
        yield Tool(
            name=candidate.name,
            location=candidate.location,
            surface=box.program.surface(candidate.module),
            package=box.program.package_path(candidate.module),
            handler=handler,
            effects=() if candidate.style == GENERATED else effects.of(candidate),
            style=candidate.style,
            description=candidate.description,
            records=records,
            resolved=candidate.handler is not None or _library_runs(candidate) or coverage.dispatched(candidate),
            trail=trails.of(candidate),
            pinned=pinned(box, candidate, forms),
            outward=effects.outward(candidate),
            analytics=analytics.of(candidate),
            notified=notified.of(candidate),
            hushed=notified.hushed(candidate),
        )


def _library_runs(candidate: Candidate) -> bool:
    """Whether what runs a tool is the library that made it: then no code of the project does."""
    return candidate.made is not None and not candidate.dispatched
