"""Where a program switches its own logging off in a production run in which nobody sets an option.

A library's ``NullHandler``, loggers of other packages that are turned down, and a logger that stands in where none was
given are good practice and none of this.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.lapses import Mute
from skillaudit.linking.calls.proxied import Proxied
from skillaudit.linking.loggers.detached import Detached
from skillaudit.linking.loggers.gomutes import UNSET, GoMutes
from skillaudit.linking.loggers.pythonmutes import PythonMutes
from skillaudit.linking.loggers.scriptmutes import ScriptMutes
from skillaudit.linking.loggers.scriptsinks import ScriptSinks
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.tree import LoggerTree, logger_tree
from skillaudit.linking.loggers.voids import Voids
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.serving.wiring import Wiring

_OFF = re.compile(r"^(?:silent|off|none|disabled|nothing)$", re.IGNORECASE)
_LOGGING = r"(?:logging\.getLogger\(\)|logging\.root)"
_HANDLER = r"logging\.(?:handlers\.)?\w*Handler\(\)"
_PYTHON = ("logging.", "loguru.", "structlog.", "sys.stderr.", "sys.__stderr__.", "os.close", "os.dup2")
_WRITING = {
    "info", "warn", "warning", "error", "debug", "log", "_log", "handle", "emit", "isEnabledFor", "write",
    "callHandlers",
}  # fmt: skip
_WRITERS = re.compile(
    rf"^(?:{_LOGGING}|{_HANDLER}|logging\.(?:Logger|(?:handlers\.)?\w*Handler)|structlog\.(?:stdlib\.)?BoundLogger|(?:pino(?:\.(?:default|pino))?|winston\.createLogger|bunyan\.createLogger)\(\)|"
    r"process\.stderr)$"
)
_CONSOLE = {"error", "warn"}
"""Where a server on stdio may still write: nothing in the place of ``console.log`` protects the protocol."""
_SCRIPTED = re.compile(r"^(?:pino|winston|bunyan)\b.*\(\)$")
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
_OUTPUTS = {
    "log.SetOutput", "github.com/sirupsen/logrus.SetOutput", "k8s.io/klog/v2.SetOutput", "k8s.io/klog.SetOutput",
    "github.com/charmbracelet/log.SetOutput",
}  # fmt: skip
_DEFAULTS = {"log/slog.SetDefault", "go.uber.org/zap.ReplaceGlobals", "k8s.io/klog/v2.SetLogger"}
PRINTED = "what is printed is replaced by nothing"
"""Said of standard output alone, which on stdio is the protocol's."""


def mutes(setups: Setups, wiring: Wiring) -> Iterator[Mute]:
    """Every such place in production code, in the order of paths and lines."""
    seen = _Mutes(setups)
    program, unset = setups.box.program, set[str]()
    for fn in program.functions():
        if not program.surface(fn.module).counts:
            continue
        for line, block, what in (*seen.called(fn), *seen.stored(fn)):
            if what and setups.conditions.runs(fn, block, line) and wiring.live(fn):
                place, package = program.location(fn.module, line), program.package_path(fn.module)
                if what == UNSET and package in unset:
                    continue
                unset |= {package} if what == UNSET else set()
                yield Mute(place, program.surface(fn.module), package, what, printed=what == PRINTED)


@dataclass(slots=True)
class _Mutes:
    setups: Setups
    voids: Voids = field(init=False)
    tree: LoggerTree = field(init=False)
    detached: Detached = field(init=False)
    python: PythonMutes = field(init=False)
    scripts: ScriptMutes = field(init=False)
    go: GoMutes = field(init=False)

    def __post_init__(self) -> None:
        """Know with the same knowledge what keeps nothing."""
        self.tree = logger_tree(self.setups)
        self.voids = self.tree.voids
        self.detached = Detached(self.tree)
        self.python = PythonMutes(self.tree, self.detached)
        self.scripts = ScriptMutes(self.setups, self.voids, self.tree.uses)
        self.go = GoMutes(self.setups, self.voids)

    def called(self, fn: Fn) -> Iterator[tuple[int, int, str]]:
        """Calls that mute: line, block, and what they do, empty where it is nothing."""
        language = self.setups.box.program.modules[fn.module].language
        for value, call, block in self.setups.box.program.calls(fn):
            if language == "python" and (what := self.detached.called(fn, value, call)):
                yield call.line, block, what
            for path in self.setups.paths(fn.at(call.callee)):
                go = self.go.called(fn, value, call, path) if language == "go" else ""
                yield call.line, block, go or self._call(fn, value, call, path)

    def stored(self, fn: Fn) -> Iterator[tuple[int, int, str]]:
        """Attributes that mute: ``logging.getLogger().disabled = True``, ``logger.silent = true``."""
        for place, step in enumerate(self.setups.box.program.function(fn).steps):
            if not isinstance(step, ir.Store):
                continue
            if self.setups.box.program.modules[fn.module].language == "go":
                yield step.line, step.block, self.go.stored(fn, step)
                continue
            what = self._replaced(fn, step) or (self.detached.stored(fn, place, step) if step.base >= 0 else "")
            if what or step.name not in {"disabled", "silent"} or step.base < 0:
                yield step.line, step.block, what
                continue
            paths = self.setups.paths(fn.at(step.base))
            python = any(re.fullmatch(_LOGGING, path) for path in paths) and self.tree.is_own(fn.at(step.base))
            script = step.name == "silent" and any(path.startswith("winston.") for path in paths)
            if (python or script) and self.setups.conditions.truth(fn.at(step.value)):
                yield step.line, step.block, f"`{step.name}` is set on the logger"

    def _replaced(self, fn: Fn, step: ir.Store) -> str:
        """A method, a stream or a logger in whose place something stands that keeps nothing."""
        if step.base < 0:
            return ""
        value, paths = fn.at(step.value), self.setups.paths(fn.at(step.base))
        if step.name == "stderr" and "sys" in paths:
            return "standard error leads nowhere" if self.voids.stream(value) else ""
        if step.name == "level" and any(map(_SCRIPTED.match, paths)):
            return "level off" if self._off(fn, step.value) else ""
        if step.name == "console" and {"globalThis", "global"}.intersection(paths):
            whole = ((name, held) for name, held in self.setups.entries(value))
            return next((what for name, held in whole if (what := self._unheard(fn, ["console"], name, held))), "")
        keyed = not step.name and step.key >= 0 and "console" in paths
        names = self._keys(fn.at(step.key)) if keyed else [step.name]
        return next((what for name in names if (what := self._unheard(fn, paths, name, value))), "")

    def _keys(self, at: At) -> list[str]:
        """The constant names that a key may be: ``for (const name of ["log", "info"]) console[name] = …``."""
        key = self.setups.box.program.value(self.setups.box.program.bare(at))
        if isinstance(key, ir.Element):
            return [text for item in self.setups.items(at.to(key.base)) for text in self.setups.texts(item)]
        return self.setups.texts(at)

    def _unheard(self, fn: Fn, paths: list[str], name: str, value: At) -> str:
        """A method of a writer or of the console in whose place a function stands that does nothing."""
        if not self.voids.idle(value):
            return ""
        if "process.stdout" in paths and name == "write":
            return PRINTED
        if "console" in paths and name in {"log", "info"}:
            return PRINTED if self._prints(fn, f"console.{name}") else ""
        known = any(map(_WRITERS.match, paths)) and name in _WRITING
        known = known or ("console" in paths and name in _CONSOLE)
        return f"`{name}` is replaced by what does nothing" if known else ""

    def _prints(self, fn: Fn, path: str) -> bool:
        """Whether production code of the package writes by a function of the console."""
        program, package = self.setups.box.program, self.setups.box.program.package_path(fn.module)
        scripts = (one for one in program.functions() if program.is_script(one.module))
        own = (
            one for one in scripts if program.surface(one.module).counts and program.package_path(one.module) == package
        )
        return any(
            program.called(one.at(call.callee)) == path.rpartition(".")[2]
            and path in self.setups.paths(one.at(call.callee))
            for one in own
            for _, call, _ in program.calls(one)
        )

    def _call(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:  # noqa: PLR0911 - one line a library
        if path.startswith(_PYTHON):
            return self.python.called(fn, value, call, path)
        if path in _CALLED_OFF:
            return _CALLED_OFF[path]
        if path in _LEVEL_SETTERS:
            return "level off" if self._off(fn, call.args[0].value if call.args else -1) else ""
        if path in _MAKERS:
            return self._made(fn, call, path) or self.scripts.of(fn, value, call, path)
        if path in _OUTPUTS or path in _DEFAULTS:
            given = [fn.at(argument.value) for argument in call.args]
            return f"{path.rpartition('/')[2]} discards every record" if any(map(self.go.discards, given)) else ""
        if path == "Proxy":
            return self._hidden(fn, value, call)
        stored = self.scripts.stores(fn, call, path)
        if whats := [w for at, name, v in stored if (w := self._unheard(fn, self.setups.paths(at), name, v))]:
            return whats[0]
        if what := self.scripts.of(fn, value, call, path):
            return what
        if path == "github.com/rs/zerolog.SetGlobalLevel":
            levels = (level for argument in call.args for level in self.setups.paths(fn.at(argument.value)))
            return "zerolog.SetGlobalLevel(Disabled)" if any(one.endswith("zerolog.Disabled") for one in levels) else ""
        return ""

    # --- JavaScript

    def _made(self, fn: Fn, call: ir.Call, path: str) -> str:
        flag, level = _MAKERS[path]
        if what := self._written(fn, call, path):
            return what
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

    def _written(self, fn: Fn, call: ir.Call, path: str) -> str:
        """Where a logger of a script writes, and what stands before it."""
        library = path.partition(".")[0]
        given = [fn.at(argument.value) for argument in call.args]
        if library == "pino" and given and self.voids.stream(given[-1]):
            return "`pino` writes to nowhere"
        hooks = [
            one
            for at in given[:1]
            for held in self.setups.entry(at, "hooks")
            for one in self.setups.entry(held, "logMethod")
        ]
        if library == "pino" and self.voids.idle_all(hooks):
            return "`logMethod` of pino writes nothing"
        transports = (
            [held for at in given[:1] for held in self.setups.entry(at, "transports")] if library == "winston" else []
        )
        lists = [list(self.setups.items(held)) for held in transports]
        dropped = bool(lists) and all(self._drops(one) for held in lists for one in held)
        return "`transports` of winston keep nothing" if dropped else ""

    def _drops(self, transport: At) -> bool:
        """Whether a transport of winston keeps nothing."""
        made = self.setups.box.program.value(transport)
        options = transport.to(made.args[0].value) if isinstance(made, ir.Call) and made.args else None
        if options is None:
            return False
        silent = any(self.setups.conditions.truth(held) is True for held in self.setups.entry(options, "silent"))
        files = [held for name in ("filename", "stream") for held in self.setups.entry(options, name)]
        return silent or any(self.voids.nowhere(held) or self.voids.stream(held) for held in files)

    def _hidden(self, fn: Fn, value: int, call: ir.Call) -> str:
        """A logger behind a proxy that gives functions which do nothing in the place of its methods."""
        proxied = Proxied(self.setups.box.program, self.setups.box.symbols)
        given = [one for trap in proxied.traps(fn.at(value)) for one in proxied.given(trap)]
        logger = call.args and any(map(_WRITERS.match, self.setups.paths(fn.at(call.args[0].value))))
        return "a proxy of its logger writes nothing" if logger and self.voids.idle_functions(given) else ""

    def _off(self, fn: Fn, value: int) -> bool:
        texts = self.setups.texts(fn.at(value)) if value >= 0 else []
        return bool(texts) and all(_OFF.match(text) for text in texts)
