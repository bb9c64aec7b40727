"""The tools of the server: every recogniser's candidates joined by name."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from skillaudit.linking.registrations import (
    agenthooks,
    protocol,
    routes,
    routes_decorated,
    routes_events,
    routes_frameworks,
    routes_go,
    routes_hosted,
    routes_python,
)
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox, Unnamed
from skillaudit.linking.tools import (
    byhand,
    decorated,
    described,
    files,
    generated,
    gradio,
    marked,
    python,
    spoken,
    structs,
    web,
)
from skillaudit.linking.tools.tables import with_handlers
from skillaudit.model import Surface

GENERATED = "generated at run time"
"""Name and style of the stand-in for tools that the source does not name."""


_TAKEN_LATER = {"definition", "marked"}
"""Styles of what only says that it is a tool: something else registers it."""


def candidates(box: Toolbox) -> tuple[Candidate, ...]:
    """What the recognisers see, one per package and name: the sighting that knows the handler wins."""
    held: dict[tuple[str, bool, str], Candidate] = {}
    protocol.fill(box)
    routes.fill(box)
    routes_python.fill(box)
    routes_decorated.fill(box)
    routes_hosted.fill(box)
    routes_events.fill(box)
    routes_frameworks.fill(box)
    routes_go.fill(box)
    agenthooks.fill(box)
    for candidate in (
        *python.find(box),
        *byhand.find(box),
        *marked.find(box),
        *structs.find(box),
        *spoken.find(box),
        *decorated.find(box),
        *described.find(box),
        *web.find(box),
        *gradio.find(box),
        *files.find(box),
    ):
        surface = box.program.surface(candidate.module)
        if not candidate.name or not surface.analysed:
            continue
        key = (box.program.package_path(candidate.module), surface is Surface.PRODUCTION, candidate.name)
        before = held.get(key)
        held[key] = _better(box, before, candidate)
        box.namesakes.extend(one for one in (before, candidate) if one and one.handler not in {None, held[key].handler})
    return (*with_handlers(box, _run_around(box, _served(box, held.values()))), *_made(box, held))


def _run_around(box: Toolbox, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Definitions with what a registration runs around them that takes them from where only the running program knows.

    Injected or loaded at run time, they reach ``registerTool(tool.name, …, handle(tool))`` by no way in sight; in Go
    the objects behind an interface define themselves: ``s.AddTool(c.Definition(), func(…) { c.Run(…) })``.
    """
    registered: dict[str, list[Unnamed]] = {}
    for one in box.unnamed:
        if one.handler is not None and box.program.surface(one.fn.module).counts:
            registered.setdefault(box.program.package_path(one.fn.module), []).append(one)
    for candidate in found:
        held = registered.get(box.program.package_path(candidate.module), ())
        if len(held) == 1 and candidate.handler is not None and _is_taken(box, candidate, held[0]):
            around = (candidate.around, (held[0].handler,), held[0].around)
            kept = dict.fromkeys(fn for fns in around for fn in fns if fn is not None and fn != candidate.handler)
            yield replace(candidate, around=tuple(kept))
        elif len(held) == 1 and candidate.style == "NewTool" and candidate.handler is None:
            yield replace(candidate, handler=held[0].handler, around=held[0].around, dispatched=False)
        else:
            yield candidate


def _is_taken(box: Toolbox, candidate: Candidate, registered: Unnamed) -> bool:
    """Whether a registration may take a tool: a mere definition, or an object whose method of that name it calls."""
    if candidate.style in _TAKEN_LATER:
        return True
    if candidate.style != "class" or candidate.handler is None or registered.handler is None:
        return False
    name, fn = box.program.function(candidate.handler).name, registered.handler
    return any(box.program.called(fn.at(call.callee)) == name for _, call, _ in box.program.calls(fn))


def _made(box: Toolbox, held: Iterable[tuple[str, bool, str]]) -> Iterator[Candidate]:
    """The tools of packages that make them at run time: those that a document describes, else a stand-in."""
    for package in sorted({package for package, counts, _ in held if counts}):
        yield from generated.beside(box, package, {name for _, counts, name in held if counts})
    for stand_in in _generated(box, held):
        used = set(box.importing.used(box.program.package_path(stand_in.module)))
        yield from tuple(generated.instead(box, stand_in, used)) or (stand_in,)


def _served(box: Toolbox, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """All but a client's definitions: in Python a package that registers its tools otherwise and has no dispatcher."""
    serving = {box.program.package_path(fn.module) for fn in box.dispatchers if box.program.surface(fn.module).counts}
    dispatched = {package for served in serving for package in box.importing.used(served)}
    registered = {_part(box, candidate) for candidate in found if not candidate.dispatched}
    for candidate in found:
        if box.program.modules[candidate.module].language != "python" or not candidate.dispatched:
            yield candidate
            continue
        package, counts = _part(box, candidate)
        if package in dispatched or (package, counts) not in registered:
            yield candidate


def _part(box: Toolbox, candidate: Candidate) -> tuple[str, bool]:
    """The package of a tool, and whether it is production code."""
    return box.program.package_path(candidate.module), box.program.surface(candidate.module).counts


def _generated(box: Toolbox, held: Iterable[tuple[str, bool, str]]) -> Iterator[Candidate]:
    """One stand-in for the tools of each package that serves some and names none: made at run time.

    Tools of packages that it imports, or that import it, are those that it serves.
    """
    named = {(package, counts) for package, counts, _ in held}
    served_by = {(used, counts) for package, counts in named for used in box.importing.used(package)}
    known: set[tuple[str, bool]] = set()
    served = [(fn, box.program.function(fn).line) for fn in box.dispatchers]
    for fn, line in (*served, *((one.fn, one.line) for one in box.unnamed)):
        surface = box.program.surface(fn.module)
        package, counts = box.program.package_path(fn.module), surface.counts
        if not surface.analysed or (package, counts) in known:
            continue
        known.add((package, counts))
        if (package, counts) not in served_by and not any(
            (used, counts) in named for used in box.importing.used(package)
        ):
            location = box.program.location(fn.module, line)
            yield Candidate(GENERATED, location, fn.module, None, GENERATED, dispatched=True)


def _better(box: Toolbox, one: Candidate | None, other: Candidate) -> Candidate:
    """Two sightings of a tool: definition and registration complete each other.

    A loop over definitions registers a function of its own, which runs around the one that the definition holds.
    """
    if one is None:
        return other
    first, second = (one, other) if one.handler is not None or other.handler is None else (other, one)
    if _runs(box, first, second):
        first, second = second, first
    if _runs(box, second, first) and second.handler is not None:
        second = replace(second, around=(*second.around, second.handler))
    return replace(
        first,
        description=first.description or second.description,
        hints=tuple(dict.fromkeys((*first.hints, *second.hints))),
        around=tuple(dict.fromkeys((*first.around, *second.around))),
        dispatched=first.dispatched and second.dispatched,
        text=first.text or second.text,
        described=first.described or second.described,
        definition=first.definition or second.definition,
    )


def _runs(box: Toolbox, outer: Candidate, inner: Candidate) -> bool:
    """Whether the handler of one sighting calls that of the other."""
    if outer.handler is None or inner.handler is None or outer.handler == inner.handler:
        return False
    return any(edge.target == inner.handler for edge in box.calls.out.get(outer.handler, ()))
