"""Writes to standard output that run while a stdio server serves: there stdout is the protocol's stream."""

from collections.abc import Iterable, Iterator

from skillaudit import ir
from skillaudit.facts import LogCall, Sink, StdoutWrite, Step, Transport
from skillaudit.linking.calls import Edge
from skillaudit.linking.gates import Gates
from skillaudit.linking.program import Fn
from skillaudit.linking.toolbox import Candidate, Toolbox
from skillaudit.linking.transports import starts

_LIBRARIES = {"print", "console", "consola"}


def stdout_writes(
    box: Toolbox,
    gates: Gates,
    found: Iterable[Candidate],
    calls: Iterable[tuple[Fn, int, LogCall]],
    held: Iterable[Transport],
) -> Iterator[StdoutWrite]:
    """Writes reached from tool handlers, dispatchers, or the function that starts the stdio transport."""
    packages = {transport.package for transport in held if transport.kind == "stdio" and transport.surface.counts}
    handlers = [c.handler for c in found if c.handler is not None and box.program.package_path(c.module) in packages]
    serving = [fn for fn in (*handlers, *box.dispatchers) if box.program.package_path(fn.module) in packages]
    starting = dict(starts(box))
    reached = box.calls.reach([*serving, *starting])
    seen: set[object] = set()
    for fn, block, call in calls:
        stdout = call.sink is Sink.STDOUT and call.library in _LIBRARIES
        if not stdout or fn not in reached or call.via or not call.surface.counts or call.location in seen:
            continue
        path = reached[fn]
        root = path[0].caller if path else fn
        if root in starting and _apart(box, gates, fn, block, path, starting[root]):
            continue
        seen.add(call.location)
        notes = tuple(Step(box.program.location(e.caller.module, e.line), "calls") for e in path)
        yield StdoutWrite(call.location, call.package, call.message, (Step(box.program.place(root), "serves"), *notes))


def _apart(box: Toolbox, gates: Gates, fn: Fn, block: int, path: tuple[Edge, ...], started: tuple[int, int]) -> bool:
    """Whether a write in the starting function belongs to another branch, or ends the process before serving."""
    caller, at = (path[0].caller, path[0].block) if path else (fn, block)
    own = [outer for outer in gates.around(caller, at) if outer.kind in {"if", "else", "case", "except"}]
    serving = list(gates.around(caller, started[1]))
    outside = [outer for outer in own if outer not in serving]
    return any(outer.exits or outer.kind == "except" or _exclusive(outer, serving) for outer in outside)


def _exclusive(outer: ir.Block, serving: list[ir.Block]) -> bool:
    """``if``/``else`` of one condition, of which the other one serves."""
    return any(outer.test == other.test and outer.kind != other.kind and other.test >= 0 for other in serving)
