"""Writes to standard output that run while a stdio server serves: there stdout is the protocol's stream."""

from collections.abc import Iterable, Iterator

import msgspec

from skillaudit.facts import LogCall, Sink, StdoutWrite, Step, Transport
from skillaudit.linking.loggers.logfiles import LogFiles
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.stdoutloggers import StdoutLoggers
from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.serving.conditions import Conditions
from skillaudit.linking.serving.options import Options
from skillaudit.linking.serving.redirects import Redirect, Redirects
from skillaudit.linking.serving.stdio import Path, Serving
from skillaudit.linking.serving.ways import Ways

_LIBRARIES = {"print", "console", "consola"}


def stdout_writes(
    box: Toolbox,
    files: LogFiles,
    found: Iterable[Candidate],
    calls: Iterable[tuple[Fn, int, LogCall]],
    held: Iterable[Transport],
) -> Iterator[StdoutWrite]:
    """Writes reached from tool handlers, dispatchers, or the functions on the way to the stdio transport."""
    packages = {transport.package for transport in held if transport.kind == "stdio" and transport.surface.counts}
    if not packages:
        return
    handling = (candidate.handler for candidate in found if candidate.handler is not None)
    roots = dict.fromkeys(fn for fn in (*handling, *box.dispatchers) if _serves(box, fn, packages))
    redirects = Redirects(box)
    serving = Serving(
        box, Conditions(box, files.setups.conditions.gates, Options(box.program), serving=True), redirects
    )
    during, before = serving.during(roots), serving.before(frozenset(roots))
    writes = _Writes(box, serving, redirects, Ways(box.program, serving, tuple(roots)), during, before)
    calls = tuple(calls)
    yield from writes.of(calls)
    yield from writes.set_up(frozenset(fn for fn, _, call in calls if call.sink is Sink.LOGGER), files)


def _serves(box: Toolbox, fn: Fn, packages: set[str]) -> bool:
    """Whether a handler or dispatcher is part of a server on stdio, and no example's."""
    return box.program.package_path(fn.module) in packages and box.program.surface(fn.module).counts


class _Writes(msgspec.Struct, frozen=True):
    """``during`` and ``before`` are the functions that run while serving and on the way, with their paths."""

    box: Toolbox
    serving: Serving
    redirects: Redirects
    ways: Ways
    during: dict[Fn, Path]
    before: dict[Fn, Path]

    def of(self, calls: Iterable[tuple[Fn, int, LogCall]]) -> Iterator[StdoutWrite]:
        """The writes among the log calls, one per place."""
        seen: set[object] = set()
        for fn, block, call in calls:
            stdout = call.sink is Sink.STDOUT and call.library in _LIBRARIES and not call.via and call.surface.counts
            found = self._path(fn, block, call) if stdout and call.location not in seen else None
            if found is not None:
                seen.add(call.location)
                path, starting = found
                root = path[0].caller if path else fn
                notes = (Step(self.box.program.location(e.caller.module, e.line), "calls") for e in path)
                first = Step(self.box.program.place(root), "runs before it serves" if starting else "serves")
                yield StdoutWrite(call.location, call.package, call.message, (first, *notes), before=starting)

    def set_up(self, logging: frozenset[Fn], files: LogFiles) -> Iterator[StdoutWrite]:
        """Loggers that are set up on standard output on the way, where something that serves writes records."""
        used = any(fn in self.during or fn in self.before for fn in logging)
        setups = Setups(self.box, self.serving.conditions)
        loggers = StdoutLoggers(setups, LogFiles(setups, files.files))
        program = self.box.program
        for fn in sorted({*self.during, *self.before} if used else ()):
            for line, block, library in loggers.of(fn) if program.surface(fn.module).counts else ():
                starting = fn not in self.during
                path = (self.before if starting else self.during)[fn]
                if not self.serving.runs(fn, block, line, starting=starting):
                    continue
                if any(self._turned(r, fn, line, path, starting=starting) for r in self.redirects.all if r.covers("*")):
                    continue
                place = program.location(fn.module, line)
                notes = (Step(program.location(e.caller.module, e.line), "calls") for e in path)
                steps = (*notes, Step(place, f"{library} sets the logger up on standard output"))
                yield StdoutWrite(place, program.package_path(fn.module), f"{library} writes to standard output", steps)

    def _path(self, fn: Fn, block: int, call: LogCall) -> tuple[Path, bool] | None:
        """The way to a write that runs and arrives at the standard output, and whether it runs before serving."""
        line = call.location.line
        written = [c for _, c, _ in self.box.program.calls(fn) if c.line == line]
        streams = {self.redirects.stream(fn, c) for c in written}
        if any(self.redirects.elsewhere(fn, c) for c in written):
            return None
        for starting, reached in ((False, self.during), (True, self.before)):
            if fn in reached and self.serving.runs(fn, block, line, starting=starting):
                turned = [r for r in self.redirects.all if any(r.covers(s) for s in streams)]
                if not any(self._turned(r, fn, line, reached[fn], starting=starting) for r in turned):
                    return (reached[fn] if starting else self.ways.to(fn, reached[fn])), starting
        return None

    def _turned(self, redirect: Redirect, fn: Fn, line: int, path: Path, *, starting: bool) -> bool:
        """Whether the stream was turned away before the write."""
        if redirect.fn.number == 0 and redirect.fn not in self.serving.spine:
            return True
        turning = self.before.get(redirect.fn)
        if turning is None:
            return False
        if not starting:
            return True
        return self._anchor(redirect.fn, redirect.line, turning) < self._anchor(fn, line, path)

    def _anchor(self, fn: Fn, line: int, path: Path) -> tuple[int, int]:
        """When something on the way runs: callers before the functions that they call, then by line."""
        root, at = (path[0].caller, path[0].line) if path else (fn, line)
        starts = self.serving.spine.get(root, ())
        return (-max((s.level for s in starts), default=_IMPORTED), at)


_IMPORTED = 99
