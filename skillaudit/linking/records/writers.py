"""Which stream of the process a writer is that a function is given, or that an object keeps."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Sink
from skillaudit.linking.knowledge.logapis import LogApi
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols
from skillaudit.linking.origins.origins import Origins

_STREAMS = {
    "stdout": Sink.STDOUT, "Stdout": Sink.STDOUT, "OutOrStdout()": Sink.STDOUT, "stderr": Sink.STDERR,
    "DefaultWriter": Sink.STDOUT, "DefaultErrorWriter": Sink.STDERR,  # of gin
    "Stderr": Sink.STDERR, "ErrOrStderr()": Sink.STDERR, "OutOrStderr()": Sink.STDERR,
}  # fmt: skip
_WHOLE = {"log.Writer()": Sink.STDERR, "log.Default().Writer()": Sink.STDERR}
_NUMBERS = {"1": Sink.STDOUT, "2": Sink.STDERR}
"""Open files that every process has."""

_WRAPPING = {"Writer", "MultiWriter", "NewWriter", "NewWriterSize", "AddSync", "Lock", "NewTabWriter", "WriteCloser"}
_DEPTH = 5


@dataclass(slots=True)
class Writers:
    """Follows a writer to the callers; remembers what each is."""

    program: Program
    symbols: Symbols
    origins: Origins
    _known: dict[At, Sink | None] = field(default_factory=dict)

    def stream(self, at: At, depth: int = _DEPTH) -> Sink | None:
        """Standard output or standard error, if code that is no test hands in one of them."""
        if at not in self._known:
            self._known[at] = None
            self._known[at] = self._named(at) or ((self._made(at, depth) or self._given(at, depth)) if depth else None)
        return self._known[at]

    def told(self, fn: Fn, call: ir.Call, api: LogApi) -> LogApi:
        """``print(…, file=sys.stderr)`` and ``fmt.Fprintln(os.Stderr, …)`` go where they are told."""
        if api.library != "print":
            return api
        named = [a for a in call.args if a.name == "file"]
        told = named[0].value if named else call.args[0].value if api.skip and call.args else -1
        if told < 0:
            err = any(a.name == "err" for a in call.args)
            return LogApi("print", api.level, Sink.STDERR, api.style, api.skip) if err else api
        sink = self.stream(fn.at(told)) or Sink.FILE
        return LogApi("print", api.level, sink, api.style, api.skip)

    def _made(self, at: At, depth: int) -> Sink | None:
        """A writer around a stream, or one that an object is made with: ``io.MultiWriter(os.Stderr, file)``."""
        held = self.program.bare(at)
        value = self.program.value(held)
        parts: list[At] = []
        if isinstance(value, ir.Call) and self.origins.name_of(held.to(value.callee)) in _WRAPPING:
            parts = [held.to(argument.value) for argument in value.args]
        elif isinstance(value, ir.Member):
            owners = [s.cls for s in self.symbols.resolve(held.to(value.base)) if isinstance(s, Instance)]
            for record in (one for cls in owners for one in self.origins.holdings.written(cls)):
                made = self.program.value(record)
                entries = made.entries if isinstance(made, ir.Record) else ()
                parts += [record.to(entry.value) for entry in entries if entry.key == value.name]
        return next((found for part in parts if (found := self.stream(part, depth - 1))), None)

    def _named(self, at: At) -> Sink | None:
        value = self.program.value(self.program.bare(at))
        if isinstance(value, ir.Literal) and value.text in _NUMBERS:
            return _NUMBERS[value.text]
        paths = [symbol.path for symbol in self.symbols.resolve(at) if isinstance(symbol, External)]
        if whole := [_WHOLE[path] for path in paths if path in _WHOLE]:
            return whole[0]
        return next((_STREAMS[last] for path in paths if (last := path.rpartition(".")[2]) in _STREAMS), None)

    def _given(self, at: At, depth: int) -> Sink | None:
        callings = self.origins.callings
        for origin in self.origins.of(at):
            if origin.formal is None or origin.path:
                continue
            for caller, _, call in callings.of(origin.formal.fn):
                if not self.program.is_test(caller.module):
                    for argument in callings.arguments(caller, call, origin.formal):
                        if found := self.stream(argument, depth - 1):
                            return found
        return None
