"""How a value that reaches a log becomes a finding; shared by the checks on secrets."""

from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, State
from skillaudit.checks._servers import gated
from skillaudit.facts import PUT, Echo, EchoKind, Facts, Flow, Form, LogCall, Nature, Sink, Step
from skillaudit.model import Confidence, Location, Severity, Surface


class _Leak(msgspec.Struct, frozen=True):
    """A log call and what of its flows is worth a finding."""

    call: LogCall
    flow: Flow
    severity: Severity


Judge = Callable[[LogCall, Flow], Severity | None]
"""The severity of a flow before level, gate and surface are weighed; None where it is no finding."""

_FIXES = {
    "pino": "add `{key}` to `redact.paths`",
    "winston": "remove `{key}` in a format before `format.json()`",
    "bunyan": "write a serializer for `{key}` that leaves the value out",
    "structlog": "drop or hash `{key}` in a processor before the renderer",
    "slog": "replace `{key}` in `HandlerOptions.ReplaceAttr`",
    "zap": "log a field that is safe instead of `{key}`",
    "zerolog": "log a field that is safe instead of `{key}`",
    "logrus": "drop `{key}` in a hook",
    "logging": "drop `{key}` in a `logging.Filter` on the handler",
    "loguru": "drop `{key}` in a patcher (`logger.configure(patcher=…)`)",
}
_LEAVE_OUT = "leave `{name}` out, or log whether it is set or a hash of it"


def _fix(facts: Facts, call: LogCall, flow: Flow) -> str:
    """What to write, and where the logger is made where a field can be hidden there; a message cannot."""
    known = _FIXES.get(call.library)
    if flow.form is not Form.FIELD or known is None:
        return _LEAVE_OUT.format(name=flow.name)
    key = flow.field or flow.name
    if flow.nature is Nature.HEADERS:
        key = f"{flow.field or 'headers'}.authorization"
    made = [one for one in facts.loggers if one.library == call.library and one.surface.counts]
    own = [one for one in made if one.package == call.package] or made
    place = f" in {own[0].location}" if own else " where the logger is made"
    return f"{call.library}: {known.format(key=key)}{place}; better, leave it out of the record"


def _never(_: LogCall, __: Flow) -> str:
    return ""


def leaks(
    facts: Facts,
    natures: set[Nature],
    judge: Judge,
    message: Callable[[LogCall, Flow], str],
    told_by: Callable[[LogCall, Flow], str] = _never,
) -> Iterator[Observation]:
    """One finding for each log call that a flow of these natures reaches, met evidence for every other one.

    ``told_by`` names the check whose finding a flow is where it is none here, else nothing: such a record is not clean.
    """
    calls = [call for call in facts.log_calls if call.surface.analysed]
    if not any(call.surface.counts for call in calls):
        yield NotApplicable("production code writes no record")
    for kept in facts.unused:
        if kept.kind in {nature.value for nature in natures}:
            yield State(f"{kept.name} ({kept.location}) is never called: its records are not written", kept.package)
    carried: dict[Location, list[_Leak]] = {}
    for call in calls:
        told = [flow for flow in call.flows if flow.nature in natures]
        found = _first([_Leak(call, flow, severity) for flow in told if (severity := judge(call, flow))])
        if found is None:
            if call.surface.counts:
                yield _clean(call, next(((f, by) for f in told if (by := told_by(call, f))), None))
        elif put := put_at(found.flow):
            carried.setdefault(put, []).append(found)
        else:
            yield from _told(facts, found, message, ())
    for several in carried.values():
        first, *others = sorted(several, key=lambda leak: (not leak.call.surface.counts, not leak.call.operator))
        yield from _told(facts, first, message, others)


def put_at(flow: Flow) -> Location | None:
    """Where a value was put into an error that carried it to its handler; None where none did."""
    return next((step.location for step in flow.trace if step.note == PUT), None)


def _clean(call: LogCall, elsewhere: tuple[Flow, str] | None) -> Evidence:
    if elsewhere is None:
        return Evidence(call.location, True, "no such value reaches this record", call.package, call.surface)
    flow, told = elsewhere
    what = f"`{flow.name}` reaches this record"
    return Evidence(call.location, False, what, call.package, call.surface, told=told)


def _first(held: list[_Leak]) -> _Leak | None:
    """The one to tell of: of credentials that only their names make such, the one that was followed furthest."""
    if not held or held[0].flow.certain or held[0].flow.nature is not Nature.CREDENTIAL:
        return held[0] if held else None
    same = [one for one in held if one.flow.nature is Nature.CREDENTIAL and not one.flow.certain]
    return max((one for one in same if one.severity is held[0].severity), key=lambda one: len(one.flow.trace))


def _told(
    facts: Facts, leak: _Leak, message: Callable[[LogCall, Flow], str], others: Iterable[_Leak]
) -> Iterator[Observation]:
    """One finding; what one exception carries to several handlers is one leak."""
    call, flow = leak.call, leak.flow
    yield Evidence(call.location, False, f"`{flow.name}` reaches this record", call.package, call.surface)
    finding = _finding(facts, call, flow, leak.severity, message(call, flow))
    again = tuple(Step(other.call.location, "the same exception is logged here") for other in others)
    yield replace(finding, related=(*finding.related, *again))


def _finding(facts: Facts, call: LogCall, flow: Flow, severity: Severity, message: str) -> Finding:
    named = not flow.certain and any(step.note == PUT for step in flow.trace)
    weighed = gated(call, severity.lowered() if named else severity)
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
        fix=_fix(facts, call, flow),
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
            return "sent to an error tracker" if call.library == "sentry" else "attached to a trace"
        case Sink.CONTEXT:
            return "bound to the logger, and so written with every later record"
        case _:
            return f"written to the {call.level} log"
