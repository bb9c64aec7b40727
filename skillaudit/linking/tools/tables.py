"""The functions that dispatchers look up by a tool's name: ``handlers[name](args)``."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.handlers import RUNS
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.tools import reflected

_NEAR = 4


def with_handlers(box: Toolbox, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The tools, those whose code was not found with what a dispatcher's table holds under their name."""
    tables = _tables(box)
    for candidate in found:
        held = tables.get((box.program.package_path(candidate.module), candidate.name), set())
        known = candidate.handler is not None or not candidate.dispatched or len(held) != 1
        yield candidate if known else replace(candidate, handler=next(iter(held)))


def _tables(box: Toolbox) -> dict[tuple[str, str], set[Fn]]:
    """By package and name: the functions that calls near a dispatcher of the package look up under it."""
    found: dict[tuple[str, str], set[Fn]] = {}
    for dispatcher in box.dispatchers:
        package = box.program.package_path(dispatcher.module)
        for fn in box.calls.reach([dispatcher], _NEAR):
            for edge in box.calls.out.get(fn, ()):
                for key in (edge.key,) if edge.key else _named(box, edge.target):
                    found.setdefault((package, key), set()).add(edge.target)
            if box.program.modules[fn.module].language == "python":
                for _, call, _ in box.program.calls(fn):
                    for key, target in reflected.by_name(box, fn, call):
                        found.setdefault((package, key), set()).add(target)
    return found


def _named(box: Toolbox, fn: Fn) -> Iterator[str]:
    """The names that the objects have whose method runs a tool."""
    cls = box.symbols.owner(fn) if box.program.function(fn).name in RUNS else None
    if cls is not None and not box.symbols.heirs(cls):
        yield from (text for text, _ in box.scenes.read(box.scenes.field(cls, "name")))
