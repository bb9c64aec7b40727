"""Where the code itself sends its records: exporters, remote handlers, files. Traces, metrics and analytics do not count."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.facts import LogSink
from skillaudit.linking.gates import Gates
from skillaudit.linking.program import Fn
from skillaudit.linking.symbols import External
from skillaudit.linking.toolbox import Toolbox
from skillaudit.model import Location

_EXTERNAL = {
    "watchtower.CloudWatchLogHandler": "CloudWatch", "logging.handlers.SysLogHandler": "syslog", "logging.handlers.HTTPHandler": "HTTP",
    "logging.handlers.SocketHandler": "socket", "logging.handlers.DatagramHandler": "socket", "logging_loki.LokiHandler": "Loki",
    "logging_loki.LokiQueueHandler": "Loki", "google.cloud.logging.Client().setup_logging": "Google Cloud Logging",
    "google.cloud.logging.handlers.CloudLoggingHandler": "Google Cloud Logging", "splunk_handler.SplunkHandler": "Splunk",
    "google.cloud.logging_v2.handlers.CloudLoggingHandler": "Google Cloud Logging", "logtail.LogtailHandler": "Better Stack",
    "opencensus.ext.azure.log_exporter.AzureLogHandler": "Azure Monitor", "azure.monitor.opentelemetry.configure_azure_monitor": "Azure Monitor",
    "graypy.GELFUDPHandler": "Graylog", "graypy.GELFTCPHandler": "Graylog", "cmreslogging.handlers.CMRESHandler": "Elasticsearch",
    "aws_lambda_powertools.Logger": "CloudWatch (Lambda)",
}  # fmt: skip
_OTLP = re.compile(
    r"^opentelemetry\.exporter\.otlp\..*(?:log|Log).*OTLPLogExporter$|^opentelemetry\.exporter\.otlp\.proto\.\w+\._log_exporter\.OTLPLogExporter$"
)
_FILES = {
    "logging.FileHandler", "logging.handlers.RotatingFileHandler", "logging.handlers.TimedRotatingFileHandler",
    "logging.handlers.WatchedFileHandler",
}  # fmt: skip
_ERRORS = {"sentry_sdk.init", "@sentry/node.init", "bugsnag.configure", "rollbar.init"}


def sinks(box: Toolbox, gates: Gates) -> Iterator[LogSink]:
    """Every sink that code sets up; one that only unreachable code sets up is not ``wired``."""
    for mark, roles, fn, block in box.program.marked("log_sink"):
        kind = "external" if roles.get("kind") == "syslog" else roles.get("kind", "external")
        location = box.program.location(fn.module, mark.line, mark.end_line)
        yield _sink(box, gates, fn, block, location, (kind, roles.get("destination", mark.rule)))
    for fn in box.program.functions():
        if box.program.modules[fn.module].language == "python":
            for _, call, block in box.program.calls(fn):
                for seen in _python(box, fn, call):
                    yield _sink(box, gates, fn, block, box.program.location(fn.module, call.line, call.end_line), seen)


def _sink(box: Toolbox, gates: Gates, fn: Fn, block: int, location: Location, seen: tuple[str, str]) -> LogSink:
    return LogSink(
        location,
        box.program.surface(fn.module),
        box.program.package_path(fn.module),
        *seen,
        wired=_wired(box, fn),
        opt_in=any(outer.kind in {"if", "case"} for outer in gates.around(fn, block)),
    )


def _python(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[tuple[str, str]]:
    for symbol in box.symbols.resolve(fn.at(call.callee)):
        if not isinstance(symbol, External):
            continue
        if symbol.path in _EXTERNAL:
            yield "external", _EXTERNAL[symbol.path]
        elif _OTLP.match(symbol.path):
            yield "external", "OTLP"
        elif symbol.path in _FILES or (symbol.path == "loguru.logger.add" and box.position(fn, call, 0)):
            yield "file", "a local file"
        elif symbol.path in _ERRORS:
            yield "errors-only", "Sentry"


def _wired(box: Toolbox, fn: Fn) -> bool:
    """Whether the function that sets the sink up is the module's body, or is called or handed on in production."""
    seen: set[Fn] = set()
    front = [fn]
    while front:
        current = front.pop()
        function = box.program.function(current)
        if current.number == 0 or function.name in {"main", "init"} or function.decorators:
            return True
        seen.add(current)
        for edge in box.calls.into.get(current, ()):
            if edge.caller not in seen and box.program.surface(edge.caller.module).counts:
                front.append(edge.caller)
        owner = box.symbols.owner(current)
        if owner is not None and function.name in {"__init__", "constructor"}:
            return True
        parent = Fn(current.module, function.parent)
        if function.parent > 0 and parent not in seen:
            front.append(parent)
    return False
