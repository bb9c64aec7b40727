"""Sinks that a configuration of Python's logging names by the class of a handler: in ``dictConfig``, or in a file."""

from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.facts import LogSink
from skillaudit.linking.loggers.logfiles import LogFiles
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.sinkplaces import schemed
from skillaudit.linking.loggers.sinks import destination_of
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.serving.wiring import Wiring

_READING = {"logging.config.dictConfig", "logging.config.fileConfig", "uvicorn.run", "uvicorn.Config"}


def configured_sinks(setups: Setups, wiring: Wiring, files: LogFiles) -> Iterator[LogSink]:
    """Every handler that leads off the host or into a file, at the call that sets it up."""
    found = _Configured(setups, files)
    program = setups.box.program
    for fn in program.functions():
        if program.modules[fn.module].language == "python":
            for _, call, block in program.calls(fn):
                for kind, destination, address in found.by(fn, call):
                    yield LogSink(
                        program.location(fn.module, call.line, call.end_line),
                        program.surface(fn.module),
                        program.package_path(fn.module),
                        kind,
                        destination,
                        wired=wiring.live(fn),
                        opt_in=setups.conditions.runs(fn, block, call.line) is not True,
                        address=address,
                    )


class _Configured(msgspec.Struct, frozen=True):
    setups: Setups
    files: LogFiles

    def by(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, str, str]]:
        """Kind, destination and address of each handler that the call sets up and a logger uses."""
        if call.args and not _READING.isdisjoint(self.setups.paths(fn.at(call.callee))):
            for path, address in dict.fromkeys(self._classes(fn, call)):
                name = path.removeprefix("ext://")
                if (seen := destination_of(name)) is not None:
                    yield (*seen, schemed(name, address))

    def _classes(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, str]]:
        at = fn.at(call.args[0].value)
        entries = [entry for held in self.setups.entry(at, "handlers") for entry in self.setups.entries(held)]
        used = self._used(at, [handler for _, handler in entries])
        for handler in (one for name, one in entries if not used or not name or name in used):
            for key in ("class", "()"):
                for named in self.setups.entry(handler, key):
                    for path in (*self.setups.texts(named), *self.setups.paths(named)):
                        yield path, self._address(handler)
        file = None if entries else self.files.read_by(fn, call)
        yield from ((handler.kind, handler.address) for handler in file.handlers) if file else ()

    def _used(self, at: At, handlers: list[At]) -> set[str]:
        """Names of handlers that loggers have, or that other handlers hand records to; none where that is not known."""
        roots = self.setups.entry(at, "root")
        named = [one for held in self.setups.entry(at, "loggers") for _, one in self.setups.entries(held)]
        lists = [held for one in (*roots, *named) for held in self.setups.entry(one, "handlers")]
        if not lists:
            return set()
        lists += [held for one in handlers for key in ("handlers", "target") for held in self.setups.entry(one, key)]
        items = [item for held in lists for item in (*self.setups.items(held), held)]
        return {text for item in items for text in self.setups.texts(item)}

    def _address(self, handler: At) -> str:
        """Where a handler connects to, by the settings that the handlers of libraries share."""
        for key in ("url", "address", "host"):
            for held in self.setups.entry(handler, key):
                parts = [text for item in self.setups.items(held) for text in self.setups.texts(item)]
                whole = ":".join(parts or self.setups.texts(held))
                if whole:
                    return f"unix://{whole}" if whole.startswith("/") else whole
        return ""
