"""Where the code itself sends its records: exporters, remote handlers, files.

Traces, metrics and analytics are no logs, and a tracker of errors sees only errors.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import LogSink
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.knowledge.sinkapis import EXTERNAL, IMPORTED, of_script
from skillaudit.linking.loggers import forwarders
from skillaudit.linking.loggers.attached import Attached
from skillaudit.linking.loggers.bridges import Bridges
from skillaudit.linking.loggers.otlp import Otlp
from skillaudit.linking.loggers.sinkplaces import SinkPlaces
from skillaudit.linking.loggers.unfed import Unfed
from skillaudit.linking.names.program import Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.mounted import Mounted
from skillaudit.linking.serving.unasked import Unasked
from skillaudit.linking.serving.wiring import Wiring
from skillaudit.model import Location

_OTLP = re.compile(r"^opentelemetry\.exporter\.otlp\..*\bOTLPLogExporter$")
_PUT = re.compile(r"^boto3\.(?:client|session\.Session\(\)\.client)\(\)\.put_log_events$")
_FILES = {
    "logging.FileHandler", "logging.handlers.RotatingFileHandler", "logging.handlers.TimedRotatingFileHandler",
    "logging.handlers.WatchedFileHandler",
}  # fmt: skip
_CONSOLES = {"logging.StreamHandler", "rich.logging.RichHandler", "colorlog.StreamHandler"}
_ERRORS = {
    "sentry_sdk.init": "Sentry", "bugsnag.configure": "Bugsnag", "rollbar.init": "Rollbar",
    "honeybadger.configure": "Honeybadger",
}  # fmt: skip
_STREAMS = {"sys.stdout": "standard output", "sys.stderr": "standard error"}
_CONDITIONS = {"if", "else", "case"}


def sinks(box: Toolbox, gates: Gates, wiring: Wiring) -> Iterator[LogSink]:
    """Every sink that code sets up; one that production never reaches is not ``wired``."""
    mounted = Mounted(box, Unasked(box, gates))
    unfed = Unfed(box, mounted.unasked.conditions)
    held = _Sinks(box, gates, wiring, SinkPlaces(box), Bridges(box), Attached(box), Otlp(box), mounted, unfed)
    marked = list(held.marked())
    yield from marked
    yield from held.libraries({(one.location.path, one.location.line) for one in marked if one.kind != "console"})
    yield from held.own()


def destination_of(path: str) -> tuple[str, str] | None:
    """Kind and destination of what a handler or exporter of this dotted path sends to; None where it is none."""
    if path in EXTERNAL:
        return "external", EXTERNAL[path]
    if _OTLP.match(path):
        return "external", "OTLP"
    if path in _CONSOLES:
        return "console", "the console"
    return ("file", "a local file") if path in _FILES else None


class _Sinks(msgspec.Struct, frozen=True):
    box: Toolbox
    gates: Gates
    wiring: Wiring
    places: SinkPlaces
    bridges: Bridges
    attached: Attached
    otlp: Otlp
    mounted: Mounted
    unfed: Unfed

    def marked(self) -> Iterator[LogSink]:
        """What the rules recognise."""
        program = self.box.program
        for mark, roles, fn, block in program.marked("log_sink"):
            kind = "external" if roles.get("kind") == "syslog" else roles.get("kind", "external")
            location = program.location(fn.module, mark.line, mark.end_line)
            lines = mark.line, max(mark.line, mark.end_line)
            destination = roles.get("destination", mark.rule)
            address = self.places.of_lines(fn, *lines, destination)
            made = self._made_at(fn, mark)
            sink = self._sink(fn, block, location, (kind, destination), address)
            unused = made >= 0 and kind == "external" and self._unused(fn, made, destination)
            yield replace(sink, wired=sink.wired and not unused, unverified=self.places.unverified(fn, *lines))

    def _made_at(self, fn: Fn, mark: ir.Mark) -> int:
        """The number of the construction that a mark is on; -1 where it is on something else."""
        go = self.box.program.modules[fn.module].language == "go"
        calls = ((n, call) for n, call, _ in self.box.program.calls(fn) if call.new or go)
        return next((n for n, call in calls if (call.start, call.end) == (mark.start, mark.end)), -1)

    def _unused(self, fn: Fn, made: int, destination: str) -> bool:
        """Whether what is made gets no record: nothing uses it, or nothing that it is given to is used."""
        if destination.lower() == "otlp" and self.otlp.dead(fn, made):
            return True
        language = self.box.program.modules[fn.module].language
        if language == "python" and self.unfed.starved(fn, made):
            return True
        return language != "go" and self.attached.dropped(fn, made)

    def libraries(self, known: set[tuple[str, int]]) -> Iterator[LogSink]:
        """Handlers, exporters and transports of libraries, where they are made, but for those at known places."""
        program = self.box.program
        making = {number for number in range(len(program.modules)) if self._may_make(number)}
        for fn in program.functions():
            language = program.modules[fn.module].language
            for number, call, block in program.calls(fn) if fn.module in making else ():
                place = program.location(fn.module, call.line, call.end_line)
                seen = self._library(fn, call) if language == "python" else self._transport(fn, call)
                if seen is None or (language != "python" and (place.path, place.line) in known):
                    continue
                address = self._stream(fn, call) if seen[0] == "console" else self.places.of_call(fn, call, seen[2])
                sink = self._sink(fn, block, place, seen[:2], address)
                if language == "python" and seen[0] == "external" and self.unfed.sees_errors(fn, number):
                    sink = replace(sink, kind="errors-only")
                made = call.new or seen[2].rpartition(".")[2][:1].isupper()
                unused = made and self._unused(fn, number, seen[1])
                unverified = self.places.unverified(fn, call.line, call.end_line, seen[2])
                yield replace(sink, wired=sink.wired and not unused, unverified=unverified)

    def _stream(self, fn: Fn, call: ir.Call) -> str:
        """Which of Python's streams a handler of the console is given; the empty text where none is."""
        held = [s.path for a in call.args for s in self.box.symbols.resolve(fn.at(a.value)) if isinstance(s, External)]
        return next((name for path, name in _STREAMS.items() if path in held), "")

    def _may_make(self, module: int) -> bool:
        """Whether a file may make such a thing: in JavaScript one that imports a package which is one."""
        program, held = self.box.program, self.box.program.modules[module]
        if held.language in {"python", "go"}:
            return held.language == "python"
        scopes = (Fn(module, number) for number in range(len(held.functions)))
        return any(one.module in IMPORTED for scope in scopes for _, one in program.of_kind(scope, ir.Import))

    def _transport(self, fn: Fn, call: ir.Call) -> tuple[str, str, str] | None:
        """A transport or stream of a package of JavaScript that is nothing else."""
        paths = (s.path for s in self.box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External))
        return next((("external", found, path) for path in paths if (found := of_script(path))), None)

    def own(self) -> Iterator[LogSink]:
        """The project's own handlers and transports that send records over the network."""
        program = self.box.program
        found = list(forwarders.find(self.box))
        made = self._made() if found else {}
        for cls, client in found:
            declared = program.klass(cls)
            makers = [(fn, block) for fn, block in made.get(cls, []) if self.wiring.live(fn)]
            yield LogSink(
                program.location(cls.module, declared.line),
                program.surface(cls.module),
                program.package_path(cls.module),
                "external",
                f"{declared.name}, over {client}",
                wired=bool(makers) or self.wiring.loaded(cls),
                opt_in=bool(makers) and all(self._opt_in(fn, block) for fn, block in makers),
            )

    def _made(self) -> dict[Cls, list[tuple[Fn, int]]]:
        """Where production code makes objects of the project's classes."""
        made: dict[Cls, list[tuple[Fn, int]]] = {}
        for fn in self.box.program.functions():
            if self.box.program.surface(fn.module).counts:
                for _, call, block in self.box.program.calls(fn):
                    for symbol in self.box.symbols.resolve(fn.at(call.callee)):
                        if isinstance(symbol, Cls):
                            made.setdefault(symbol, []).append((fn, block))
        return made

    def _library(self, fn: Fn, call: ir.Call) -> tuple[str, str, str] | None:
        """Kind and destination of a sink, and the dotted path of what makes it."""
        for symbol in self.box.symbols.resolve(fn.at(call.callee)):
            if not isinstance(symbol, External):
                continue
            path = symbol.path
            if path in _ERRORS:
                return (*self._errors(fn, call, _ERRORS[path]), path)
            if seen := self._kind(fn, call, path):
                return (*seen, path)
        return None

    def _kind(self, fn: Fn, call: ir.Call, path: str) -> tuple[str, str] | None:
        if _PUT.match(path):
            return "external", "CloudWatch"
        if path == "logging.basicConfig":
            return self._basic(fn, call)
        if path == "loguru.logger.add":
            return self._added(fn, call)
        if path == "logfire.configure":
            return ("external", "Logfire") if self._option(fn, call, "send_to_logfire") != "false" else None
        return destination_of(path)

    def _basic(self, fn: Fn, call: ir.Call) -> tuple[str, str] | None:
        """With a file name a file, with handlers whatever those are, else the console."""
        if self.box.keyword(fn, call, "handlers") is not None:
            return None
        return ("file", "a local file") if self.box.keyword(fn, call, "filename") else ("console", "the console")

    def _added(self, fn: Fn, call: ir.Call) -> tuple[str, str] | None:
        """A loguru sink: a path, a stream or function, or a handler that is a sink of its own where it is made."""
        given = self.box.position(fn, call, 0) or self.box.keyword(fn, call, "sink")
        held = self.box.symbols.resolve(given) if given is not None else ()
        made = [s.path.removesuffix("()") for s in held if isinstance(s, External)]
        if any(destination_of(path) is not None for path in made):
            return None
        streams = any(path.startswith("sys.") for path in made) or any(isinstance(s, Fn) for s in held)
        return ("console", "the console") if given is None or streams else ("file", "a local file")

    def _option(self, fn: Fn, call: ir.Call, name: str) -> str:
        """A literal argument in small letters, empty where it is none."""
        given = self.box.keyword(fn, call, name)
        held = self.box.program.value(given) if given else None
        return held.text.lower() if isinstance(held, ir.Literal) else ""

    def _errors(self, fn: Fn, call: ir.Call, name: str) -> tuple[str, str]:
        """Sentry takes errors alone, unless its log product is switched on."""
        on = self._option(fn, call, "enable_logs") == "true"
        return ("external", name) if on else ("errors-only", name)

    def _sink(self, fn: Fn, block: int, location: Location, seen: tuple[str, str], address: str) -> LogSink:
        return LogSink(
            location,
            self.box.program.surface(fn.module),
            self.box.program.package_path(fn.module),
            *seen,
            wired=self.wiring.live(fn) and self._is_fed(fn, seen[1]) and self.mounted.runs(fn, block),
            opt_in=self._opt_in(fn, block),
            address=address,
        )

    def _is_fed(self, fn: Fn, destination: str) -> bool:
        """Whether something hands records to OpenTelemetry's exporter; other sinks are handlers themselves."""
        return destination.lower() != "otlp" or self.bridges.stand(self.box.program.modules[fn.module].language)

    def _opt_in(self, fn: Fn, block: int) -> bool:
        """Whether a condition stands before it, here or at every place that calls the function."""
        if self._conditional(fn, block):
            return True
        edges = [e for e in self.box.calls.into.get(fn, ()) if self.box.program.surface(e.caller.module).counts]
        return bool(edges) and all(self._conditional(edge.caller, edge.block) for edge in edges)

    def _conditional(self, fn: Fn, block: int) -> bool:
        """Whether a condition stands around a step, other than that the program is the one that was started."""
        held = (outer for outer in self.gates.around(fn, block) if outer.kind in _CONDITIONS)
        return any(outer.test < 0 or "__name__" not in self.gates.names(fn.at(outer.test)) for outer in held)
