"""Attributes and events of OpenTelemetry spans, and what Sentry is told: they leave the host as records do."""

import re

from skillaudit.facts import Level, Sink
from skillaudit.linking.knowledge.logapis import LogApi

_SPAN = re.compile(
    r"^(?:opentelemetry\.|@opentelemetry/|go\.opentelemetry\.io/otel)\S*"
    r"(?:[sS]pan\w*|Start(?:WithContext)?|use_span|NonRecordingSpan)\(\)(?:\[\])?$"
)
_METHODS = {
    "set_attribute": ("fields", 0), "setAttribute": ("fields", 0), "set_attributes": ("object", 0),
    "setAttributes": ("object", 0), "SetAttributes": ("fields", 0), "add_event": ("fields", 0),
    "addEvent": ("fields", 0), "AddEvent": ("fields", 0), "record_exception": ("object", 0),
    "recordException": ("object", 0), "RecordError": ("object", 0),
}  # fmt: skip
_TRACER = re.compile(r"^(?:opentelemetry\.|@opentelemetry/|go\.opentelemetry\.io/otel)\S*(?:[tT]racer\w*|Tracer)\(\)$")
_STARTS = {
    "start_span": "fields", "start_as_current_span": "fields", "startSpan": "object", "startActiveSpan": "object",
    "Start": "fields",
}  # fmt: skip
"""Methods of tracers that take a span's first attributes behind its name."""

_TRACKER = re.compile(
    r"^(?:sentry_sdk|@sentry/[\w-]+|github\.com/getsentry/sentry-go|rollbar|bugsnag|@bugsnag/[\w-]+)(?:\.\w+(?:\(\))?)*$"
)
_MONITOR = re.compile(r"^(?:newrelic|ddtrace|dd-trace|elasticapm|elastic-apm-node|logfire)(?:\.\w+(?:\(\))?)*$")
_MONITORED = {
    "add_custom_attribute": "fields", "addCustomAttribute": "fields", "add_custom_attributes": "object",
    "addCustomAttributes": "object", "set_tag": "fields", "setTag": "fields", "set_tags": "object", "addTags": "object",
    "set_custom_context": "object", "setCustomContext": "object", "addLabels": "object", "span": "fields",
}  # fmt: skip
"""What agents of monitoring services attach to what is running."""

_TOLD = {
    "capture_message": "join", "captureMessage": "join", "set_context": "fields", "setContext": "fields",
    "set_extra": "fields", "setExtra": "fields", "set_extras": "object", "setExtras": "object", "set_tag": "fields",
    "setTag": "fields", "set_tags": "object", "setTags": "object", "add_breadcrumb": "fields",
    "addBreadcrumb": "object", "report_message": "join", "CaptureMessage": "join", "SetTag": "fields",
    "SetExtra": "fields", "SetContext": "fields", "SetTags": "object", "SetExtras": "object", "AddBreadcrumb": "object",
    "addMetadata": "fields",
    "add_metadata": "fields", "leaveBreadcrumb": "fields", "leave_breadcrumb": "fields",
}  # fmt: skip
_FAILURES = {"record_exception", "recordException", "RecordError"}
_NAMED = re.compile(r"(?:^|_)span$|Span$", re.IGNORECASE)
_TRACING = re.compile(r"opentelemetry|otel|telemetry|trac(?:e|er|ing)\b", re.IGNORECASE)


def span_api(path: str) -> LogApi | None:
    """The call of a span's method that a call of ``path`` is, if it is one."""
    receiver, _, method = path.rpartition(".")
    if method in _TOLD and _TRACKER.match(receiver):
        return LogApi("sentry", Level.INFO, Sink.SPAN, _TOLD[method])
    if method in _MONITORED and _MONITOR.match(receiver):
        return LogApi("span", Level.INFO, Sink.SPAN, _MONITORED[method])
    if method in _STARTS and _TRACER.match(receiver):
        return LogApi("span", Level.INFO, Sink.SPAN, _STARTS[method], 1)
    return _api(method) if method in _METHODS and _SPAN.match(receiver) else None


def span_by_name(base: str, method: str, imported: frozenset[str]) -> LogApi | None:
    """The same for what is only called a span, in a file that imports something of tracing."""
    known = method in _METHODS and _NAMED.search(base)
    return _api(method) if known and any(_TRACING.search(module) for module in imported) else None


def _api(method: str) -> LogApi:
    style, skip = _METHODS[method]
    return LogApi("span", Level.ERROR if method in _FAILURES else Level.INFO, Sink.SPAN, style, skip)
