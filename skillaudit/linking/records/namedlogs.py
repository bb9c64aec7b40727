"""Log calls that only the logger's name speaks for: it was injected without a type, or comes out of a container."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Level, Sink
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.knowledge.logapis import LogApi, begins_event, level_of
from skillaudit.linking.knowledge.spans import span_by_name
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Data, External, Instance, Namespace, Symbol
from skillaudit.linking.origins.origins import Origins

_CLIENT_NAMES = {"ctx", "context", "mcp_context", "mcp_ctx"}
_CLIENT_METHODS = {"debug", "info", "warning", "error", "report_progress", "log"}


@dataclass(slots=True)
class NamedLogs:
    """Recognises log calls by names."""

    program: Program
    origins: Origins
    _modules: dict[int, frozenset[str]] = field(default_factory=dict)

    def api(self, fn: Fn, call: ir.Call, symbols: Iterable[Symbol]) -> LogApi | None:
        """What ``logger.info(…)`` is, where the logger's origin is not in sight; None where it is, or no logger."""
        callee = self.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or any(map(_is_known, symbols)):
            return None
        base = self.origins.name_of(fn.at(callee.base))
        if span := span_by_name(base, callee.name, self._imported(fn.module)):
            return span
        level = level_of(callee.name)
        if level is None:
            return None
        if base == "context" and self._is_function_app(fn):
            return LogApi("azure", level, Sink.LOGGER, "join")
        python = self.program.modules[fn.module].language == "python"
        if python and base in _CLIENT_NAMES and callee.name in _CLIENT_METHODS:
            return LogApi("mcp", level, Sink.CLIENT, "fields")
        return LogApi("unknown", level, Sink.LOGGER, self._style(fn, call)) if vocabulary.names_logger(base) else None

    def _is_function_app(self, fn: Fn) -> bool:
        """Whether the file holds functions of Azure, whose context is a logger."""
        params = self.program.function(fn).params
        classic = [parameter.name for parameter in params[:2]] == ["context", "req"]
        return self.program.is_script(fn.module) and (classic or "@azure/functions" in self._imported(fn.module))

    def chosen(self, base: str) -> LogApi | None:
        """What a method that is chosen at run time is, of an object of this name."""
        return LogApi("unknown", Level.INFO, Sink.LOGGER, "fields") if vocabulary.names_logger(base) else None

    def _style(self, fn: Fn, call: ir.Call) -> str:
        """Pino and its kin are given a record before the message."""
        first = self.program.value(fn.at(call.args[0].value)) if len(call.args) > 1 else None
        return "object" if isinstance(first, ir.Record) and first.made_of < 0 else "fields"

    def _imported(self, module: int) -> frozenset[str]:
        """The modules that a file's body imports."""
        if module not in self._modules:
            values = self.program.function(Fn(module, 0)).values
            self._modules[module] = frozenset(value.module for value in values if isinstance(value, ir.Import))
        return self._modules[module]


def _is_known(symbol: Symbol) -> bool:
    """Whether it is an object of the project, or a chain that only begins a record."""
    return isinstance(symbol, Data | Instance | Namespace) or (
        isinstance(symbol, External) and begins_event(symbol.path)
    )
