"""The lowest level that a logger of a library is told to write, where the code fixes it in every place.

Python's own ``logging`` has rules of its own (``thresholds``). A level that is chosen at run time, or changed later,
may show everything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Level, LogCall
from skillaudit.linking.knowledge.logtables import LEVELS
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External
from skillaudit.linking.origins.origins import Origins

_ORDER = (Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR)
_DEEPEST = 6
_IN_OPTIONS = {
    "winston.createLogger": "winston", "winston.default.createLogger": "winston", "pino": "pino", "pino.pino": "pino",
    "pino.default": "pino", "bunyan.createLogger": "bunyan", "bunyan.default.createLogger": "bunyan",
}  # fmt: skip
"""Makers of loggers that read ``level`` in an object of options."""
_IN_PLACE = {
    "go.uber.org/zap/zapcore.NewCore": ("zap", 2), "github.com/rs/zerolog.SetGlobalLevel": ("zerolog", 0),
    "github.com/sirupsen/logrus.SetLevel": ("logrus", 0), "github.com/sirupsen/logrus.New().SetLevel": ("logrus", 0),
    "structlog.make_filtering_bound_logger": ("structlog", 0),
}  # fmt: skip
"""Calls that are given a level, and where."""
_PLAIN = re.compile(r"^go\.uber\.org/zap\.New(?:Production|Development|Example)$|^log/slog\.(?:New\w+Handler|Default)$")
"""Makers whose loggers write what their defaults say, unless their options say otherwise."""
_SINKS = "loguru.logger.add"
_OPTIONS = "log/slog.HandlerOptions"
_CHANGES = {"level", "Level", "setLevel", "SetLevel", "levels", "setGlobalLevel", "Level.Set"}
_NAMES = re.compile(r"^(?:Level)?([A-Z][a-z]+)(?:Level)?$")


@dataclass(slots=True)
class Floors:
    """Reads every set-up once."""

    program: Program
    origins: Origins
    _told: dict[tuple[str, str], list[Level]] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note what production code tells its loggers."""
        for fn in self.program.functions():
            if self.program.surface(fn.module).counts:
                package = self.program.package_path(fn.module)
                for library, level in (*self._called(fn), *self._made(fn)):
                    self._told.setdefault((package, library), []).append(level)
                self._changed |= {package for _ in self._changes(fn)}

    def hides(self, call: LogCall) -> bool:
        """Whether every logger of the record's library was told to write nothing of its level."""
        if call.package in self._changed:
            return False
        own = self._told.get((call.package, call.library))
        held = own or [
            level for (_, library), levels in self._told.items() if library == call.library for level in levels
        ]
        return bool(held) and _ORDER.index(call.level) < min(map(_ORDER.index, held))

    def _called(self, fn: Fn) -> Iterator[tuple[str, Level]]:
        for _, call, _ in self.program.calls(fn):
            for path in self._paths(fn.at(call.callee)):
                if path in _IN_OPTIONS:
                    yield _IN_OPTIONS[path], self._optional(fn, call)
                elif path in _IN_PLACE:
                    library, place = _IN_PLACE[path]
                    given = call.args[place].value if len(call.args) > place else -1
                    yield library, self._level(fn.at(given)) if given >= 0 else Level.DEBUG
                elif path == _SINKS:
                    told = next((a.value for a in call.args if a.name == "level"), -1)
                    yield "loguru", self._level(fn.at(told)) if told >= 0 else Level.DEBUG
                elif _PLAIN.match(path) and not self._with_options(fn, call):
                    yield "zap" if "zap" in path else "slog", Level.INFO

    def _with_options(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a handler of slog is given options, which are read where they are made."""
        last = self.program.value(fn.at(call.args[-1].value)) if len(call.args) > 1 else None
        return last is not None and not (isinstance(last, ir.Literal) and last.kind == "null")

    def _optional(self, fn: Fn, call: ir.Call) -> Level:
        """The level in the options, which is *info* where they name none; *debug* where they cannot be read."""
        for argument in call.args[:1]:
            held = self.program.value(self.program.bare(fn.at(argument.value)))
            if not isinstance(held, ir.Record) or any(entry.spread for entry in held.entries):
                return Level.DEBUG
            at = self.program.bare(fn.at(argument.value))
            return next((self._level(at.to(e.value)) for e in held.entries if e.key == "level"), Level.INFO)
        return Level.INFO

    def _made(self, fn: Fn) -> Iterator[tuple[str, Level]]:
        """``slog.HandlerOptions{Level: slog.LevelWarn}``."""
        for value in self.program.function(fn).values:
            if isinstance(value, ir.Record) and value.made_of >= 0 and _OPTIONS in self._paths(fn.at(value.made_of)):
                told = next((entry.value for entry in value.entries if entry.key == "Level"), -1)
                yield "slog", self._level(fn.at(told)) if told >= 0 else Level.INFO

    def _changes(self, fn: Fn) -> Iterator[str]:
        """Stores and calls that set the level of a logger that is there already."""
        for step in self.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.base >= 0 and step.name in _CHANGES:
                yield step.name
        for _, call, _ in self.program.calls(fn):
            name = self.origins.name_of(fn.at(call.callee))
            if name in _CHANGES and not any(path in _IN_PLACE for path in self._paths(fn.at(call.callee))):
                yield name

    def _level(self, at: At, depth: int = _DEEPEST) -> Level:
        """A constant level; what is chosen at run time may show everything."""
        value = self.program.value(at)
        match value:
            case ir.Literal(kind="str"):
                return LEVELS.get(value.text.lower(), Level.DEBUG)
            case ir.Member():
                named = _NAMES.match(value.name)
                return LEVELS.get((named[1] if named else value.name).lower(), Level.DEBUG)
            case ir.Variable() if depth:
                return self._level(at.to(value.value), depth - 1)
            case ir.Call() if depth and len(value.args) == 1:
                return self._level(at.to(value.args[0].value), depth - 1)
            case _:
                return Level.DEBUG

    def _paths(self, at: At) -> list[str]:
        return [s.path for s in self.origins.symbols.resolve(at) if isinstance(s, External)]
