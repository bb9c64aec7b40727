"""SA202: untrusted data becomes part of a log message."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.check import Edit, Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import put_at
from skillaudit.checks._servers import gated, records, stdio_only
from skillaudit.facts import Encoder, Facts, Flow, Form, LogCall, Nature, Step
from skillaudit.linking.knowledge.vocabulary import names_identifier
from skillaudit.model import Confidence, Location, Severity

_UNTRUSTED = {
    Nature.ARGUMENT, Nature.ARGUMENTS, Nature.MESSAGE, Nature.REQUEST, Nature.HEADERS, Nature.BODY, Nature.UPSTREAM,
    Nature.RESPONSE, Nature.TOKENS,
}  # fmt: skip
_ANSWERS = {Nature.UPSTREAM, Nature.RESPONSE, Nature.TOKENS}
_WORKER = re.compile(r"(?:^|/)wrangler\.(?:toml|jsonc?)$")
_QUOTING = {"slog", "logrus"}
"""Text encoders that quote a message with a line break in it: Go's slog.TextHandler, and logrus where no terminal reads."""


@check(
    "SA202",
    title="Untrusted data interpolated into a log message",
    asks="Is data that a client or an upstream system chose kept out of the text of messages?",
    why="In a line-based log, a line break in the data starts a new, forged record. Even in a JSON log a message that varies "
    "with its data cannot be searched or alerted on by name.",
    remediation=Remediation(
        "Keep the message constant and pass the data as fields to a JSON encoder; where the log must stay text, take the line "
        "breaks out (`repr`, `JSON.stringify`, or a replacement of CR and LF).",
        (
            Example("structlog", "python", 'log.info("search", query_hash=digest(query))'),
            Example("logging", "python", 'logger.info("search for %r", query)'),
            Example("pino", "ts", 'log.info({queryHash: digest(query)}, "search");'),
            Example("slog", "go", 'slog.Info("search", "query_hash", digest(query))'),
        ),
    ),
    references=(
        Reference(
            "CWE-117: Improper Output Neutralization for Logs", "https://cwe.mitre.org/data/definitions/117.html"
        ),
        Reference(
            "OWASP Logging Cheat Sheet", "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html"
        ),
    ),
)
def sa202(facts: Facts) -> Iterator[Observation]:
    """Flows of untrusted data in the form of message text, unless line breaks were taken out on the way."""
    calls = list(records(facts))
    if not calls:
        yield NotApplicable("production code writes no record")
    carried: dict[Location, list[Finding]] = {}
    for call in calls:
        flow = min((f for f in call.flows if _forges(f)), key=lambda f: put_at(f) is not None, default=None)
        what = f"{_said(flow)} becomes part of the message" if flow else "the message holds no untrusted data"
        yield Evidence(call.location, flow is None, what, call.package, call.surface)
        if flow is not None and (put := put_at(flow)):
            carried.setdefault(put, []).append(_finding(facts, call, flow))
        elif flow is not None:
            yield _finding(facts, call, flow)
    yield from map(_together, carried.values())


def _together(several: list[Finding]) -> Finding:
    """What one error carries to several handlers is one finding, at the first log of the gravest."""
    first = min(several, key=lambda finding: (not finding.surface.counts, finding.severity.rank))
    again = tuple(Step(one.location, "the same error is logged here") for one in several if one is not first)
    return replace(first, related=(*first.related, *again))


def _forges(flow: Flow) -> bool:
    """Whether the value can hold a line break and arrives as it came."""
    numbered = flow.nature is Nature.UPSTREAM and names_identifier(flow.name)
    return flow.form is Form.MESSAGE and flow.nature in _UNTRUSTED and not flow.escaped and not numbered


def _finding(facts: Facts, call: LogCall, flow: Flow) -> Finding:
    json = call.encoder is Encoder.JSON
    quoting = call.library in _QUOTING
    kept = call.library == "console" and _kept_one_by_one(facts, call.package)
    mild = json or quoting or kept or flow.nature in _ANSWERS or stdio_only(facts, call.package)
    effect = " in a text log, where a line break forges a record"
    if json or quoting or kept:
        why = (
            "it is JSON"
            if json
            else "its library quotes line breaks"
            if quoting
            else "its platform keeps each call apart"
        )
        effect = f", which is no longer constant; no record can be forged in this log, for {why}"
    return Finding(
        severity=Severity.LOW if mild else gated(call, Severity.MEDIUM),
        confidence=call.confidence if flow.certain else Confidence.MEDIUM,
        surface=call.surface,
        package=call.package,
        location=call.location,
        message=f"{_said(flow)} becomes part of the message{effect}",
        level=call.level,
        gate=call.gate,
        fix="keep the message constant and log the value as a field of its own",
        related=tuple(Step(place, "the record is written here") for place in call.via),
        trace=flow.trace,
        edit=_edit(call, flow),
    )


def _said(flow: Flow) -> str:
    """The value by its name, or by what it is where it has none."""
    return f"`{flow.name}` ({flow.nature})" if " " not in flow.name else flow.nature[0].upper() + flow.nature[1:]


def _kept_one_by_one(facts: Facts, package: str) -> bool:
    """Whether a Cloudflare Worker writes it: each call of its console is one event, whatever line breaks it holds.

    Source: Cloudflare's documentation of Workers Logs.
    """
    return any(one.package == package and _WORKER.search(one.location.path) for one in facts.deployments)


def _edit(call: LogCall, flow: Flow) -> Edit | None:
    """In a Python f-string the value's representation holds no line break."""
    if not call.interpolated or not call.location.path.endswith(".py"):
        return None
    return Edit(f"{{{flow.name}}}", f"{{{flow.name}!r}}")
