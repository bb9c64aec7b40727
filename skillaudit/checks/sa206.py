"""SA206: logging is switched off."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._servers import first_tool, servers, without_tools, writes_nothing
from skillaudit.facts import Facts, Sink
from skillaudit.lapses import Mute
from skillaudit.model import Confidence, Severity, Surface


@check(
    "SA206",
    title="Logging switched off",
    asks="Does the server leave its own logging on when it runs in production?",
    why="Every record in the code is worth nothing where the process throws all of them away before they are written.",
    remediation=Remediation(
        "Leave logging on by default and let the operator lower the level. On stdio write to standard error instead of "
        "switching it off; turn single noisy libraries down by their own loggers.",
        (
            Example(
                "logging",
                "python",
                'logging.basicConfig(stream=sys.stderr, level=os.environ.get("LOG_LEVEL", "INFO"))\n'
                'logging.getLogger("httpx").setLevel(logging.WARNING)',
            ),
            Example("pino", "ts", 'const log = pino({level: process.env.LOG_LEVEL ?? "info"}, pino.destination(2));'),
            Example("slog", "go", "slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))"),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa206(facts: Facts) -> Iterator[Observation]:
    """Applications only: a library leaves the decision to who uses it."""
    if not servers(facts):
        yield from without_tools(facts)
        return
    libraries = _libraries(facts)
    muted = [mute for mute in facts.mutes if mute.surface.counts and not (mute.printed and _guarded(facts, mute))]
    for package in servers(facts):
        own = [mute for mute in muted if mute.package == package]
        if package in libraries and not own:
            yield NotApplicable("a library leaves logging to the application", package)
        elif not own and writes_nothing(facts, package):
            yield NotApplicable("the server writes no record that could be switched off (see SA105)", package)
        elif not own:
            yield Evidence(first_tool(facts, package), True, "nothing switches logging off", package)
    for mute in muted:
        if mute.package not in libraries:
            yield Evidence(mute.location, False, mute.what, mute.package)
            yield Finding(
                Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, mute.package, mute.location,
                f"Logging is switched off: {mute.what}", fix="leave it on by default, at a level the operator sets",
            )  # fmt: skip


def _guarded(facts: Facts, mute: Mute) -> bool:
    """Whether standard output is no log: it is the protocol's, or no record is written there."""
    piped = any(one.kind == "stdio" and one.package == mute.package for one in facts.transports)
    records = (one for one in facts.log_calls if one.package == mute.package and one.surface.counts)
    return piped or not any(one.sink is Sink.STDOUT and one.operator for one in records)


def _libraries(facts: Facts) -> set[str]:
    """The packages that call themselves libraries and start no server: one that does is the application."""
    named = {package.path for package in facts.inventory.packages if package.kind == "library"}
    return named - {transport.package for transport in facts.transports}
