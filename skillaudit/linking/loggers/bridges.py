"""Whether records get to OpenTelemetry at all: an exporter of logs alone exports what nobody hands over."""

import re
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_BRIDGES = re.compile(
    r"^opentelemetry\.sdk\._logs\.(?:\w+\.)*LoggingHandler$"
    r"|^opentelemetry\.instrumentation\.(?:logging|auto_instrumentation)\."
    r"|^opentelemetry\..*\bget_logger\(\)\.emit$"
    r"|^@opentelemetry/(?:winston-transport|instrumentation-(?:winston|pino|bunyan)|auto-instrumentations-node)\b"
    r"|^@opentelemetry/.*\bgetLogger\(\)\.emit$"
    r"|^go\.opentelemetry\.io/contrib/bridges/|^github\.com/uptrace/opentelemetry-go-extra/otel"
    r"|^go\.opentelemetry\.io/otel/.*\.Emit$"
)
"""What hands records of a logging library over, and records that code emits itself."""
_BY_NAME = "opentelemetry.sdk._logs.LoggingHandler"
_PROCESSOR = "add_log_record_processor"


@dataclass(slots=True)
class Bridges:
    """Answers once for each language."""

    box: Toolbox
    _known: dict[str, bool] = field(default_factory=dict)

    def stand(self, language: str) -> bool:
        """Whether production code of a language hands records to a provider, which in Python has a processor."""
        if language not in self._known:
            functions = [fn for fn in self.box.program.functions() if self._is_asked(fn, language)]
            handed = any(self._hands_over(fn) for fn in functions)
            self._known[language] = handed and (language != "python" or any(map(self._processes, functions)))
        return self._known[language]

    def _is_asked(self, fn: Fn, language: str) -> bool:
        program = self.box.program
        return program.modules[fn.module].language == language and program.surface(fn.module).counts

    def _hands_over(self, fn: Fn) -> bool:
        values = self.box.program.function(fn).values
        if any(isinstance(value, ir.Literal) and value.text == _BY_NAME for value in values):
            return True
        return any(
            isinstance(symbol, External) and _BRIDGES.search(symbol.path)
            for _, call, _ in self.box.program.calls(fn)
            for symbol in self.box.symbols.resolve(fn.at(call.callee))
        )

    def _processes(self, fn: Fn) -> bool:
        values = self.box.program.function(fn).values
        return any(isinstance(value, ir.Member) and value.name == _PROCESSOR for value in values)
