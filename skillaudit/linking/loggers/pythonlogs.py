"""Python's logging set-ups: the standard library, python-json-logger, structlog, loguru, the project's formatters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.facts import Encoder
from skillaudit.linking.loggers.logfiles import LogFiles
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.settingsfiles import LogFile

_JSON_CLASS = re.compile(
    r"(?:Json|JSON)\w*Formatter$|ecs_logging\.\w+$|(?:^|\.)ECSFormatter$|StackdriverFormatter$|StructuredLogHandler$|"
    r"LambdaPowertoolsFormatter$|GoogleCloudFormatter$|LogstashFormatter\w*$|(?:^|\.)DatadogFormatter$"
)
_RUNNERS = {"uvicorn.run", "uvicorn.Config", "hypercorn.Config", "gunicorn.app.base.BaseApplication"}
_RENDERERS = {
    "JSONRenderer": Encoder.JSON, "ConsoleRenderer": Encoder.TEXT, "KeyValueRenderer": Encoder.TEXT,
    "LogfmtRenderer": Encoder.TEXT,
}  # fmt: skip


BARE = ", the message alone"
"""How a set-up is described that writes nothing beside the message."""


class SetUp(msgspec.Struct, frozen=True):
    """One set-up: the library, what it makes of records, in words what was seen.

    ``read`` from a file of the tree; ``named``: a variable that deployments set names that file.
    """

    library: str
    encoder: Encoder
    what: str
    read: bool = False
    named: bool = False


@dataclass(slots=True)
class PythonLogs:
    """Recognises set-ups call by call."""

    setups: Setups
    files: LogFiles
    _json: dict[Cls, bool] = field(default_factory=dict)

    def of(self, fn: Fn, call: ir.Call) -> Iterator[SetUp]:
        """What a call sets up, if anything."""
        for path in self.setups.paths(fn.at(call.callee)):
            yield from self._library(fn, call, path)
        for symbol in self.setups.box.symbols.resolve(fn.at(call.callee)):
            if isinstance(symbol, Cls) and self.writes_json(symbol):
                yield SetUp("logging", Encoder.JSON, f"own formatter {self.setups.box.program.klass(symbol).name}")

    def _library(self, fn: Fn, call: ir.Call, path: str) -> Iterator[SetUp]:
        name = path.rpartition(".")[2]
        if path in {"logging.basicConfig", "logging.Formatter"}:
            yield SetUp("logging", Encoder.TEXT, f"{path}{BARE}" if self._bare(fn, call) else path)
        elif path == "logging.config.fileConfig":
            yield self._file(fn, call) or SetUp("logging", Encoder.UNKNOWN, f"{path} reads its formatters from a file")
        elif path == "logging.config.dictConfig":
            encoder = self._dictionary(fn, call)
            loaded = self._file(fn, call) if encoder is Encoder.UNKNOWN else None
            yield loaded or SetUp("logging", encoder, path)
        elif path in _RUNNERS and any(a.name == "log_config" for a in call.args):
            given = self._file(fn, call)
            yield from [given] if given else []
        elif path.startswith("structlog.") and name in _RENDERERS:
            yield SetUp("structlog", _RENDERERS[name], path)
        elif name == "ProcessorFormatter" and path.startswith("structlog."):
            yield SetUp("logging", self._processors(fn, call), path)
        elif path == "loguru.logger.add":
            yield SetUp("loguru", self._loguru(fn, call), "loguru sink")
        elif path == "loguru.logger.configure":
            yield SetUp("loguru", self._loguru_handlers(fn, call), path)
        elif _JSON_CLASS.search(path):
            yield SetUp("logging", Encoder.JSON, path)

    def _bare(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a format writes the message and nothing else, so that a message which is JSON stays it."""
        given = next((a.value for a in call.args if a.name in {"format", "fmt"}), -1)
        given = call.args[0].value if given < 0 and call.args and not call.args[0].name else given
        return given >= 0 and [text.strip() for text in self.setups.texts(fn.at(given))] == ["%(message)s"]

    def started(self) -> Iterator[tuple[str, SetUp]]:
        """What start commands hand to the server: the package's path and the set-up."""
        for package, file in self.files.started():
            yield package, SetUp("logging", self._written(file, 0), f"started with {file.path}", read=True)

    def _file(self, fn: Fn, call: ir.Call) -> SetUp | None:
        """The set-up that a configuration file of the tree describes, where the call reads one."""
        file = self.files.read_by(fn, call)
        if file is None:
            return None
        named = file in self.files.deployed(fn)
        return SetUp("logging", self._written(file, fn.module), f"reads {file.path}", read=True, named=named)

    def _written(self, file: LogFile, module: int) -> Encoder:
        made = [h for h in file.handlers if not h.kind.endswith("NullHandler")]
        json = [any(self._class_writes_json(module, name) for name in (h.kind, *h.formatters)) for h in made]
        return Encoder.JSON if any(json) else Encoder.TEXT

    # --- logging.config.dictConfig

    def _dictionary(self, fn: Fn, call: ir.Call) -> Encoder:
        """The encoder of the formatters that its handlers name."""
        if not call.args:
            return Encoder.UNKNOWN
        at = fn.at(call.args[0].value)
        formatters = {
            key: value for held in self.setups.entry(at, "formatters") for key, value in self.setups.entries(held)
        }
        handlers = [value for held in self.setups.entry(at, "handlers") for _, value in self.setups.entries(held)]
        named = [text for h in handlers for f in self.setups.entry(h, "formatter") for text in self.setups.texts(f)]
        used = [formatters[name] for name in named if name in formatters]
        if not formatters and not handlers:
            return Encoder.UNKNOWN
        direct = any(self._names_json(value) for h in handlers for value in self.setups.entry(h, "class"))
        if direct or (used and any(self._specified(spec) for spec in used)):
            return Encoder.JSON
        return Encoder.TEXT

    def _specified(self, spec: At) -> bool:
        held = [*self.setups.entry(spec, "()"), *self.setups.entry(spec, "class")]
        return any(self._names_json(value) for value in held)

    def _names_json(self, at: At) -> bool:
        """Whether a class, given itself or by its dotted name, writes JSON."""
        if any(self.writes_json(cls) for cls in self.setups.classes(at)):
            return True
        if any(_JSON_CLASS.search(path) for path in self.setups.paths(at)):
            return True
        return any(self._class_writes_json(at.module, text) for text in self.setups.texts(at))

    def _class_writes_json(self, importer: int, dotted: str) -> bool:
        """The same for a class by its dotted name alone."""
        module, _, name = dotted.removeprefix("ext://").rpartition(".")
        target = self.setups.box.program.imported(importer, module, name) if module else None
        if isinstance(target, At):
            return any(self.writes_json(cls) for cls in self.setups.classes(target))
        return bool(_JSON_CLASS.search(dotted))

    def writes_json(self, cls: Cls) -> bool:
        """A subclass of a formatter whose ``format`` gives back what a JSON encoder made."""
        if cls not in self._json:
            self._json[cls] = False
            self._json[cls] = self._formats_json(cls)
        return self._json[cls]

    def _formats_json(self, cls: Cls) -> bool:
        program = self.setups.box.program
        declared = program.klass(cls)
        bases = [
            s
            for base in declared.bases
            for s in self.setups.box.symbols.resolve(Fn(cls.module, declared.scope).at(base))
        ]
        foreign = [s.path for s in bases if isinstance(s, External)]
        own = [Fn(cls.module, method.function) for method in declared.methods if method.name == "format"]
        if own and any(path.endswith("Formatter") for path in foreign):
            return any(self.setups.stringifies(fn) for fn in own)
        if any(_JSON_CLASS.search(path) for path in foreign):
            return True
        return any(self.writes_json(base) for base in bases if isinstance(base, Cls))

    # --- structlog and loguru

    def _processors(self, fn: Fn, call: ir.Call) -> Encoder:
        given = [a.value for a in call.args if a.name in {"processor", "processors"}]
        ends = [end for value in given for end in self.setups.items(fn.at(value))]
        names = {path.rpartition(".")[2].removesuffix("()") for end in ends for path in self.setups.paths(end)}
        kinds = {_RENDERERS[name] for name in names if name in _RENDERERS}
        return Encoder.JSON if kinds == {Encoder.JSON} else Encoder.TEXT if kinds else Encoder.UNKNOWN

    def _loguru(self, fn: Fn, call: ir.Call) -> Encoder:
        given = next((fn.at(a.value) for a in call.args if a.name == "serialize"), None)
        if given is not None and self.setups.conditions.truth(given):
            return Encoder.JSON
        sink = next((fn.at(a.value) for a in call.args if a.name in {"", "sink"}), None)
        own = [s for s in self.setups.box.symbols.resolve(sink) if isinstance(s, Fn)] if sink else []
        return Encoder.JSON if any(self.setups.stringifies(s) for s in own) else Encoder.TEXT

    def _loguru_handlers(self, fn: Fn, call: ir.Call) -> Encoder:
        given = [fn.at(a.value) for a in call.args if a.name == "handlers"]
        serialized = [s for at in given for h in self.setups.items(at) for s in self.setups.entry(h, "serialize")]
        return Encoder.JSON if any(self.setups.conditions.truth(s) for s in serialized) else Encoder.TEXT
