"""How each logging library writes its records: the set-up found in the code, else the library's own default."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Encoder, LogCall, LoggerConfig
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.loggers.gologs import GoLogs
from skillaudit.linking.loggers.logfiles import LogFiles
from skillaudit.linking.loggers.nestlogs import NestLogs
from skillaudit.linking.loggers.overridden import Overridden
from skillaudit.linking.loggers.ownformats import OwnFormats
from skillaudit.linking.loggers.pythonlogs import BARE, PythonLogs, SetUp
from skillaudit.linking.loggers.scriptlogs import ScriptLogs
from skillaudit.linking.loggers.scriptsinks import LIBRARIES, ScriptSinks
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.tree import logger_tree
from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.conditions import Conditions
from skillaudit.linking.serving.options import Options
from skillaudit.linking.serving.wiring import Wiring
from skillaudit.model import Location, Surface
from skillaudit.settingsfiles import SettingsFiles

_JSON = (
    "pino", "bunyan", "winston", "zerolog", "powertools", "zap", "mongodb-log-writer", "workers-tagged-logger", "bole",
    "roarr", "lambda-log", "eliot", "firebase",
)  # fmt: skip
_TEXT = (
    "logging", "loguru", "structlog", "absl", "console", "print", "debug", "log4js", "loglevel", "consola", "signale",
    "electron-log", "go log", "slog", "logrus", "klog", "charm", "hclog", "logtape", "tslog", "logr", "nest",
    "mcp-framework", "fancy-log", "deno log", "npmlog", "actions", "glog",
)  # fmt: skip
DEFAULTS = {**dict.fromkeys(_JSON, Encoder.JSON), **dict.fromkeys(_TEXT, Encoder.TEXT)}
_STREAMS = {"console", "print", "debug", "go log"}
_ENCODERS = {"json": Encoder.JSON, "text": Encoder.TEXT, "pretty": Encoder.TEXT}
_FOR_PEOPLE_FIRST = {"zerolog", "zap"}  # a console writer or encoding stands in front of the JSON encoder
_PRODUCTION = re.compile(r"prod|NODE_ENV|is_?tty|isatty|IsTerminal|serverless|lambda|k8s|kubernetes", re.IGNORECASE)
_EXISTS = re.compile(r"exists|is_?file|os\.access")
_ONCE = re.compile(r"\b(?:has_?)?handlers\b|configured|initiali[sz]ed", re.IGNORECASE)
"""What keeps a logger from being set up twice: it says nothing about whether it is set up."""
_WORKER = re.compile(r"(?:^|/)wrangler\.(?:toml|jsonc?)$")
_COMPARING = {"==", "===", "!=", "!=="}
_UNUSED = "code that production does not call"

_BRIDGED = "-otel"
"""How the name of a set-up ends that hands records to OpenTelemetry: what is written beside it is the log."""


@dataclass(slots=True)
class Encoders:
    """Recognises logger set-ups."""

    box: Toolbox
    gates: Gates
    settings: SettingsFiles
    conditions: Conditions = field(init=False)
    wiring: Wiring = field(init=False)
    workers: frozenset[str] = field(init=False)
    _groups: dict[str, frozenset[str]] | None = None
    _texts: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Conditions are judged for a production run in which nobody sets an option."""
        self.conditions = Conditions(self.box, self.gates, Options(self.box.program))
        self.wiring = Wiring(self.box)
        files = self.box.program.inventory.files
        self.workers = frozenset(one.package for one in files if _WORKER.search(one.path))

    def all(self) -> Iterator[LoggerConfig]:
        """Every set-up in the tree, in the order of paths and lines."""
        setups = Setups(self.box, self.conditions)
        marked = ScriptLogs(setups)
        yield from self._marked(marked)
        yield from self._unmarked(ScriptSinks(setups), NestLogs(setups, marked), GoLogs(setups))
        recognisers = PythonLogs(setups, LogFiles(setups, self.settings.log_files))
        yield from self._started(recognisers)
        overridden = Overridden(logger_tree(setups))
        for fn in self.box.program.functions():
            if self.box.program.modules[fn.module].language == "python":
                for value, call, block in self.box.program.calls(fn):
                    for seen in recognisers.of(fn, call):
                        if seen.library == "logging" and overridden.of(fn, value, call):
                            continue
                        yield self._config(fn, self._place(fn, call.line, call.end_line), block, seen)

    def _unmarked(self, scripts: ScriptSinks, nest: NestLogs, go: GoLogs) -> Iterator[LoggerConfig]:
        """Set-ups of JavaScript and Go that are read from options and fields alone."""
        for fn in self.box.program.functions():
            match self.box.program.modules[fn.module].language:
                case "go":
                    for line, block, library, encoder in go.of(fn):
                        yield self._config(fn, self._place(fn, line, line), block, SetUp(library, encoder, "a field"))
                case "javascript" | "typescript":
                    for _, call, block in self.box.program.calls(fn):
                        for library, encoder in (*scripts.of(fn, call), *nest.of(fn, call)):
                            seen = SetUp(library, encoder, f"options of {library}")
                            yield self._config(fn, self._place(fn, call.line, call.end_line), block, seen)
                case _:
                    continue

    def _started(self, recognisers: PythonLogs) -> Iterator[LoggerConfig]:
        for package, seen in recognisers.started():
            place = Location(seen.what.removeprefix("started with "), 1, 1)
            yield LoggerConfig(place, Surface.PRODUCTION, package, seen.library, seen.encoder, seen.what)

    def _marked(self, scripts: ScriptLogs) -> Iterator[LoggerConfig]:
        """What the rules recognise, with the encoder that the options say where they can be read."""
        for mark, roles, fn, block in self.box.program.marked("logger_config"):
            library, written = roles.get("library", "unknown"), roles.get("encoder", "")
            if written == "as-before" or library in LIBRARIES:
                continue
            held = [(c, b) for _, c, b in self.box.program.calls(fn) if (c.start, c.end) == (mark.start, mark.end)]
            encoder = scripts.of(library, fn, held[0][0]) if held and "part" not in roles else None
            if roles.get("part") == "transport" and library == "pino":
                continue
            seen = SetUp(library, encoder or _ENCODERS.get(written, Encoder.UNKNOWN), mark.rule)
            yield self._config(fn, self._place(fn, mark.line, mark.end_line), held[0][1] if held else block, seen)

    def _place(self, fn: Fn, line: int, end_line: int) -> Location:
        return self.box.program.location(fn.module, line, end_line)

    def _config(self, fn: Fn, location: Location, block: int, seen: SetUp) -> LoggerConfig:
        runs = self.conditions.runs(fn, block, location.line) if self.wiring.live(fn) else False
        runs = True if runs is None and seen.named else runs
        condition = "" if runs else self._condition(fn, block)
        there = seen.read and runs is None and bool(_EXISTS.search(condition))
        asked = bool(condition) and not _PRODUCTION.search(condition) and not there
        undecided = runs is None and (
            (seen.encoder is Encoder.JSON and asked) or (seen.encoder is Encoder.TEXT and self._never_set(fn, block))
        )
        return LoggerConfig(
            location=location,
            surface=self.box.program.surface(fn.module),
            package=self.box.program.package_path(fn.module),
            library=seen.library,
            encoder=seen.encoder,
            what=seen.what,
            condition=condition,
            opt_in=runs is False or undecided,
        )

    def _never_set(self, fn: Fn, block: int) -> bool:
        """Whether a block is that of an option's value that nothing in sight gives: ``if kind == "console"``."""
        for outer in self.gates.around(fn, block):
            holds = outer.kind in {"if", "case"} and outer.test >= 0
            test = self.box.program.value(fn.at(outer.test)) if holds else None
            if isinstance(test, ir.Operation) and test.operator in {"==", "==="}:
                held = (self.box.program.value(fn.at(operand)) for operand in test.operands)
                texts = {value.text for value in held if isinstance(value, ir.Literal) and value.kind == "str"}
                return len(texts) == 1 and texts.isdisjoint({"", *self._given()})
        return False

    def _given(self) -> frozenset[str]:
        """The texts that production code writes down for anything but a comparison."""
        if self._texts is None:
            found: set[str] = set()
            for fn in self.box.program.functions():
                values = self.box.program.function(fn).values if self.box.program.surface(fn.module).counts else ()
                asked = (v.operands for v in values if isinstance(v, ir.Operation) and v.operator in _COMPARING)
                compared = {operand for operands in asked for operand in operands}
                told = (v for n, v in enumerate(values) if n not in compared and isinstance(v, ir.Literal))
                found.update(value.text for value in told if value.kind == "str")
            self._texts = frozenset(found)
        return self._texts

    def _condition(self, fn: Fn, block: int) -> str:
        """The names in the nearest condition that does not hold by itself and is not only about setting up once."""
        once = False
        for outer in self.gates.around(fn, block):
            if outer.kind in {"if", "else", "case"} and outer.test >= 0 and not self.conditions.taken(fn, outer):
                names = ", ".join(dict.fromkeys(self.gates.names(fn.at(outer.test))))[:120] or "a condition"
                if not _ONCE.search(names):
                    return names
                once = True
        return "" if once else _UNUSED

    def effective(self, call: LogCall, configs: Iterable[LoggerConfig], own: OwnFormats) -> Encoder:
        """How a record is written in production, by default: the package's set-up, else the library's way."""
        plain = call.library != "logging"
        if (plain and own.writes_json(call)) or self._kept_as_object(call):
            return Encoder.JSON
        if call.library in _STREAMS:
            return Encoder.TEXT
        held = [c for c in configs if c.surface.counts and call.library in {c.library, "unknown"}]
        near = [c for c in held if c.package == call.package]
        near = near or [c for c in held if c.package in self._related(call.package)]
        chosen = [c for c in near if not c.opt_in]
        used = [c for c in chosen if not c.what.endswith(_BRIDGED)] or chosen
        found = {c.encoder for c in used}
        if not plain and call.structured and used and all(c.what.endswith(BARE) for c in used):
            return Encoder.JSON
        if call.library in _FOR_PEOPLE_FIRST and Encoder.TEXT in found:
            return Encoder.TEXT
        for encoder in (Encoder.JSON, Encoder.TEXT, Encoder.UNKNOWN):
            if encoder in found:
                return encoder
        return DEFAULTS.get(call.library, Encoder.TEXT if near else Encoder.UNKNOWN)

    def _kept_as_object(self, call: LogCall) -> bool:
        """Whether Cloudflare keeps the record as the object that it is: one object given to a Worker's console.

        Source: Workers Logs, "Logging structured JSON objects".
        """
        alone = bool(call.fields) and not call.message and not call.interpolated
        return call.library == "console" and alone and call.package in self.workers

    def _related(self, package: str) -> frozenset[str]:
        """Packages that run in one process with this one, as far as their imports say: shared loggers, their users."""
        if self._groups is None:
            self._groups = {}
            for module, held in enumerate(self.box.program.modules):
                own = self.box.program.package_path(module)
                for value in held.functions[0].values if held.functions else ():
                    target = (
                        self.box.program.resolver.find(module, value.module) if isinstance(value, ir.Import) else None
                    )
                    if target is not None and (other := self.box.program.package_path(target)) != own:
                        joined = self._groups.get(own, frozenset({own})) | self._groups.get(other, frozenset({other}))
                        self._groups.update(dict.fromkeys(joined, joined))
        return self._groups.get(package, frozenset({package}))
