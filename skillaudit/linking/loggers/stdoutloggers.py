"""Loggers that are set up to write to standard output: on stdio each of their records is a broken message.

Only what the options say for certain counts: a stream that is not resolved, or a transport of the project's own, is
left alone. Sources: the libraries' own documentation on where they write by default.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.loggers.logfiles import LogFiles
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Fn

_STDOUT = {"sys.stdout", "sys.__stdout__", "process.stdout", "os.Stdout", "Deno.stdout", "sys.stdout.buffer"}
_STREAMED = {
    "logging.basicConfig": ("stream", -1), "logging.StreamHandler": ("stream", 0), "loguru.logger.add": ("sink", 0),
    "structlog.PrintLoggerFactory": ("file", 0), "structlog.PrintLogger": ("file", 0),
    "structlog.WriteLoggerFactory": ("file", 0), "structlog.BytesLoggerFactory": ("file", 0),
    "log/slog.NewJSONHandler": ("", 0), "log/slog.NewTextHandler": ("", 0), "log.SetOutput": ("", 0),
    "log.New": ("", 0), "github.com/sirupsen/logrus.SetOutput": ("", 0), "github.com/rs/zerolog.New": ("", 0),
    "github.com/sirupsen/logrus.New().SetOutput": ("", 0), "k8s.io/klog/v2.SetOutput": ("", 0),
    "github.com/charmbracelet/log.New": ("", 0), "github.com/charmbracelet/log.NewWithOptions": ("", 0),
    "log.Default().SetOutput": ("", 0), "github.com/charmbracelet/log.SetOutput": ("", 0),
}  # fmt: skip
"""Which argument is the stream, by keyword and position."""
_BY_DEFAULT = {
    "structlog.PrintLoggerFactory", "structlog.PrintLogger", "structlog.WriteLoggerFactory",
    "structlog.BytesLoggerFactory",
}  # fmt: skip
"""They write to standard output where no stream is given."""
_UNLESS = {
    "tslog.Logger": ("overwrite",), "consola.createConsola": ("stdout", "reporters"),
    "consola.create": ("stdout", "reporters"), "consola.consola.create": ("stdout", "reporters"),
    "signale.Signale": ("stream", "disabled"),
}  # fmt: skip
"""JavaScript's loggers that write to standard output, and the options that may say otherwise."""
_CONFIGURED = {"logging.config.dictConfig", "logging.config.fileConfig"}
_NAMED = re.compile(r"\bsys\.stdout\b")
"""In a file: ``args=(sys.stdout,)``, ``stream: ext://sys.stdout``."""
_CONSOLE = re.compile(r"^winston\.transports\.Console$")
_DESTINATION = re.compile(r"^pino\.(?:destination|default\.destination)\(\)$")


@dataclass(slots=True)
class StdoutLoggers:
    """Reads set-ups as they are while stdio is served."""

    setups: Setups
    files: LogFiles

    def of(self, fn: Fn) -> Iterator[tuple[int, int, str]]:
        """Line, block and library, with a file that is read, of each set-up of a function on standard output."""
        for _, call, block in self.setups.box.program.calls(fn):
            for path in self._made(fn.at(call.callee)):
                if self._writes(fn, call, path):
                    yield call.line, block, path
                elif path in _CONFIGURED and call.args and (read := self._file(fn, call)):
                    yield call.line, block, f"{path}, which reads {read},"

    def _made(self, callee: At) -> Iterator[str]:
        """The foreign thing that is called, or the class that the project's own is made from."""
        value = self.setups.box.program.value(callee)
        if isinstance(value, ir.Name) and value.name == "super":
            return
        yield from self.setups.paths(callee)
        for cls in self.setups.classes(callee):
            declared = self.setups.box.program.klass(cls)
            for base in declared.bases:
                yield from self.setups.paths(Fn(cls.module, declared.scope).at(base))

    def _writes(self, fn: Fn, call: ir.Call, path: str) -> bool:  # noqa: PLR0911 - one line a library
        if path in _STREAMED:
            return self._streams(fn, call, path)
        match path:
            case "logging.config.dictConfig":
                return bool(call.args) and self._dictionary(fn.at(call.args[0].value))
            case "structlog.configure":
                return not any(a.name == "logger_factory" or a.spread for a in call.args)
            case "rich.logging.RichHandler":
                return self._rich(fn, call)
            case "pino" | "pino.pino" | "pino.default":
                return self._pino(fn, call)
            case "bunyan.createLogger":
                return self._bunyan(fn, call)
            case _ if path in _UNLESS:
                return self._unless(fn, call, _UNLESS[path])
            case _:
                return bool(_CONSOLE.match(path)) and self._console(fn, call)

    def _streams(self, fn: Fn, call: ir.Call, path: str) -> bool:
        keyword, position = _STREAMED[path]
        given = self.setups.box.keyword(fn, call, keyword) if keyword else None
        if given is None and position >= 0:
            given = self.setups.box.position(fn, call, position)
        return path in _BY_DEFAULT if given is None else self._is_stdout(given)

    def _is_stdout(self, at: At) -> bool:
        """Whether a value is the stream in every branch that may run."""
        ends = list(self.setups.ends(at))
        return bool(ends) and all(_STDOUT.intersection(self.setups.paths(end)) for end in ends)

    def _dictionary(self, at: At) -> bool:
        handlers = [value for held in self.setups.entry(at, "handlers") for _, value in self.setups.entries(held)]
        streams = [stream for handler in handlers for stream in self.setups.entry(handler, "stream")]
        return any("ext://sys.stdout" in self.setups.texts(s) or self._is_stdout(s) for s in streams)

    def _file(self, fn: Fn, call: ir.Call) -> str:
        """The configuration of the tree which the call reads, if a handler of it writes to standard output."""
        read = self.files.read_by(fn, call)
        return read.path if read and any(_NAMED.search(handler.stream) for handler in read.handlers) else ""

    def _rich(self, fn: Fn, call: ir.Call) -> bool:
        """Rich writes to standard output unless its console was made for another stream."""
        given = self.setups.box.keyword(fn, call, "console")
        if given is None:
            return not any(argument.spread for argument in call.args)
        ends = [(end, self.setups.box.program.value(end)) for end in self.setups.ends(given)]
        return bool(ends) and all(
            isinstance(made, ir.Call)
            and "rich.console.Console()" in self.setups.paths(end)
            and not any(argument.name in {"stderr", "file"} or argument.spread for argument in made.args)
            for end, made in ends
        )

    # --- JavaScript

    def _pino(self, fn: Fn, call: ir.Call) -> bool:
        """Standard output unless a stream or a transport says otherwise."""
        values = [fn.at(a.value) for a in call.args if not a.spread]
        records = [at for at in values if self._is_options(at)]
        if len(values) > len(records):
            return len(values) == len(records) + 1 and all(self._to_stdout(at) for at in values if at not in records)
        plain = not any(self.setups.entry(at, "transport") or self._hides(at) for at in records)
        return plain and not any(self._opens(at) for at in records)

    def _is_options(self, at: At) -> bool:
        ends = [self.setups.box.program.value(end) for end in self.setups.ends(at)]
        return bool(ends) and all(isinstance(end, ir.Record) for end in ends)

    def _opens(self, at: At) -> bool:
        """Whether options take in others that are not in sight."""
        held = [self.setups.box.program.value(end) for end in self.setups.ends(at)]
        return any(entry.spread for one in held if isinstance(one, ir.Record) for entry in one.entries)

    def _hides(self, at: At) -> bool:
        off = [self.setups.texts(level) for level in self.setups.entry(at, "level")]
        return ["silent"] in off or any(
            self.setups.conditions.truth(e) is False for e in self.setups.entry(at, "enabled")
        )

    def _to_stdout(self, at: At) -> bool:
        """``process.stdout``, ``pino.destination(1)``, ``pino.destination()``."""
        if self._is_stdout(at):
            return True
        ends = list(self.setups.ends(at))
        return bool(ends) and all(self._is_first(end) for end in ends)

    def _is_first(self, end: At) -> bool:
        made = self.setups.box.program.value(end)
        named = any(_DESTINATION.match(path) for path in self.setups.paths(end))
        if not isinstance(made, ir.Call) or not named:
            return False
        given = [self.setups.box.program.value(held) for a in made.args for held in self.setups.ends(end.to(a.value))]
        return not given or all(isinstance(one, ir.Literal) and one.text == "1" for one in given)

    def _bunyan(self, fn: Fn, call: ir.Call) -> bool:
        values = [fn.at(a.value) for a in call.args]
        streams = [s for at in values for key in ("stream", "streams") for s in self.setups.entry(at, key)]
        items = [inner for s in streams for item in self.setups.items(s) for inner in self.setups.entry(item, "stream")]
        return not streams or any(self._is_stdout(s) for s in (*streams, *items))

    def _unless(self, fn: Fn, call: ir.Call, options: tuple[str, ...]) -> bool:
        """Whether none of its options says that it writes elsewhere, or not at all."""
        values = [fn.at(a.value) for a in call.args]
        hidden = any("hidden" in self.setups.texts(kind) for at in values for kind in self.setups.entry(at, "type"))
        told = hidden or any(self.setups.entry(at, key) for at in values for key in options)
        return not told and all(self._is_options(at) and not self._opens(at) for at in values)

    def _console(self, fn: Fn, call: ir.Call) -> bool:
        """Winston's console writes to standard output all levels that ``stderrLevels`` does not name."""
        values = [fn.at(a.value) for a in call.args]
        lists = [held for at in values for held in self.setups.entry(at, "stderrLevels")]
        levels = {text for held in lists for item in self.setups.items(held) for text in self.setups.texts(item)}
        some = bool(levels) and "info" not in levels and not any(self.setups.entry(at, "level") for at in values)
        named = any(self.setups.entry(at, "silent") for at in values) or (bool(lists) and not some)
        return not named and not any(self._opens(at) for at in values)
