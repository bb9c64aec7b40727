"""Where the code itself sends its records: exporters, remote handlers, files.

Traces, metrics and analytics are no logs, and a tracker of errors sees only errors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import LogSink
from skillaudit.linking import forwarders
from skillaudit.linking.bridges import Bridges
from skillaudit.linking.gates import Gates
from skillaudit.linking.program import Cls, Fn
from skillaudit.linking.sinkplaces import SinkPlaces
from skillaudit.linking.symbols import External
from skillaudit.linking.toolbox import Toolbox
from skillaudit.linking.wiring import Wiring
from skillaudit.model import Location

_GOOGLE, _AZURE = "Google Cloud Logging", "Azure Monitor"
_EXTERNAL = {
    "watchtower.CloudWatchLogHandler": "CloudWatch", "logging.handlers.SysLogHandler": "syslog",
    "logging.handlers.HTTPHandler": "HTTP", "logging.handlers.SocketHandler": "socket",
    "logging.handlers.DatagramHandler": "socket", "logging_loki.LokiHandler": "Loki",
    "logging_loki.LokiQueueHandler": "Loki", "google.cloud.logging.Client().setup_logging": _GOOGLE,
    "google.cloud.logging.handlers.CloudLoggingHandler": _GOOGLE, "splunk_handler.SplunkHandler": "Splunk",
    "google.cloud.logging_v2.handlers.CloudLoggingHandler": _GOOGLE, "logtail.LogtailHandler": "Better Stack",
    "opencensus.ext.azure.log_exporter.AzureLogHandler": _AZURE, "graypy.GELFUDPHandler": "Graylog",
    "azure.monitor.opentelemetry.configure_azure_monitor": _AZURE, "graypy.GELFTCPHandler": "Graylog",
    "azure.monitor.opentelemetry.exporter.AzureMonitorLogExporter": _AZURE, "graypy.GELFTLSHandler": "Graylog",
    "cmreslogging.handlers.CMRESHandler": "Elasticsearch",
    "logstash_async.handler.AsynchronousLogstashHandler": "Logstash",
    "logstash.TCPLogstashHandler": "Logstash", "fluent.handler.FluentHandler": "Fluentd",
    "fluent.asynchandler.FluentHandler": "Fluentd", "coralogix.handlers.CoralogixLogger": "Coralogix",
    "datadog_api_client.v2.api.logs_api.LogsApi().submit_log": "Datadog",
    "aws_lambda_powertools.Logger": "CloudWatch (Lambda)",
    "axiom_py.logging.AxiomHandler": "Axiom", "newrelic_telemetry_sdk.LogClient": "New Relic",
    "logfire.configure": "Logfire",
}  # fmt: skip
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
_CONDITIONS = {"if", "else", "case"}


def sinks(box: Toolbox, gates: Gates) -> Iterator[LogSink]:
    """Every sink that code sets up; one that production never reaches is not ``wired``."""
    held = _Sinks(box, gates, Wiring(box), SinkPlaces(box), Bridges(box))
    yield from held.marked()
    yield from held.python()
    yield from held.own()


def destination_of(path: str) -> tuple[str, str] | None:
    """Kind and destination of what a handler or exporter of this dotted path sends to; None where it is none."""
    if path in _EXTERNAL:
        return "external", _EXTERNAL[path]
    if _OTLP.match(path):
        return "external", "OTLP"
    if path in _CONSOLES:
        return "console", "the console"
    return ("file", "a local file") if path in _FILES else None


@dataclass(frozen=True, slots=True)
class _Sinks:
    box: Toolbox
    gates: Gates
    wiring: Wiring
    places: SinkPlaces
    bridges: Bridges

    def marked(self) -> Iterator[LogSink]:
        """What the rules recognise."""
        program = self.box.program
        for mark, roles, fn, block in program.marked("log_sink"):
            kind = "external" if roles.get("kind") == "syslog" else roles.get("kind", "external")
            location = program.location(fn.module, mark.line, mark.end_line)
            address = self.places.of_lines(fn, mark.line, max(mark.line, mark.end_line))
            yield self._sink(fn, block, location, (kind, roles.get("destination", mark.rule)), address)

    def python(self) -> Iterator[LogSink]:
        """Handlers and exporters of Python libraries, where they are made."""
        program = self.box.program
        for fn in program.functions():
            if program.modules[fn.module].language == "python":
                for _, call, block in program.calls(fn):
                    if seen := self._library(fn, call):
                        place = program.location(fn.module, call.line, call.end_line)
                        yield self._sink(fn, block, place, seen[:2], self.places.of_call(fn, call, seen[2]))

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
            return ("file", "a local file") if self._is_file(fn, call) else ("console", "the console")
        return destination_of(path)

    def _basic(self, fn: Fn, call: ir.Call) -> tuple[str, str] | None:
        """With a file name a file, with handlers whatever those are, else the console."""
        if self.box.keyword(fn, call, "handlers") is not None:
            return None
        return ("file", "a local file") if self.box.keyword(fn, call, "filename") else ("console", "the console")

    def _is_file(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a loguru sink is a path, and not a stream or a function."""
        given = self.box.position(fn, call, 0) or self.box.keyword(fn, call, "sink")
        if given is None:
            return False
        held = self.box.symbols.resolve(given)
        streams = any(isinstance(s, External) and s.path.startswith("sys.") for s in held)
        return not streams and not any(isinstance(s, Fn) for s in held)

    def _errors(self, fn: Fn, call: ir.Call, name: str) -> tuple[str, str]:
        """Sentry takes errors alone, unless its log product is switched on."""
        given = self.box.keyword(fn, call, "enable_logs")
        held = self.box.program.value(given) if given else None
        on = isinstance(held, ir.Literal) and held.text.lower() == "true"
        return ("external", name) if on else ("errors-only", name)

    def _sink(self, fn: Fn, block: int, location: Location, seen: tuple[str, str], address: str) -> LogSink:
        return LogSink(
            location,
            self.box.program.surface(fn.module),
            self.box.program.package_path(fn.module),
            *seen,
            wired=self.wiring.live(fn) and self._is_fed(fn, seen[1]),
            opt_in=self._opt_in(fn, block),
            address=address,
        )

    def _is_fed(self, fn: Fn, destination: str) -> bool:
        """Whether something hands records to OpenTelemetry's exporter; other sinks are handlers themselves."""
        return destination.lower() != "otlp" or self.bridges.stand(self.box.program.modules[fn.module].language)

    def _opt_in(self, fn: Fn, block: int) -> bool:
        """Whether a condition stands before it, here or at every place that calls the function."""
        if any(outer.kind in _CONDITIONS for outer in self.gates.around(fn, block)):
            return True
        edges = [e for e in self.box.calls.into.get(fn, ()) if self.box.program.surface(e.caller.module).counts]
        return bool(edges) and all(
            any(outer.kind in _CONDITIONS for outer in self.gates.around(edge.caller, edge.block)) for edge in edges
        )
