"""SA401: no external sink."""

import re
from collections.abc import Iterator

from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    State,
    Unknown,
    check,
)
from skillaudit.checks._servers import first_tool, servers, stdio_only
from skillaudit.facts import Facts, LogSink
from skillaudit.model import Confidence, Severity, Surface

_DEPLOYMENT = re.compile(
    r"(?:^|/)(?:(?:docker-)?compose[^/]*\.ya?ml|[^/]*\.tf|Chart\.yaml|serverless\.ya?ml|fly\.toml|render\.yaml|Procfile|[^/]*\.service)$"
)
_PLATFORM = re.compile(r"(?:^|/)wrangler\.(?:toml|jsonc?)$")


@check(
    "SA401",
    title="No external log sink",
    asks="Do records leave the host, to a place that the server cannot rewrite?",
    why="Whoever takes over the host can delete the logs on it. Records that were forwarded when they were written survive.",
    remediation=Remediation(
        "Forward records from the process or from its platform to an append-only sink: CloudWatch, Loki, an OTLP collector, a SIEM.",
        (
            Example(
                "OpenTelemetry",
                "python",
                "provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))",
            ),
            Example(
                "pino",
                "ts",
                'pino({transport: {targets: [{target: "pino-loki", options: {host: process.env.LOKI_URL}}]}});',
            ),
        ),
    ),
    references=(
        Reference("CWE-779/CWE-778: logging that does not survive", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference(
            "NIST SP 800-92: Guide to Computer Security Log Management", "https://csrc.nist.gov/pubs/sp/800/92/final"
        ),
    ),
)
def sa401(facts: Facts) -> Iterator[Observation]:
    """Exporters in code that production code reaches. Deployment configuration is not read in this version."""
    packages = servers(facts)
    if not packages:
        yield NotApplicable("no tools are registered here: a library or framework forwards nothing by itself")
    deployed = any(_DEPLOYMENT.search(file.path) for file in facts.inventory.files)
    platforms = [file.path for file in facts.inventory.files if _PLATFORM.search(file.path)]
    for package in packages:
        own = [path for path in platforms if path.startswith(f"{package}/" if package else "")]
        yield from _judge(facts, package, deployed=deployed, platform=min(own, default=""))


def _judge(facts: Facts, package: str, *, deployed: bool, platform: str) -> Iterator[Observation]:
    held = [s for s in facts.sinks if s.surface.counts and _serves(facts, s, package)]
    own = [s for s in held if s.kind == "external"]
    wired = sorted((s for s in own if s.wired), key=lambda s: (s.opt_in, s.package != package, s.location))
    if wired:
        option = ", where it is switched on" if wired[0].opt_in else ""
        yield Evidence(wired[0].location, True, f"records go to {wired[0].destination}{option}", package)
        return
    if platform:
        yield Unknown(
            f"the platform's settings in {platform} may forward records; this version does not read them", package
        )
        return
    place = own[0].location if own else first_tool(facts, package)
    state = _state(own, [s for s in held if s.kind == "errors-only"], [s for s in held if s.kind == "file"])
    severity = Severity.MEDIUM if deployed and not stdio_only(facts, package) else Severity.LOW
    yield State(state, package)
    yield Evidence(place, False, state, package)
    yield Finding(severity, Confidence.HIGH, Surface.PRODUCTION, package, place,
                  f"The code sends no records off the host: {state}", fix="add an exporter for logs where the logger is set up")  # fmt: skip


def _serves(facts: Facts, sink: LogSink, package: str) -> bool:
    """Whether a sink is the package's own, or stands in a package that is no server itself: a shared one."""
    return sink.package == package or sink.package not in servers(facts)


def _state(own: list[LogSink], errors: list[LogSink], files: list[LogSink]) -> str:
    if own:
        return f"a sink for {own[0].destination} is defined, not wired"
    if errors:
        return "only errors are sent out"
    return "the code writes a file on the same host" if files else "no exporter for logs in the code"
