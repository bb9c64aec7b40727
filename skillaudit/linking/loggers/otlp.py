"""Exporters of OpenTelemetry's logs that get no record: without a processor, on a provider that nobody asks.

Sources: the documentation of OpenTelemetry's log SDKs for Python, JavaScript and Go. What cannot be followed is wired.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.calls.uses import Uses
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_PROCESSORS = re.compile(r"LogRecordProcessor$|sdk/log\.New(?:Batch|Simple)Processor$")
_OPTIONS = re.compile(r"sdk/log\.WithProcessor$")
_ADDING = {"add_log_record_processor", "addLogRecordProcessor"}
_PROVIDERS = re.compile(r"(?:^|[./])(?:LoggerProvider|NewLoggerProvider)$")
_STARTED = re.compile(r"(?:^|\.)NodeSDK$")
_GLOBAL = {"set_logger_provider", "setGlobalLoggerProvider", "SetLoggerProvider"}
_CLOSING = {"shutdown", "force_flush", "forceFlush", "Shutdown", "ForceFlush"}
_HANDLER = re.compile(r"^opentelemetry\.sdk\._logs\.(?:\w+\.)*LoggingHandler$")
_GETTER = re.compile(r"\bget_logger_provider\(\)$")
_ASKING = re.compile(r"^opentelemetry\.(?:instrumentation\.logging|.*\bget_logger$|_logs\.get_logger\b)")
_BRIDGES = re.compile(
    r"^go\.opentelemetry\.io/(?:contrib/bridges/.*\.New\w*|otel/log/global\.(?:Logger|GetLoggerProvider))$|"
    r"^github\.com/uptrace/opentelemetry-go-extra/otel.*\.New\w*$"
)
_ASKED = {"python", "go"}
"""The languages of which it is known what asks the global provider; JavaScript's are read by ``bridges``."""
_BY_NAME = "opentelemetry.sdk._logs.LoggingHandler"
_OTHERS = "opentelemetry."
"""Loggers of OpenTelemetry's own: what only they get is not the server's."""


class Way(msgspec.Struct, frozen=True):
    """Where a value goes: calls that get it, also inside a list or options, and members asked of it."""

    calls: tuple[At, ...]
    members: frozenset[str]
    lost: bool


@dataclass(slots=True)
class Otlp:
    """Answers for the call that makes an exporter."""

    box: Toolbox
    _uses: Uses = field(init=False)
    _asked: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Follow values with what is known of names."""
        self._uses = Uses(self.box.program)

    def dead(self, fn: Fn, value: int) -> bool:
        """Whether nothing that an exporter, a processor or a provider's option is given to hands it records."""
        way = self._way(fn.at(value))
        return not way.lost and not way.members and all(map(self._is_end, way.calls))

    def _is_end(self, at: At) -> bool:
        """Whether a call that is given an exporter, a processor or an option makes nothing that gets records."""
        call = self.box.program.value(at)
        callee = self.box.program.value(at.to(call.callee)) if isinstance(call, ir.Call) else None
        if not isinstance(call, ir.Call):
            return False
        if isinstance(callee, ir.Member) and callee.name in _ADDING:
            return all(self._unasked(provider) for provider in self._made(at.to(callee.base)))
        paths = self._paths(at.to(call.callee))
        fn = Fn(at.module, at.function)
        if any(_PROCESSORS.search(path) or _OPTIONS.search(path) for path in paths):
            return self.dead(fn, at.value)
        if any(map(_STARTED.search, paths)):
            way = self._way(at)
            return not way.lost and not way.calls and "start" not in way.members
        return any(map(_PROVIDERS.search, paths)) and self._unasked(at)

    def _made(self, at: At) -> Iterator[At | None]:
        """The calls that make a provider; None where something else may."""
        place = self.box.program.bare(at)
        value = self.box.program.value(place)
        if isinstance(value, ir.Name):
            outer = self.box.program.lexical(Fn(place.module, place.function), value.name)
            place = self.box.program.bare(outer) if outer else place
            value = self.box.program.value(place)
        known = isinstance(value, ir.Call) and any(map(_PROVIDERS.search, self._paths(place.to(value.callee))))
        yield place if known else None

    def _unasked(self, provider: At | None) -> bool:
        """Whether nobody hands records to a provider: neither a handler nor, where it is the global one, anybody."""
        if provider is None:
            return False
        way = self._way(provider)
        if way.lost or way.members - _ADDING - _CLOSING:
            return False
        return all(self._gives_none(at) for at in way.calls)

    def _gives_none(self, at: At) -> bool:
        """Whether a call that is given a provider hands it no records."""
        call = self.box.program.value(at)
        name = self.box.program.called(at.to(call.callee)) if isinstance(call, ir.Call) else ""
        if name in _GLOBAL:
            return not self._is_asked(self.box.program.modules[at.module].language)
        handler = isinstance(call, ir.Call) and any(map(_HANDLER.match, self._paths(at.to(call.callee))))
        return handler and not self._attached(at)

    def _attached(self, handler: At) -> bool:
        """Whether a handler of records is given to a logger that is the program's."""
        way = self._way(handler)
        if way.lost:
            return True
        return any(not self._is_foreign(at) for at in way.calls)

    def _is_foreign(self, at: At) -> bool:
        """Whether a call attaches a handler to a logger of OpenTelemetry's own."""
        call = self.box.program.value(at)
        callee = self.box.program.value(at.to(call.callee)) if isinstance(call, ir.Call) else None
        logger = (
            self.box.program.value(self.box.program.bare(at.to(callee.base))) if isinstance(callee, ir.Member) else None
        )
        first = (
            self.box.program.value(at.to(logger.args[0].value)) if isinstance(logger, ir.Call) and logger.args else None
        )
        return isinstance(first, ir.Literal) and first.text.startswith(_OTHERS)

    def _is_asked(self, language: str) -> bool:
        """Whether something in a language's production code hands records to the global provider."""
        if language not in _ASKED:
            return True
        if language not in self._asked:
            program = self.box.program
            held = (fn for fn in program.functions() if program.modules[fn.module].language == language)
            self._asked[language] = any(self._asks(fn) for fn in held if program.surface(fn.module).counts)
        return self._asked[language]

    def _asks(self, fn: Fn) -> bool:
        program = self.box.program
        if any(one.text == _BY_NAME for _, one in program.of_kind(fn, ir.Literal)):
            return True
        for value, call, _ in program.calls(fn):
            paths = self._paths(fn.at(call.callee))
            if any(map(_ASKING.match, paths)):
                return True
            if any(map(_BRIDGES.match, paths)) and self._is_used(fn.at(value)):
                return True
            if any(map(_HANDLER.match, paths)) and self._is_global(fn, call) and self._attached(fn.at(value)):
                return True
        return False

    def _is_used(self, bridge: At) -> bool:
        way = self._way(bridge)
        return way.lost or bool(way.calls or way.members)

    def _is_global(self, fn: Fn, call: ir.Call) -> bool:
        given = next((a.value for a in call.args if a.name == "logger_provider"), -1)
        paths = self._paths(fn.at(given)) if given >= 0 else []
        return given < 0 or not paths or any(map(_GETTER.search, paths))

    # --- values

    def _paths(self, at: At) -> list[str]:
        return [one.path for one in self.box.symbols.resolve(at) if isinstance(one, External)]

    def _way(self, at: At) -> Way:
        """Where a value goes, through lists, options and several results of a function."""
        calls: list[At] = []
        members: set[str] = set()
        pending, seen, lost = [at], {at}, False
        while pending:
            current = pending.pop()
            use = self._uses.of(current)
            calls += use.handed
            members |= use.members
            held = set(self._around(current))
            lost |= bool(use.kept) or (use.escapes and not held)
            pending += held - seen
            seen |= held
        return Way(tuple(dict.fromkeys(calls)), frozenset(members), lost)

    def _around(self, at: At) -> Iterator[At]:
        """Lists, options and pairs that hold a value, where nothing else is done with it."""
        fn = Fn(at.module, at.function)
        values = self.box.program.function(fn).values
        same = {at.value} | {
            n for n, one in enumerate(values) if isinstance(one, ir.Variable) and one.value == at.value
        }
        for number, value in enumerate(values):
            listed = isinstance(value, ir.Sequence | ir.Record) and same.intersection(children(value))
            first = isinstance(value, ir.Item) and value.base in same and self._is_first(fn, value)
            if listed or first:
                yield fn.at(number)

    def _is_first(self, fn: Fn, item: ir.Item) -> bool:
        """Whether an item is the first of a Go function's results, beside which an error stands."""
        key = self.box.program.value(fn.at(item.key))
        return isinstance(key, ir.Literal) and key.text == "0"
