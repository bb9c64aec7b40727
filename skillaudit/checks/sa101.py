"""SA101: no structured security logger."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, Observation, Reference, Remediation, State, check
from skillaudit.checks._processes import analytics, hosted, lent, place_to_mend, process_records, started
from skillaudit.checks._servers import servers, without_tools
from skillaudit.facts import Encoder, Facts, LogCall, Step
from skillaudit.model import Confidence, Severity, Surface

_SHOWN = 5


@check(
    "SA101",
    title="No structured security logger",
    asks="Does production code write JSON records with a stable event name?",
    why="Only a record with a name and fields can be searched, counted and alerted on. Without one, nobody sees the server being "
    "probed, tricked or drained.",
    remediation=Remediation(
        "Add one logger that writes a JSON object per event, with a constant `event` name, `ts`, a hashed caller and the fields "
        "that matter; call it where calls are rejected and where tools are called.",
        (
            Example(
                "structlog",
                "python",
                'structlog.configure(processors=[TimeStamper(key="ts"), JSONRenderer()])\nlog = structlog.get_logger()\nlog.warning("auth_failure", reason="token_expired", caller=digest(token))',
            ),
            Example(
                "pino",
                "ts",
                'const log = pino();\nlog.warn({event: "auth_failure", reason: "token_expired", callerId: hash(caller), ts: Date.now()});',
            ),
            Example(
                "slog",
                "go",
                'log := slog.New(slog.NewJSONHandler(os.Stderr, nil))\nlog.Warn("auth_failure", "event", "auth_failure", "reason", "token_expired")',
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa101(facts: Facts) -> Iterator[Observation]:
    """One question for each package that serves tools."""
    if not servers(facts):
        yield from without_tools(facts)
    yield from hosted(facts)
    for package in started(facts):
        yield from _judge(facts, package, process_records(facts, package))


def _judge(facts: Facts, package: str, calls: list[LogCall]) -> Iterator[Observation]:
    recorded = (call for call in calls if call.encoder is Encoder.JSON and call.event)
    events = sorted(recorded, key=lambda call: (call.event, call.location))
    if events:
        names = ", ".join(list(dict.fromkeys(call.event for call in events))[:3])
        yield Evidence(events[0].location, True, f"JSON records with event names: {names}", package)
        return
    counted = analytics(facts, package)
    place = place_to_mend(facts, package, calls)
    state = _state(package, calls)
    aside = f"; `{counted[0].what}` hands events to analytics, which no log keeps" if counted else ""
    yield State(state, package)
    yield Evidence(place, False, f"{state}{aside}", package)
    yield Finding(
        Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package, place,
        f"No structured security logger: {state}{aside}",
        fix="write one JSON record per event with a stable `event` name",
        related=tuple(Step(one.location, "handed to analytics") for one in counted[:_SHOWN]),
    )  # fmt: skip


def _state(package: str, calls: list[LogCall]) -> str:
    if not calls:
        return "no log record at all"
    shared = lent(package, calls)
    whose = f", all of them those of {shared}, which it runs" if shared else ""
    json = sum(call.encoder is Encoder.JSON for call in calls)
    if json * 2 > len(calls):
        return f"JSON records, but none with a stable event name{whose}"
    if json:
        return f"{json} of {len(calls)} records are JSON, none with a stable event name{whose}"
    if all(call.encoder is Encoder.UNKNOWN for call in calls):
        return f"how its records are written could not be resolved{whose}"
    return f"records are plain text{whose}"
