"""Records that Go programs put together and write: ``json.NewEncoder(os.Stderr).Encode(event)``, ``w.Write(line)``.

Standard output is left out: there such a program answers, or speaks the protocol.
"""

import re
from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.facts import Level, Sink
from skillaudit.linking.knowledge.logapis import ENCODED, LogApi
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols
from skillaudit.linking.records.filelogs import FileLogs
from skillaudit.linking.records.writers import Writers

_ENCODES = re.compile(r"^encoding/json\.(?:New)?Encoder\(\)\.Encode$")
_ASIDE = re.compile(
    r"^sync\.(?:RW)?Mutex\(\)\.R?(?:Un)?[lL]ock$|^fs(?:/promises)?\.(?:promises\.)?(?:mkdir|exists)(?:Sync)?$|"
    r"^fs-extra\.ensureDir(?:Sync)?$|^path\.\w+$|^os\.(?:makedirs|MkdirAll|path\.\w+)$|^pathlib\.Path\(\)(?:\.parent)?\.mkdir$|"
    r"^path/filepath\.\w+$"
)
"""Calls that let one writer in at a time, or make the folder of the log."""
_LAST = {
    "go": {"Encode", "Write", "Fprintf", "Fprintln"},
    "python": {"print", "write"},
    "typescript": {"write", "error", "warn", "log"},
    "javascript": {"write", "error", "warn", "log"},
}
"""The calls with which functions end that put a line together and write it."""
_OUTPUTS = {"io.Writer()", "io.WriteCloser()", "os.File()"}
_MAKES = "encoding/json.NewEncoder"
_DEPTH = 4


class EncodedLogs(msgspec.Struct, frozen=True):
    """Finds the writer behind an encoder."""

    program: Program
    symbols: Symbols
    writers: Writers
    files: FileLogs

    def api(self, fn: Fn, call: ir.Call) -> LogApi | None:
        """The log call that an encoding is, where it goes to standard error or to a log's file."""
        callee = self.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or callee.name not in {"Encode", "Write"} or len(call.args) != 1:
            return None
        if callee.name == "Write":
            return self._written(fn, callee)
        held = self.symbols.resolve(fn.at(call.callee))
        if not any(isinstance(symbol, External) and _ENCODES.match(symbol.path) for symbol in held):
            return None
        for made in self._made(fn.at(callee.base), _DEPTH):
            maker = self.program.value(made)
            for argument in maker.args[:1] if isinstance(maker, ir.Call) else ():
                target = made.to(argument.value)
                if self.writers.stream(target) is Sink.STDERR:
                    return LogApi(ENCODED, Level.INFO, Sink.STDERR, "object")
                if self.files.is_log(Fn(made.module, made.function), target):
                    return LogApi(ENCODED, Level.INFO, Sink.FILE, "object")
        return None

    def ends(self, fn: Fn) -> bool:
        """Whether a function ends in writing what it put together."""
        last = next((call for _, call, _ in reversed(self.program.calls(fn))), None)
        name = self.program.called(fn.at(last.callee)) if last is not None else ""
        return name in _LAST.get(self.program.modules[fn.module].language, ())

    def is_aside(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a call only makes way for the record."""
        symbols = self.symbols.resolve(fn.at(call.callee))
        return any(isinstance(symbol, External) and _ASIDE.search(symbol.path) for symbol in symbols)

    def _written(self, fn: Fn, callee: ir.Member) -> LogApi | None:
        """``j.out.Write(line)``, where the object was given a stream."""
        held = self.symbols.resolve(fn.at(callee.base))
        if not any(isinstance(symbol, External) and symbol.path in _OUTPUTS for symbol in held):
            return None
        stderr = self.writers.stream(fn.at(callee.base)) is Sink.STDERR
        return LogApi("print", Level.INFO, Sink.STDERR, "join") if stderr else None

    def _made(self, at: At, depth: int) -> Iterator[At]:
        """The calls of ``json.NewEncoder`` that a value comes from: there, or where its object was made."""
        held = self.program.given(at)
        value = self.program.value(held)
        if isinstance(value, ir.Call):
            paths = {s.path for s in self.symbols.resolve(held.to(value.callee)) if isinstance(s, External)}
            yield from [held] if _MAKES in paths else []
        elif isinstance(value, ir.Member) and depth:
            for owner in (s.cls for s in self.symbols.resolve(held.to(value.base)) if isinstance(s, Instance)):
                for stored in self.symbols.stores(owner).get(value.name, ()):
                    yield from self._made(stored, depth - 1)
                for record in self.writers.origins.holdings.written(owner):
                    made = self.program.value(record)
                    for entry in made.entries if isinstance(made, ir.Record) else ():
                        if entry.key == value.name:
                            yield from self._made(record.to(entry.value), depth - 1)
