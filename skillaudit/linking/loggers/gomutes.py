"""Go's loggers that throw every record away: by their writer, handler, core, level, or because nobody set them up.

Sources: the documentation of ``log/slog``, zap, zerolog and logrus.
"""

import re
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.voids import Voids
from skillaudit.linking.names.program import At, Fn

_ZAP = "go.uber.org/zap"
_NOTHING = re.compile(
    r"^(?:go\.uber\.org/zap\.NewNop\(\)|go\.uber\.org/zap/zapcore\.NewNopCore\(\)|github\.com/rs/zerolog\.Nop\(\)|"
    r"log/slog\.DiscardHandler|github\.com/go-logr/logr\.Discard\(\)|github\.com/hashicorp/go-hclog\.NewNullLogger\(\))$"
)
_PASSING = {
    f"{_ZAP}.New": 0, f"{_ZAP}.Must": 0, f"{_ZAP}/zapcore.NewCore": 1, f"{_ZAP}/zapcore.AddSync": 0,
    f"{_ZAP}/zapcore.Lock": 0, "github.com/rs/zerolog.New": 0,
}  # fmt: skip
"""Makers that keep nothing where the argument of this number does not."""
_ALL = {"io.MultiWriter", f"{_ZAP}/zapcore.NewTee", "github.com/rs/zerolog.MultiLevelWriter"}
_LOGGERS = re.compile(r"(?:log/slog|go\.uber\.org/zap|zerolog)\.(?:New|Must)\(\)")
_CONFIGS = re.compile(r"^go\.uber\.org/zap\.(?:NewProductionConfig\(\)|NewDevelopmentConfig\(\)|Config(?:\(\))?)$")
_LOGRUS = "github.com/sirupsen/logrus.New()"
_LEVELS = {"log/slog.LevelVar().Set", "log/slog.SetLogLoggerLevel"}
_GLOBALS = {f"{_ZAP}.S", f"{_ZAP}.L"}
UNSET = "zap's global logger is never set, and writes nothing"
"""Said of each use; one is enough."""
_DISCARDS = "its logger discards every record"
_DEPTH = 6


@dataclass(slots=True)
class GoMutes:
    """Answers for one call or store at a time, empty where it mutes nothing."""

    setups: Setups
    voids: Voids
    _set: bool | None = field(default=None)

    def discards(self, at: At, depth: int = _DEPTH) -> bool:
        """Whether a writer, handler or logger throws everything away."""
        return bool(depth) and any(self._discards(end, depth, inline=end == at) for end in self.setups.ends(at))

    def _discards(self, at: At, depth: int, *, inline: bool) -> bool:
        value = self.setups.box.program.value(at)
        if isinstance(value, ir.Item):  # the first of several results
            return self.voids.stream(at.to(value.base))
        if any(map(_NOTHING.match, self.setups.paths(at))) or self.voids.stream(at) or self.voids.shut(at):
            return True
        return isinstance(value, ir.Call) and self._made(at, value, depth, inline=inline)

    def _made(self, at: At, made: ir.Call, depth: int, *, inline: bool) -> bool:
        paths = self.setups.paths(at.to(made.callee))
        given = [at.to(argument.value) for argument in made.args]
        if "new" in paths:
            return inline and any("bytes.Buffer" in self.setups.paths(one) for one in given)
        if any(path.startswith("log/slog.New") and "(" not in path for path in paths):
            held = [level for one in given[1:] for level in self.setups.entry(one, "Level")]
            return any(map(self.voids.above, held)) or (bool(given) and self.discards(given[0], depth - 1))
        if not _ALL.isdisjoint(paths):
            return bool(given) and all(self.discards(one, depth - 1) for one in given)
        for path in paths:
            if path in _PASSING:
                return len(given) > _PASSING[path] and self.discards(given[_PASSING[path]], depth - 1)
        callee = self.setups.box.program.value(at.to(made.callee))
        if isinstance(callee, ir.Member) and any(map(_LOGGERS.search, paths)):
            off = callee.name == "Level" and any(
                p.endswith("zerolog.Disabled") for one in given for p in self.setups.paths(one)
            )
            return off or self.discards(at.to(callee.base), depth - 1)
        return False

    def called(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:
        """What a call of a foreign function mutes."""
        given = [fn.at(argument.value) for argument in call.args]
        if path in _LEVELS:
            return "its level lets nothing through" if any(map(self.voids.above, given)) else ""
        if path in _GLOBALS:
            return "" if self._is_set() else UNSET
        if path == f"{_LOGRUS}.SetOutput":
            callee = self.setups.box.program.value(fn.at(call.callee))
            own = isinstance(callee, ir.Member) and self._is_package_logger(fn.at(callee.base))
            return _DISCARDS if own and any(map(self.discards, given)) else ""
        return self._kept(fn, value)

    def stored(self, fn: Fn, step: ir.Store) -> str:
        """What a store mutes: a logger in the place of the package's, a writer, the paths of a configuration."""
        value = fn.at(step.value)
        if step.base < 0:
            return _DISCARDS if vocabulary.names_logger(step.name) and self.discards(value) else ""
        paths = self.setups.paths(fn.at(step.base))
        if step.name == "Out" and _LOGRUS in paths:
            return _DISCARDS if self._is_package_logger(fn.at(step.base)) and self.discards(value) else ""
        if step.name == "OutputPaths" and any(map(_CONFIGS.match, paths)):
            return "zap writes to no path" if self._leads_nowhere(value) else ""
        return ""

    def _leads_nowhere(self, at: At) -> bool:
        held = self.setups.box.program.value(self.setups.box.program.bare(at))
        if isinstance(held, ir.Literal):
            return held.kind == "null"
        return isinstance(held, ir.Sequence) and all(map(self.voids.nowhere, self.setups.items(at)))

    def _kept(self, fn: Fn, value: int) -> str:
        """A logger that discards everything, kept as the package's own under the name of a logger."""
        made = self.setups.paths(fn.at(value)) if not fn.number else []
        if not any(_LOGGERS.search(path) or _NOTHING.match(path) for path in made):
            return ""
        bound = [b.name for b in self.setups.box.program.function(fn).bindings if self._is_bound(fn, b.value, value)]
        return _DISCARDS if any(map(vocabulary.names_logger, bound)) and self.discards(fn.at(value)) else ""

    def _is_bound(self, fn: Fn, bound: int, value: int) -> bool:
        held = self.setups.box.program.value(fn.at(bound))
        return isinstance(held, ir.Variable) and held.value == value

    def _is_package_logger(self, at: At) -> bool:
        """Whether a logger is kept by a package under a logger's name."""
        program, ends = self.setups.box.program, set(self.setups.ends(at))
        bodies = (Fn(number, 0) for number, module in enumerate(program.modules) if module.language == "go")
        kept = (
            body.at(b.value)
            for body in bodies
            for b in program.function(body).bindings
            if vocabulary.names_logger(b.name)
        )
        return any(end in ends for one in kept for end in self.setups.ends(one))

    def _is_set(self) -> bool:
        """Whether production code sets zap's global logger."""
        if self._set is None:
            program = self.setups.box.program
            held = (fn for fn in program.functions() if program.modules[fn.module].language == "go")
            names = (program.called(fn.at(c.callee)) for fn in held for _, c, _ in program.calls(fn))
            self._set = "ReplaceGlobals" in names
        return self._set
