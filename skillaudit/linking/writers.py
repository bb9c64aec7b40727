"""Which stream of the process a writer is that a function is given, or that an object keeps."""

from dataclasses import dataclass, field

from skillaudit.facts import Sink
from skillaudit.linking.origins import Origins
from skillaudit.linking.program import At, Program
from skillaudit.linking.symbols import External, Symbols

_STREAMS = {
    "stdout": Sink.STDOUT, "Stdout": Sink.STDOUT, "OutOrStdout()": Sink.STDOUT, "stderr": Sink.STDERR,
    "Stderr": Sink.STDERR, "ErrOrStderr()": Sink.STDERR, "OutOrStderr()": Sink.STDERR,
}  # fmt: skip
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
            self._known[at] = self._named(at) or (self._given(at, depth) if depth else None)
        return self._known[at]

    def _named(self, at: At) -> Sink | None:
        paths = (symbol.path for symbol in self.symbols.resolve(at) if isinstance(symbol, External))
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
