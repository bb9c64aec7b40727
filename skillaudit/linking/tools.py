"""The tools of the server: every recogniser's candidates joined by name, with their effects and their records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from skillaudit.facts import Record, Tool
from skillaudit.linking import tools_marked, tools_python
from skillaudit.linking.coverage import Coverage
from skillaudit.linking.effects import effects_of
from skillaudit.linking.toolbox import Candidate, Toolbox
from skillaudit.model import Surface


def candidates(box: Toolbox) -> tuple[Candidate, ...]:
    """What the recognisers see, one per package and name: the sighting that knows the handler wins."""
    held: dict[tuple[str, bool, str], Candidate] = {}
    for candidate in (*tools_python.find(box), *tools_marked.find(box)):
        surface = box.program.surface(candidate.module)
        if not candidate.name or not surface.analysed:
            continue
        key = (box.program.package_path(candidate.module), surface is Surface.PRODUCTION, candidate.name)
        held[key] = _better(held.get(key), candidate)
    return tuple(held.values())


def _better(one: Candidate | None, other: Candidate) -> Candidate:
    """Two sightings of a tool: definition and registration complete each other."""
    if one is None:
        return other
    first, second = (one, other) if one.handler is not None or other.handler is None else (other, one)
    return replace(
        first,
        description=first.description or second.description,
        hints=tuple(dict.fromkeys((*first.hints, *second.hints))),
        around=tuple(dict.fromkeys((*first.around, *second.around))),
        dispatched=first.dispatched and second.dispatched,
    )


def tools(box: Toolbox, found: Iterable[Candidate], coverage: Coverage) -> Iterator[Tool]:
    """The facts about each tool."""
    for candidate in found:
        handler = box.program.place(candidate.handler) if candidate.handler else candidate.location
        records: tuple[Record, ...] = tuple(coverage.records(candidate))
        yield Tool(
            name=candidate.name,
            location=candidate.location,
            surface=box.program.surface(candidate.module),
            package=box.program.package_path(candidate.module),
            handler=handler,
            effects=effects_of(candidate.name, candidate.description, candidate.hints),
            style=candidate.style,
            description=candidate.description,
            records=records,
            resolved=candidate.handler is not None or coverage.dispatched(candidate),
        )
