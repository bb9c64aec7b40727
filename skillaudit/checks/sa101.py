"""SA101: no structured security logger."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, Observation, Reference, Remediation, State, check
from skillaudit.checks._servers import first_tool, records, servers, without_tools
from skillaudit.facts import Encoder, Facts, LogCall
from skillaudit.model import Confidence, Severity, Surface


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
    """One question for each package that registers tools."""
    packages = servers(facts)
    if not packages:
        yield from without_tools(facts)
    calls = list(records(facts))
    for package in packages:
        own = [call for call in calls if call.package == package] or (calls if len(packages) == 1 else [])
        yield from _judge(facts, package, own)


def _judge(facts: Facts, package: str, calls: list[LogCall]) -> Iterator[Observation]:
    events = [call for call in calls if call.encoder is Encoder.JSON and call.event]
    if events:
        names = ", ".join(sorted({call.event for call in events})[:3])
        yield Evidence(events[0].location, True, f"JSON records with event names: {names}", package)
        return
    place = first_tool(facts, package)
    state = _state(calls)
    yield State(state, package)
    yield Evidence(place, False, state, package)
    yield Finding(
        Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package, place,
        f"No structured security logger: {state}",
        fix="write one JSON record per event with a stable `event` name",
    )  # fmt: skip


def _state(calls: list[LogCall]) -> str:
    if not calls:
        return "no record at all"
    if sum(call.encoder is Encoder.JSON for call in calls) * 2 > len(calls):
        return "JSON records, but none with a stable event name"
    return "records are plain text"
