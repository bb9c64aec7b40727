"""Python's loggers that are muted while they are set up: by level, filter, handler, processor, sink or stream.

Sources: the documentation of ``logging``, structlog and loguru.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Level
from skillaudit.linking.calls.after import After
from skillaudit.linking.knowledge.logtables import LEVELS
from skillaudit.linking.loggers.detached import Detached
from skillaudit.linking.loggers.disabling import Disabling
from skillaudit.linking.loggers.tree import LOGGER, LoggerTree
from skillaudit.linking.names.program import At, Fn

_MOST = {"CRITICAL", "FATAL", "50", "ERROR", "40"}
_LOGGING = r"(?:logging\.getLogger\(\)|logging\.root)"
_HANDLER = r"logging\.(?:handlers\.)?\w*Handler\(\)"
_ROOT = frozenset({""})
_ORDER = (Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR)
_NUMBERS = {"10": Level.DEBUG, "20": Level.INFO, "30": Level.WARNING, "40": Level.ERROR, "50": Level.ERROR}
_METHODS = {"debug", "info", "warning", "warn", "error", "critical", "exception", "log"}
_SINKS = {"add", "configure"}
_WHOLE = {"sys.stderr.close", "sys.__stderr__.close"}
_CLOSING = {*_WHOLE, "os.close", "os.dup2"}
_SERVING = {
    "run", "run_async", "run_stdio_async", "run_sse_async", "run_streamable_http_async", "run_http_async", "serve",
    "serve_forever", "stdio_server",
}  # fmt: skip


def _is_below(names: frozenset[str] | None, logger: frozenset[str]) -> bool:
    """Whether a logger is one of these or below one; one that is not known may be."""
    return names is None or any(
        not top or name == top or name.startswith(f"{top}.") for name in names for top in logger
    )


@dataclass(slots=True)
class PythonMutes:
    """Answers for one call at a time, empty where it mutes nothing."""

    tree: LoggerTree
    detached: Detached
    _sinks: After = field(init=False)
    _served: After = field(init=False)

    def __post_init__(self) -> None:
        """Know which steps give loguru a sink, and which begin to serve."""
        box = self.tree.setups.box
        self._served = After(box.program, box.calls, self._serves)
        self._sinks = After(box.program, box.calls, self._adds_sink)

    def called(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:
        """What a call mutes, of ``logging``, structlog or loguru, or of what closes standard error."""
        if path.startswith("logging."):
            return self._standard(fn, value, call, path)
        if path == "structlog.configure":
            return self._configured(fn, call)
        if path in _CLOSING:
            return "standard error is closed" if self._closes(fn, value, call, path) else ""
        return self._loguru(fn, value, call, path)

    def _standard(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:
        if path == "logging.disable":
            off = self._most(fn, call, default=True) and not self.detached.enabled_later(fn, value)
            return "logging.disable()" if off else ""
        if re.fullmatch(rf"(?:{_LOGGING}|{_HANDLER})\.setLevel", path):
            hides = self._above_all(fn, call, path) or self._above_theirs(fn, call, path)
            return "its level lets nothing through" if hides else ""
        if re.fullmatch(rf"(?:{_LOGGING}|{_HANDLER})\.addFilter", path) and call.args:
            refused = self._is_target(fn, call, path) and self.tree.voids.refuses(fn.at(call.args[0].value))
            return "its filter lets nothing through" if refused else ""
        if path in {"logging.config.dictConfig", "logging.basicConfig"}:
            if self._keeps_none(fn, call, path):
                return f"{path}() keeps no record"
            disabled = Disabling(self.tree).of(fn, call) if path.endswith("dictConfig") else ""
            return f"`disable_existing_loggers` is on, and disables the logger of {disabled}" if disabled else ""
        return ""

    def _loguru(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:
        if path == "loguru.logger.add":
            return "loguru's sinks keep nothing" if all(self._drops(*one) for one in self._calls_of(path)) else ""
        if path == "loguru.logger.remove" and not call.args:
            return "" if self._sinks.follows(fn, self.detached.place(fn, value)) else "loguru has no sink"
        off = path == "loguru.logger.disable" and self.tree.names_own(fn, call)
        return "loguru's logger.disable()" if off else ""

    def _most(self, fn: Fn, call: ir.Call, *, default: bool) -> bool:
        if not call.args:
            return default
        at = fn.at(call.args[0].value)
        value = self.tree.setups.box.program.value(at)
        if isinstance(value, ir.Literal):
            return value.text in _MOST
        return any(path.rpartition(".")[2] in _MOST for path in self.tree.setups.paths(at))

    def _keeps_none(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """Whether all that the root logger is given are handlers that drop what they get."""
        if path == "logging.basicConfig":
            return self._basic(fn, call)
        entry = self.tree.setups.entry
        config = fn.at(call.args[0].value) if call.args else None
        roots = entry(config, "root") if config else []
        listed = (item for root in roots for names in entry(root, "handlers") for item in self.tree.setups.items(names))
        named = {name for item in listed for name in self.tree.setups.texts(item)}
        made = dict(
            pair for held in (entry(config, "handlers") if config else []) for pair in self.tree.setups.entries(held)
        )
        kinds = [
            [kind for one in entry(made[name], "class") for kind in self.tree.setups.texts(one)]
            for name in named
            if name in made
        ]
        return bool(kinds) and all(kind == ["logging.NullHandler"] for kind in kinds)

    def _basic(self, fn: Fn, call: ir.Call) -> bool:
        named = {argument.name: fn.at(argument.value) for argument in call.args if argument.name}
        held = list(self.tree.setups.items(named["handlers"])) if "handlers" in named else []
        return (
            (bool(held) and all(map(self.tree.voids.handler, held)))
            or ("stream" in named and self.tree.voids.stream(named["stream"]))
            or ("filename" in named and self.tree.voids.nowhere(named["filename"]))
            or ("level" in named and self.tree.voids.above(named["level"]))
        )

    def _configured(self, fn: Fn, call: ir.Call) -> str:
        """What loggers of structlog wrap, and what makes them."""
        named = {argument.name: fn.at(argument.value) for argument in call.args if argument.name}
        wrapped = [self.tree.setups.box.program.value(end) for end in self._held(named.get("wrapper_class"))]
        bound = [one for one in wrapped if isinstance(one, ir.Call) and one.args]
        if any(self.tree.voids.above(named["wrapper_class"].to(one.args[0].value)) for one in bound):
            return "its level lets nothing through"
        processors = list(self.tree.setups.items(named["processors"])) if "processors" in named else []
        if any(map(self.tree.voids.always_raises, processors)):
            return "a processor drops every record"
        factories = self._held(named.get("logger_factory"))
        return "its loggers write nothing" if factories and all(map(self.tree.voids.handler, factories)) else ""

    def _held(self, at: At | None) -> list[At]:
        return [] if at is None else list(self.tree.setups.ends(at))

    def _above_all(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """``setLevel(logging.CRITICAL + 1)`` on the root logger, the module's own, or a handler."""
        return bool(call.args) and self.tree.voids.above(fn.at(call.args[0].value)) and self._is_target(fn, call, path)

    def _above_theirs(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """``setLevel(logging.ERROR)``, where all that is written to the logger, or to the only handler, is below."""
        floor = self._level(fn.at(call.args[0].value)) if call.args else None
        callee = self.tree.setups.box.program.value(fn.at(call.callee))
        others = [one for one in self._levels() if one[:2] != (fn, call)]
        if floor is None or not isinstance(callee, ir.Member) or any(one[2] is None for one in others):
            return False
        if any(_ORDER.index(level) < _ORDER.index(floor) for *_, level in others if level is not None):
            return False
        logger, names = fn.at(callee.base), _ROOT
        if "Handler" in path:
            if not self._is_only(logger):
                return False
        elif (held := self.tree.names(logger)) is None or not self.tree.is_own(logger):
            return False
        else:
            names = held
        levels = [level for named, level in self._records() if _is_below(named, names)]
        return bool(levels) and all(one is not None and _ORDER.index(one) < _ORDER.index(floor) for one in levels)

    def _is_only(self, handler: At) -> bool:
        """Whether every logger that gets handlers which keep something gets this one, and none beside."""
        program = self.tree.setups.box.program
        held = [self.tree.handlers_of(one) for one in self.tree.additions() if one.kept]
        makers = {at for group in held for at in group if isinstance(program.value(at), ir.Call)}
        return makers == {program.bare(handler)}

    def _levels(self) -> list[tuple[Fn, ir.Call, Level | None]]:
        """Every ``setLevel`` of production code on a logger or handler, with its level where that is a constant."""
        found = []
        for fn, call in self._calls():
            if self.tree.setups.box.program.called(fn.at(call.callee)) == "setLevel":
                found.append((fn, call, self._level(fn.at(call.args[0].value)) if call.args else None))
        return found

    def _records(self) -> Iterator[tuple[frozenset[str] | None, Level | None]]:
        """The names of the logger and the level of each record that production code writes by ``logging`` itself."""
        program = self.tree.setups.box.program
        for fn, call in self._calls():
            callee = program.value(fn.at(call.callee))
            if not isinstance(callee, ir.Member) or callee.name not in _METHODS:
                continue
            logger = fn.at(callee.base)
            if any(map(LOGGER.match, self.tree.setups.paths(logger))):
                yield self.tree.names(logger), LEVELS.get(callee.name) if callee.name != "log" else None

    def _level(self, at: At) -> Level | None:
        """A constant level; None for any other."""
        value = self.tree.setups.box.program.value(self.tree.setups.box.program.bare(at))
        name = value.text if isinstance(value, ir.Literal) else value.name if isinstance(value, ir.Member) else ""
        return LEVELS.get(name.lower()) or _NUMBERS.get(name)

    def _calls(self) -> Iterator[tuple[Fn, ir.Call]]:
        program = self.tree.setups.box.program
        for fn in program.functions():
            if program.modules[fn.module].language == "python" and program.surface(fn.module).counts:
                yield from ((fn, call) for _, call, _ in program.calls(fn))

    def _calls_of(self, path: str) -> list[tuple[Fn, ir.Call]]:
        """Production code's calls of one foreign function."""
        name, setups = path.rpartition(".")[2], self.tree.setups
        named = ((fn, call) for fn, call in self._calls() if setups.box.program.called(fn.at(call.callee)) == name)
        return [(fn, call) for fn, call in named if path in setups.paths(fn.at(call.callee))]

    def _drops(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a sink of loguru keeps nothing: by its filter, its level, or by itself."""
        named = {argument.name: fn.at(argument.value) for argument in call.args}
        voids = self.tree.voids
        return (
            ("filter" in named and voids.refuses(named["filter"]))
            or ("level" in named and voids.above(named["level"]))
            or ("" in named and (voids.idle(fn.at(call.args[0].value)) or voids.nowhere(fn.at(call.args[0].value))))
        )

    def _closes(self, fn: Fn, value: int, call: ir.Call, path: str) -> bool:
        """Whether a call closes standard error, or leads it to nowhere, before the server begins to serve."""
        given = [self.tree.setups.box.program.value(fn.at(a.value)) for a in call.args]
        if given and given[-1] != ir.Literal("num", "2"):
            return False
        nowhere = path != "os.dup2" or self.tree.voids.stream(fn.at(call.args[0].value))
        return nowhere and bool(given or path in _WHOLE) and self._served.follows(fn, self.detached.place(fn, value))

    def _serves(self, fn: Fn, place: int) -> bool:
        step = self.tree.setups.box.program.function(fn).steps[place]
        call = self.tree.setups.box.program.value(fn.at(step.value)) if isinstance(step, ir.Do) else None
        return isinstance(call, ir.Call) and self.tree.setups.box.program.called(fn.at(call.callee)) in _SERVING

    def _adds_sink(self, fn: Fn, place: int) -> bool:
        step = self.tree.setups.box.program.function(fn).steps[place]
        call = self.tree.setups.box.program.value(fn.at(step.value)) if isinstance(step, ir.Do) else None
        if not isinstance(call, ir.Call) or self.tree.setups.box.program.called(fn.at(call.callee)) not in _SINKS:
            return False
        return any(path.startswith("loguru.") for path in self.tree.setups.paths(fn.at(call.callee)))

    def _is_target(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """Whether what a method is called on is a handler, or a logger of the project's own."""
        callee = self.tree.setups.box.program.value(fn.at(call.callee))
        return "Handler" in path or (isinstance(callee, ir.Member) and self.tree.is_own(fn.at(callee.base)))
