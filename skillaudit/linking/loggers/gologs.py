"""Go's loggers that are set up by a field: ``logger.Formatter = …``, ``logrus.Logger{Formatter: …}``, zap's Config."""

from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.facts import Encoder
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import Fn

_LOGRUS = "github.com/sirupsen/logrus."
_FORMATTERS = {f"{_LOGRUS}JSONFormatter": Encoder.JSON, f"{_LOGRUS}TextFormatter": Encoder.TEXT}
_ZAP = {"json": Encoder.JSON, "console": Encoder.TEXT}

Seen = tuple[int, int, str, Encoder]
"""Line, block, library, encoder."""


class GoLogs(msgspec.Struct, frozen=True):
    """Reads the stores and struct literals of a function."""

    setups: Setups

    def of(self, fn: Fn) -> Iterator[Seen]:
        """The set-ups in a function."""
        for step in self.setups.box.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.name in {"Formatter", "Encoding"}:
                for library, encoder in self._field(fn, step.name, step.value):
                    yield step.line, step.block, library, encoder
        for _, value in self.setups.box.program.of_kind(fn, ir.Record):
            if value.made_of >= 0:
                for entry in value.entries:
                    for library, encoder in self._field(fn, entry.key, entry.value):
                        yield value.line, self._block(fn, value.line), library, encoder

    def _field(self, fn: Fn, name: str, value: int) -> Iterator[tuple[str, Encoder]]:
        if name == "Encoding":
            yield from (("zap", _ZAP[text]) for text in self.setups.texts(fn.at(value)) if text in _ZAP)
        elif name == "Formatter":
            for end in self.setups.ends(fn.at(value)):
                paths = (path.removesuffix("()") for path in self.setups.paths(end))
                yield from (("logrus", _FORMATTERS[path]) for path in paths if path in _FORMATTERS)

    def _block(self, fn: Fn, line: int) -> int:
        blocks = self.setups.box.program.function(fn).blocks
        holding = (n for n, block in enumerate(blocks) if block.line <= line <= block.end_line)
        return max(holding, key=lambda n: (blocks[n].line, n), default=0)
