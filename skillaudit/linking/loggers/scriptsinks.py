"""JavaScript's loggers whose way of writing is an option of one call: LogTape, tslog, consola, bunyan, Deno's."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.facts import Encoder
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Fn

LIBRARIES = {"tslog", "logtape", "consola", "bunyan"}
"""The libraries that are read here."""

_SINKS = {
    "@logtape/logtape.getConsoleSink", "@logtape/logtape.getStreamSink", "@logtape/file.getFileSink",
    "@logtape/file.getRotatingFileSink",
}  # fmt: skip
_DENO = re.compile(r"^@std/log\.(?:handlers\.)?(?:Console|File|RotatingFile)Handler$")
_JSON_LINES = re.compile(r"(?:^|\.)(?:getJ|j)sonLinesFormatter(?:\(\))?$")
_FOR_PEOPLE = re.compile(r"format|pretty|debug", re.IGNORECASE)


class ScriptSinks(msgspec.Struct, frozen=True):
    """Reads the options as a production run sees them."""

    setups: Setups

    def of(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, Encoder]]:
        """Library and encoder of what a call sets up, if anything."""
        given = [fn.at(a.value) for a in call.args if not a.spread]
        for path in self.setups.paths(fn.at(call.callee)):
            if path in _SINKS:
                yield "logtape", self._logtape(given)
            elif path == "tslog.Logger":
                yield "tslog", self._tslog(given)
            elif path in {"consola.createConsola", "consola.consola.create", "consola.create"}:
                yield "consola", Encoder.JSON if self._reports_json(given) else Encoder.TEXT
            elif _DENO.match(path):
                yield "deno log", self._deno(given)
            elif path == "bunyan.createLogger":
                yield "bunyan", self._bunyan(given)

    def _tslog(self, given: list[At]) -> Encoder:
        """Its type; a hidden one is written by the transport that is attached to it, if by anything."""
        types = self._texts(given, "type")
        attached = [fn for fn in self.attached() if self.setups.stringifies(fn)] if "hidden" in types else []
        return Encoder.JSON if "json" in types or attached else Encoder.TEXT

    def attached(self) -> list[Fn]:
        """The functions that are attached to loggers of tslog as transports."""
        program = self.setups.box.program
        return [
            target
            for fn in program.functions()
            if program.is_script(fn.module)
            for _, call, _ in program.calls(fn)
            if program.called(fn.at(call.callee)) == "attachTransport"
            for argument in call.args
            for target in self._functions(fn.at(argument.value))
        ]

    def _entries(self, given: list[At], name: str) -> list[At]:
        return [held for at in given for held in self.setups.entry(at, name)]

    def _texts(self, given: list[At], name: str) -> list[str]:
        return [text for held in self._entries(given, name) for text in self.setups.texts(held)]

    def _logtape(self, given: list[At]) -> Encoder:
        """The sink's formatter; LogTape's own is text."""
        ends = [end for held in self._entries(given, "formatter") for end in self.setups.ends(held)]
        lines = [any(map(_JSON_LINES.search, self.setups.paths(end))) for end in ends]
        return Encoder.JSON if lines and all(lines) else Encoder.TEXT

    def _deno(self, given: list[At]) -> Encoder:
        """The handler's formatter: the library's for JSON, or a function that writes it; its own is text."""
        held = self._entries(given, "formatter")
        made = [fn for at in held for fn in self._functions(at)]
        paths = (path for at in held for end in self.setups.ends(at) for path in self.setups.paths(end))
        named = any(path.endswith(".jsonFormatter") for path in paths)
        return Encoder.JSON if named or any(map(self.setups.stringifies, made)) else Encoder.TEXT

    def _reports_json(self, given: list[At]) -> bool:
        """Whether a reporter of the project's own writes what a JSON encoder made."""
        reporters = [item for held in self._entries(given, "reporters") for item in self.setups.items(held)]
        logs = [
            symbol for item in reporters for log in self.setups.entry(item, "log") for symbol in self._functions(log)
        ]
        return bool(logs) and all(self.setups.stringifies(fn) for fn in logs)

    def _functions(self, at: At) -> list[Fn]:
        return [symbol for symbol in self.setups.box.symbols.resolve(at) if isinstance(symbol, Fn)]

    def _bunyan(self, given: list[At]) -> Encoder:
        """JSON unless every stream that it is given prints for people."""
        held = self._entries(given, "stream")
        held += [
            inner
            for streams in self._entries(given, "streams")
            for item in self.setups.items(streams)
            for inner in self.setups.entry(item, "stream")
        ]
        pretty = [any(map(_FOR_PEOPLE.search, self.setups.paths(end))) for at in held for end in self.setups.ends(at)]
        return Encoder.TEXT if pretty and all(pretty) else Encoder.JSON
