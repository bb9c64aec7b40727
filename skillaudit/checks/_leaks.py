"""How a value that reaches a log becomes a finding; shared by the checks on secrets."""

from collections.abc import Callable, Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation
from skillaudit.checks._servers import gated
from skillaudit.facts import Echo, EchoKind, Facts, Flow, LogCall, Nature, Sink, Step
from skillaudit.model import Confidence, Severity, Surface

Judge = Callable[[LogCall, Flow], Severity | None]
"""The severity of a flow before level, gate and surface are weighed; None where it is no finding."""

_FIXES = {
    "pino": "add the path to `redact.paths` where the logger is made",
    "winston": "remove the field in a format before `format.json()`",
    "structlog": "drop or hash the key in a processor before the renderer",
    "slog": "replace the attribute in `HandlerOptions.ReplaceAttr`",
    "zap": "log a field that is safe instead of the value",
    "logging": "leave the value out, or hash it before the call",
}


def leaks(
    facts: Facts, natures: set[Nature], judge: Judge, message: Callable[[LogCall, Flow], str]
) -> Iterator[Observation]:
    """One finding for each log call that a flow of these natures reaches, met evidence for every other one."""
    calls = [call for call in facts.log_calls if call.surface.analysed]
    if not any(call.surface.counts for call in calls):
        yield NotApplicable("production code writes no record")
    for call in calls:
        found = next(
            ((flow, sev) for flow in call.flows if flow.nature in natures and (sev := judge(call, flow))), None
        )
        if found is None:
            if call.surface.counts:
                yield Evidence(call.location, True, "no such value reaches this record", call.package, call.surface)
            continue
        flow, severity = found
        yield Evidence(call.location, False, f"`{flow.name}` reaches this record", call.package, call.surface)
        yield _finding(call, flow, severity, message(call, flow))


def _finding(call: LogCall, flow: Flow, severity: Severity, message: str) -> Finding:
    weighed = gated(call, severity)
    if call.surface is Surface.CLI or call.sink is Sink.SPAN:
        weighed = Severity.LOW
    return Finding(
        severity=weighed,
        confidence=_confidence(call, flow),
        surface=call.surface,
        package=call.package,
        location=call.location,
        message=message,
        level=call.level,
        gate=call.gate,
        fix=_FIXES.get(call.library, "leave the value out, or log a hash of it"),
        related=tuple(Step(place, "the record is written here") for place in call.via),
        trace=flow.trace,
    )


def _confidence(call: LogCall, flow: Flow) -> Confidence:
    if flow.certain and call.confidence is Confidence.HIGH:
        return Confidence.HIGH
    return Confidence.MEDIUM


def echoed(
    facts: Facts,
    kinds: set[EchoKind],
    judge: Callable[[Echo, Flow], Severity | None],
    message: Callable[[Echo, Flow], str],
    fix: str,
) -> Iterator[Finding]:
    """One finding for each error or answer of these kinds that a flow reaches."""
    for echo in facts.echoes:
        found = ((flow, severity) for flow in echo.flows if (severity := judge(echo, flow)))
        first = next(found, None) if echo.kind in kinds else None
        if first is not None:
            flow, severity = first
            yield Finding(
                severity=Severity.LOW if echo.surface is Surface.CLI else severity,
                confidence=Confidence.HIGH if flow.certain else Confidence.MEDIUM,
                surface=echo.surface,
                package=echo.package,
                location=echo.location,
                message=message(echo, flow),
                fix=fix,
                trace=flow.trace,
            )


def reader(call: LogCall) -> str:
    """Who gets to see the record."""
    match call.sink:
        case Sink.CLIENT:
            return "sent to the client"
        case Sink.SPAN:
            return "attached to a trace"
        case _:
            return f"written to the {call.level} log"
