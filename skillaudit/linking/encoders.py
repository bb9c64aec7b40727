"""How each logging library writes its records: the set-up found in the code, and the library's own default without one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import Encoder, LogCall, LoggerConfig
from skillaudit.linking.gates import Gates, children
from skillaudit.linking.program import At, Cls, Fn
from skillaudit.linking.symbols import Data, External, Instance
from skillaudit.linking.toolbox import Toolbox
from skillaudit.model import Location

DEFAULTS = {
    "pino": Encoder.JSON, "bunyan": Encoder.JSON, "winston": Encoder.JSON, "zerolog": Encoder.JSON, "powertools": Encoder.JSON,
    "logging": Encoder.TEXT, "loguru": Encoder.TEXT, "structlog": Encoder.TEXT, "absl": Encoder.TEXT, "console": Encoder.TEXT,
    "print": Encoder.TEXT, "debug": Encoder.TEXT, "log4js": Encoder.TEXT, "loglevel": Encoder.TEXT, "consola": Encoder.TEXT,
    "signale": Encoder.TEXT, "electron-log": Encoder.TEXT, "go log": Encoder.TEXT, "slog": Encoder.TEXT, "logrus": Encoder.TEXT,
    "klog": Encoder.TEXT, "charm": Encoder.TEXT, "hclog": Encoder.TEXT, "logtape": Encoder.TEXT, "tslog": Encoder.TEXT,
    "logr": Encoder.TEXT, "zap": Encoder.JSON,
}  # fmt: skip
_JSON_FORMATTER = re.compile(
    r"(?:Json|JSON)\w*Formatter|ecs_logging|StdlibFormatter|logfmter|stackdriver|CustomJsonFormatter", re.IGNORECASE
)
_JSON_TEXT = re.compile(r"pythonjsonlogger|json_?log|jsonformatter|json_log_formatter|ecs_logging", re.IGNORECASE)
_STREAMS = {"console", "print", "debug", "go log"}
_ENCODERS = {"json": Encoder.JSON, "text": Encoder.TEXT, "pretty": Encoder.TEXT}
_STRINGIFIERS = {"json.dumps", "orjson.dumps", "ujson.dumps", "msgspec.json.encode"}
_PRODUCTION = re.compile(r"prod|NODE_ENV|is_?tty|isatty|isTTY|IsTerminal|local|dev", re.IGNORECASE)
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class _Seen:
    library: str
    encoder: Encoder
    what: str


@dataclass(slots=True)
class Encoders:
    """Recognises logger set-ups."""

    box: Toolbox
    gates: Gates

    def all(self) -> Iterator[LoggerConfig]:
        """Every set-up in the tree, in the order of paths and lines."""
        for mark, roles, fn, block in self.box.program.marked("logger_config"):
            encoder = _ENCODERS.get(roles.get("encoder", ""), Encoder.UNKNOWN)
            seen = _Seen(roles.get("library", "unknown"), encoder, mark.rule)
            yield self._config(fn, self.box.program.location(fn.module, mark.line, mark.end_line), block, seen)
        for fn in self.box.program.functions():
            if self.box.program.modules[fn.module].language == "python":
                for _, call, block in self.box.program.calls(fn):
                    for seen in self._python(fn, call):
                        yield self._config(
                            fn, self.box.program.location(fn.module, call.line, call.end_line), block, seen
                        )

    def _config(self, fn: Fn, location: Location, block: int, seen: _Seen) -> LoggerConfig:
        condition = self._condition(fn, block)
        program = self.box.program
        return LoggerConfig(
            location=location,
            surface=program.surface(fn.module),
            package=program.package_path(fn.module),
            library=seen.library,
            encoder=seen.encoder,
            what=seen.what,
            condition=condition,
            opt_in=bool(condition) and seen.encoder is Encoder.JSON and not _PRODUCTION.search(condition),
        )

    def _condition(self, fn: Fn, block: int) -> str:
        for outer in self.gates.around(fn, block):
            if outer.kind in {"if", "else", "case"} and outer.test >= 0:
                return ", ".join(dict.fromkeys(self.gates.names(fn.at(outer.test))))[:120] or "a condition"
        return ""

    # --- what it comes to

    @staticmethod
    def effective(call: LogCall, configs: Iterable[LoggerConfig]) -> Encoder:
        """How a log call's record is written in production, by default: the package's set-up, else the library's way."""
        if call.structured:
            return Encoder.JSON
        if call.library in _STREAMS:
            return Encoder.TEXT
        held = [c for c in configs if c.surface.counts and (c.library == call.library or call.library == "unknown")]
        own = [c for c in held if c.package == call.package] or held
        always = {c.encoder for c in own if not c.condition}
        chosen = {c.encoder for c in own if c.condition and not c.opt_in}
        if Encoder.JSON in always | chosen:
            return Encoder.JSON
        if Encoder.TEXT in always | chosen or any(c.opt_in for c in own):
            return Encoder.TEXT
        return Encoder.UNKNOWN if own else DEFAULTS.get(call.library, Encoder.UNKNOWN)

    # --- Python

    def _python(self, fn: Fn, call: ir.Call) -> Iterator[_Seen]:
        for symbol in self.box.symbols.resolve(fn.at(call.callee)):
            match symbol:
                case External(path=path):
                    yield from self._library(fn, call, path)
                case Cls() if self._writes_json(symbol):
                    yield _Seen("logging", Encoder.JSON, f"own formatter {self.box.program.klass(symbol).name}")
                case _:
                    continue

    def _library(self, fn: Fn, call: ir.Call, path: str) -> Iterator[_Seen]:
        name = path.rpartition(".")[2]
        if path == "logging.basicConfig":
            yield _Seen("logging", Encoder.TEXT, "logging.basicConfig")
        elif path in {"logging.config.dictConfig", "logging.config.fileConfig"}:
            texts = list(self._inside(fn, call))
            found = (
                Encoder.JSON if any(_JSON_TEXT.search(t) or _JSON_FORMATTER.search(t) for t in texts) else Encoder.TEXT
            )
            yield _Seen("logging", found if texts else Encoder.UNKNOWN, path)
        elif path in {"structlog.configure", "structlog.configure_once"}:
            yield from self._structlog(fn, call)
        elif path == "loguru.logger.add":
            given = self.box.keyword(fn, call, "serialize")
            held = self.box.program.value(given) if given else None
            json = isinstance(held, ir.Literal) and held.text == "True"
            yield _Seen("loguru", Encoder.JSON if json else Encoder.TEXT, "loguru sink")
        elif _JSON_FORMATTER.search(name) and not path.endswith("()"):
            yield _Seen("logging", Encoder.JSON, path)

    def _structlog(self, fn: Fn, call: ir.Call) -> Iterator[_Seen]:
        names = set(self._inside(fn, call))
        json = any("JSONRenderer" in n for n in names)
        console = any("ConsoleRenderer" in n or "KeyValueRenderer" in n for n in names)
        if json and not console:
            yield _Seen("structlog", Encoder.JSON, "structlog JSONRenderer")
        elif console and not json:
            yield _Seen("structlog", Encoder.TEXT, "structlog ConsoleRenderer")
        elif json:
            yield _Seen("structlog", Encoder.JSON, "structlog JSONRenderer, chosen by a condition")
        else:
            yield _Seen("structlog", Encoder.UNKNOWN, "structlog.configure")

    def _inside(self, fn: Fn, call: ir.Call) -> Iterator[str]:
        """Names and texts inside the arguments, through variables, constants of other files and the project's classes."""
        for argument in call.args:
            yield from self._names(fn.at(argument.value), _DEPTH)

    def _names(self, at: At, depth: int) -> Iterator[str]:
        value = self.box.program.value(at)
        if isinstance(value, ir.Literal):
            yield value.text
        for symbol in (
            self.box.symbols.resolve(at) if isinstance(value, ir.Name | ir.Import | ir.Member | ir.Call) else ()
        ):
            match symbol:
                case External(path=path):
                    yield path
                case Instance(cls=cls) | (Cls() as cls):
                    yield "JsonFormatter" if self._writes_json(cls) else self.box.program.klass(cls).name
                case Data(at=data) if data != at and depth:
                    yield from self._names(data, depth - 1)
                case _:
                    continue
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        for child in inner if depth else ():
            yield from self._names(at.to(child), depth - 1)

    def _writes_json(self, cls: Cls) -> bool:
        """A subclass of ``logging.Formatter`` whose ``format`` gives back what a JSON encoder made."""
        declared = self.box.program.klass(cls)
        scope = Fn(cls.module, declared.scope)
        bases = [
            s.path
            for base in declared.bases
            for s in self.box.symbols.resolve(scope.at(base))
            if isinstance(s, External)
        ]
        if any(_JSON_FORMATTER.search(b) for b in bases):
            return True
        if not any(b.endswith("Formatter") for b in bases):
            return False
        for method in declared.methods:
            if method.name == "format":
                fn = Fn(cls.module, method.function)
                for _, call, _ in self.box.program.calls(fn):
                    paths = {s.path for s in self.box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)}
                    if paths & _STRINGIFIERS:
                        return True
        return False
