"""Sinks that a configuration of Python's logging names by the class of a handler: in ``dictConfig``, or in a file."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import LogSink
from skillaudit.linking.logfiles import LogFiles
from skillaudit.linking.program import Fn
from skillaudit.linking.setups import Setups
from skillaudit.linking.sinks import destination_of
from skillaudit.linking.wiring import Wiring

_READING = {"logging.config.dictConfig", "logging.config.fileConfig", "uvicorn.run", "uvicorn.Config"}


def configured_sinks(setups: Setups, wiring: Wiring, files: LogFiles) -> Iterator[LogSink]:
    """Every handler that leads off the host or into a file, at the call that sets it up."""
    found = _Configured(setups, files)
    program = setups.box.program
    for fn in program.functions():
        if program.modules[fn.module].language == "python":
            for _, call, block in program.calls(fn):
                for kind, destination in found.by(fn, call):
                    yield LogSink(
                        program.location(fn.module, call.line, call.end_line),
                        program.surface(fn.module),
                        program.package_path(fn.module),
                        kind,
                        destination,
                        wired=wiring.live(fn),
                        opt_in=setups.conditions.runs(fn, block, call.line) is not True,
                    )


@dataclass(frozen=True, slots=True)
class _Configured:
    setups: Setups
    files: LogFiles

    def by(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, str]]:
        """Kind and destination of each handler that the call sets up."""
        if call.args and not _READING.isdisjoint(self.setups.paths(fn.at(call.callee))):
            for name in dict.fromkeys(self._classes(fn, call)):
                if (seen := destination_of(name.removeprefix("ext://"))) is not None:
                    yield seen

    def _classes(self, fn: Fn, call: ir.Call) -> Iterator[str]:
        at = fn.at(call.args[0].value)
        handlers = [value for held in self.setups.entry(at, "handlers") for _, value in self.setups.entries(held)]
        for handler in handlers:
            for key in ("class", "()"):
                for named in self.setups.entry(handler, key):
                    yield from (*self.setups.texts(named), *self.setups.paths(named))
        file = None if handlers else self.files.read_by(fn, call)
        yield from (handler.kind for handler in file.handlers) if file else ()
