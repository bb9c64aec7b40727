"""SA203: a raw error or stack is the only signal of a failure."""

import re
from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._servers import records, servers, without_tools
from skillaudit.facts import Encoder, Facts, LogCall, Nature, Step
from skillaudit.model import Confidence, Severity, Surface

_SHOWN = 25
_SENTENCE = 3
_NOT_A_SIGNAL = {"exc_info", "stack_info", "err", "error", "e", "ex", "exc", "exception", "stack", "message", "msg"}
_WORD = re.compile(r"[A-Za-z]{3,}")
_EMPTY_WORDS = {
    "error", "errors", "err", "exception", "exceptions", "failed", "failure", "fail", "fatal", "unhandled", "uncaught",
    "unexpected", "occurred", "warning", "warn", "the", "with", "was", "has", "got", "caught", "global", "catch", "and",
    "traceback", "stack", "something", "went", "wrong", "oops", "msg", "message",
}  # fmt: skip


@check(
    "SA203",
    title="Raw error is the only signal",
    asks="Where something fails, is there a field to search by, and not only the error's text or stack?",
    why="An error's text changes with every library version and holds whatever the caller sent. Nobody can count it or "
    "alert on it, although the server writes structured events elsewhere.",
    remediation=Remediation(
        "Write the event beside the error: a constant name, the kind of failure, the tool or the hashed caller; keep the "
        "stack as a field of its own.",
        (
            Example(
                "structlog",
                "python",
                'except UpstreamError as error:\n    log.exception("upstream_failure", tool=name, reason=type(error).__name__)',
            ),
            Example("pino", "ts", 'log.error({event: "upstream_failure", tool: name, err: error});'),
            Example(
                "slog",
                "go",
                'log.Error("upstream_failure", "tool", name, "reason", reasonOf(err), "error", err.Error())',
            ),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference(
            "OWASP Logging Cheat Sheet", "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html"
        ),
    ),
)
def sa203(facts: Facts) -> Iterator[Observation]:
    """The records of failures, in packages that write structured events: elsewhere SA101 is the finding."""
    if not servers(facts):
        yield from without_tools(facts)
        return
    calls = list(records(facts))
    for package in servers(facts):
        own = [call for call in calls if call.package == package] or (calls if len(servers(facts)) == 1 else [])
        if any(call.encoder is Encoder.JSON and call.event for call in own):
            yield from _judge(package, [call for call in own if call.handler or _carries_error(call)])
        else:
            yield NotApplicable("it writes no structured events, which is SA101's finding", package)


def _judge(package: str, failures: Sequence[LogCall]) -> Iterator[Observation]:
    raw = [call for call in failures if _is_raw(call)]
    for call in failures:
        what = "the raw error is all it says" if call in raw else "says what failed"
        yield Evidence(call.location, call not in raw, what, package)
    if not failures:
        yield NotApplicable("it writes no record of a failure", package)
    if raw:
        first = min(raw, key=lambda call: call.location)
        rest = sorted(call.location for call in raw if call.location != first.location)
        yield Finding(
            Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, package, first.location,
            f"{len(raw)} of {len(failures)} records of failures say nothing but the raw error",
            fix="write a constant event name and fields beside the error",
            related=tuple(Step(place, "the raw error is all it says") for place in rest[:_SHOWN]),
        )  # fmt: skip


def _carries_error(call: LogCall) -> bool:
    return any(flow.nature is Nature.EXCEPTION for flow in call.flows)


def _is_raw(call: LogCall) -> bool:
    """Whether the record is the text of an exception, with nothing that can be searched by and no words of its own."""
    words = {word.lower() for word in _WORD.findall(call.message)} - _EMPTY_WORDS
    if call.event or words or set(call.fields) - _NOT_A_SIGNAL:
        return False
    if call.encoder is Encoder.JSON and not call.interpolated:
        return False  # the error and its stack are fields
    if not call.interpolated and len(_WORD.findall(call.message)) >= _SENTENCE:
        return False  # a constant sentence in front of the error can be searched for
    return call.handler or _carries_error(call)
