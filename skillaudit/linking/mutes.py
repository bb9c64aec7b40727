"""Where a program switches its own logging off in a production run in which nobody sets an option.

A library's ``NullHandler``, loggers of other packages that are turned down, and a logger that stands in where none was
given are good practice and none of this.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.lapses import Mute
from skillaudit.linking import vocabulary
from skillaudit.linking.program import Fn
from skillaudit.linking.scriptsinks import ScriptSinks
from skillaudit.linking.setups import Setups
from skillaudit.linking.wiring import Wiring

_MOST = {"CRITICAL", "FATAL", "50", "ERROR", "40"}
_OFF = re.compile(r"^(?:silent|off|none|disabled|nothing)$", re.IGNORECASE)
_LOGGING = r"(?:logging\.getLogger\(\)|logging\.root)"
_LEVEL_SETTERS = {
    "loglevel.setLevel", "loglevel.setDefaultLevel", "log4js.getLogger().setLevel", "loglevel.default.setLevel",
}  # fmt: skip
_CALLED_OFF = {
    "loglevel.disableAll": "loglevel.disableAll()", "consola.pauseLogs": "consola.pauseLogs()",
    "consola.consola.pauseLogs": "consola.pauseLogs()", "consola.mockTypes": "consola.mockTypes()",
    "winston.createLogger().silent": "silent",
}  # fmt: skip
_MAKERS = {
    "pino": ("enabled", "level"), "pino.pino": ("enabled", "level"), "pino.default": ("enabled", "level"),
    "winston.createLogger": ("silent", "level"), "winston.configure": ("silent", "level"),
    "tslog.Logger": ("", "type"), "bunyan.createLogger": ("", "level"), "consola.createConsola": ("", "level"),
}  # fmt: skip
_DISCARD = re.compile(r"^(?:io|io/ioutil)\.Discard$")
_OUTPUTS = {
    "log.SetOutput", "github.com/sirupsen/logrus.SetOutput", "k8s.io/klog/v2.SetOutput", "k8s.io/klog.SetOutput",
    "github.com/charmbracelet/log.SetOutput",
}  # fmt: skip
_NOTHING = re.compile(r"^(?:go\.uber\.org/zap\.NewNop\(\)|github\.com/rs/zerolog\.Nop\(\)|log/slog\.DiscardHandler)$")
_DEFAULTS = {"log/slog.SetDefault", "go.uber.org/zap.ReplaceGlobals", "k8s.io/klog/v2.SetLogger"}
_DEPTH = 6


def mutes(setups: Setups, wiring: Wiring) -> Iterator[Mute]:
    """Every such place in production code, in the order of paths and lines."""
    seen = _Mutes(setups)
    program = setups.box.program
    for fn in program.functions():
        if not program.surface(fn.module).counts:
            continue
        for line, block, what in (*seen.called(fn), *seen.stored(fn)):
            if what and setups.conditions.runs(fn, block, line) and wiring.live(fn):
                yield Mute(
                    program.location(fn.module, line), program.surface(fn.module), program.package_path(fn.module), what
                )


@dataclass(slots=True)
class _Mutes:
    setups: Setups

    def called(self, fn: Fn) -> Iterator[tuple[int, int, str]]:
        """Calls that mute: line, block, and what they do, empty where it is nothing."""
        for value, call, block in self.setups.box.program.calls(fn):
            for path in self.setups.paths(fn.at(call.callee)):
                yield call.line, block, self._call(fn, value, call, path)

    def stored(self, fn: Fn) -> Iterator[tuple[int, int, str]]:
        """Attributes that mute: ``logging.getLogger().disabled = True``, ``logger.silent = true``."""
        for step in self.setups.box.program.function(fn).steps:
            if not isinstance(step, ir.Store) or step.name not in {"disabled", "silent"} or step.base < 0:
                continue
            paths = self.setups.paths(fn.at(step.base))
            python = any(re.fullmatch(_LOGGING, path) for path in paths) and self._is_own(fn, step.base)
            script = step.name == "silent" and any(path.startswith("winston.") for path in paths)
            if (python or script) and self.setups.conditions.truth(fn.at(step.value)):
                yield step.line, step.block, f"`{step.name}` is set on the logger"

    def _call(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:  # noqa: PLR0911 - one line a library
        if path == "logging.disable":
            return "logging.disable()" if self._most(fn, call, default=True) else ""
        if re.fullmatch(rf"{_LOGGING}\.setLevel", path):
            return "its level lets nothing through" if self._above_all(fn, call) else ""
        if path == "loguru.logger.disable":
            return "loguru's logger.disable()" if self._names_own(fn, call) else ""
        if path in {"logging.config.dictConfig", "logging.basicConfig"}:
            return f"{path}() keeps no record" if self._keeps_none(fn, call, path) else ""
        if path in _CALLED_OFF:
            return _CALLED_OFF[path]
        if path in _LEVEL_SETTERS:
            return "level off" if self._off(fn, call.args[0].value if call.args else -1) else ""
        if path in _MAKERS:
            return self._made(fn, call, path)
        if path in _OUTPUTS or path in _DEFAULTS:
            given = [argument.value for argument in call.args]
            return (
                f"{path.rpartition('/')[2]} discards every record" if any(self._discards(fn, v) for v in given) else ""
            )
        if path == "github.com/rs/zerolog.SetGlobalLevel":
            return "zerolog.SetGlobalLevel(Disabled)" if self._path_ends(fn, call, "zerolog.Disabled") else ""
        return self._kept(fn, value)

    # --- Python

    def _most(self, fn: Fn, call: ir.Call, *, default: bool) -> bool:
        if not call.args:
            return default
        at = fn.at(call.args[0].value)
        value = self.setups.box.program.value(at)
        if isinstance(value, ir.Literal):
            return value.text in _MOST
        return any(path.rpartition(".")[2] in _MOST for path in self.setups.paths(at))

    def _keeps_none(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """Whether all that the root logger is given are handlers that drop what they get."""
        if path == "logging.basicConfig":
            given = [fn.at(a.value) for a in call.args if a.name == "handlers"]
            kinds = [self.setups.paths(item) for held in given for item in self.setups.items(held)]
            return bool(kinds) and all("logging.NullHandler()" in kind for kind in kinds)
        entry = self.setups.entry
        config = fn.at(call.args[0].value) if call.args else None
        roots = entry(config, "root") if config else []
        listed = (item for root in roots for names in entry(root, "handlers") for item in self.setups.items(names))
        named = {name for item in listed for name in self.setups.texts(item)}
        made = dict(
            pair for held in (entry(config, "handlers") if config else []) for pair in self.setups.entries(held)
        )
        kinds = [
            [kind for one in entry(made[name], "class") for kind in self.setups.texts(one)]
            for name in named
            if name in made
        ]
        return bool(kinds) and all(kind == ["logging.NullHandler"] for kind in kinds)

    def _above_all(self, fn: Fn, call: ir.Call) -> bool:
        """``setLevel(logging.CRITICAL + 1)`` on the root logger or the module's own."""
        callee = self.setups.box.program.value(fn.at(call.callee))
        value = self.setups.box.program.value(fn.at(call.args[0].value)) if call.args else None
        beyond = isinstance(value, ir.Operation) and value.operator == "+" and self._is_critical(fn, value.operands[0])
        return beyond and isinstance(callee, ir.Member) and self._is_own(fn, callee.base)

    def _is_critical(self, fn: Fn, value: int) -> bool:
        return any(path.rpartition(".")[2] in {"CRITICAL", "FATAL"} for path in self.setups.paths(fn.at(value)))

    def _is_own(self, fn: Fn, value: int) -> bool:
        """Whether a logger is the root's or the module's own, and not some other package's by its name."""
        for end in self.setups.ends(fn.at(value)):
            made = self.setups.box.program.value(end)
            if not isinstance(made, ir.Call):
                continue
            if not made.args:
                return True
            named = self.setups.box.program.value(end.to(made.args[0].value))
            return isinstance(named, ir.Name) and named.name == "__name__"
        return "logging.root" in self.setups.paths(fn.at(value))

    def _names_own(self, fn: Fn, call: ir.Call) -> bool:
        named = self.setups.box.program.value(fn.at(call.args[0].value)) if call.args else None
        if isinstance(named, ir.Name):
            return named.name == "__name__"
        texts = self.setups.texts(fn.at(call.args[0].value)) if call.args else []
        package = self.setups.box.program.package(fn.module)
        own = {"__main__", *([package.name.replace("-", "_")] if package else [])}
        return any(text == "" or text.partition(".")[0] in own for text in texts)

    # --- JavaScript

    def _made(self, fn: Fn, call: ir.Call, path: str) -> str:
        flag, level = _MAKERS[path]
        for argument in call.args:
            at = fn.at(argument.value)
            for held in self.setups.entry(at, flag) if flag else ():
                if self.setups.conditions.truth(held) is (flag == "silent"):
                    return f"`{flag}` of {path.partition('.')[0]}"
            for held in self.setups.entry(at, level):
                texts = self.setups.texts(held)
                hidden = set(texts) == {"hidden"} and not ScriptSinks(self.setups).attached()
                if hidden or (texts and all(map(_OFF.match, texts))):
                    return f'`{level}: "{texts[0]}"` of {path.partition(".")[0]}'
        return ""

    def _off(self, fn: Fn, value: int) -> bool:
        texts = self.setups.texts(fn.at(value)) if value >= 0 else []
        return bool(texts) and all(_OFF.match(text) for text in texts)

    # --- Go

    def _discards(self, fn: Fn, value: int, depth: int = _DEPTH) -> bool:
        """Whether a writer, handler or logger throws everything away."""
        for end in self.setups.ends(fn.at(value)):
            paths = self.setups.paths(end)
            if any(_DISCARD.match(path) or _NOTHING.match(path) for path in paths):
                return True
            made = self.setups.box.program.value(end)
            inside = Fn(end.module, end.function)
            if isinstance(made, ir.Call) and depth and any(path.startswith("log/slog.New") for path in paths):
                return bool(made.args) and self._discards(inside, made.args[0].value, depth - 1)
        return False

    def _path_ends(self, fn: Fn, call: ir.Call, ending: str) -> bool:
        return any(path.endswith(ending) for a in call.args for path in self.setups.paths(fn.at(a.value)))

    def _kept(self, fn: Fn, value: int) -> str:
        """A logger that discards everything, kept as the package's own under the name of a logger."""
        if fn.number or self.setups.box.program.modules[fn.module].language != "go" or not self._discards(fn, value, 2):
            return ""
        made = self.setups.paths(fn.at(value))
        bound = [b.name for b in self.setups.box.program.function(fn).bindings if self._is_bound(fn, b.value, value)]
        is_logger = any("slog.New()" in p or _NOTHING.match(p) for p in made)
        return "its logger discards every record" if is_logger and any(map(vocabulary.names_logger, bound)) else ""

    def _is_bound(self, fn: Fn, bound: int, value: int) -> bool:
        held = self.setups.box.program.value(fn.at(bound))
        return isinstance(held, ir.Variable) and held.value == value
