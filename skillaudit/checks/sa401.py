"""SA401: no external sink."""

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
from skillaudit.checks._forwarding import said
from skillaudit.checks._processes import hosted, place_to_mend, started
from skillaudit.checks._servers import servers, stdio_only
from skillaudit.facts import Facts, LogSink, Step
from skillaudit.forward import Stage, Standing
from skillaudit.model import Confidence, Severity, Surface

_SHOWN = 5


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
    """Chains that reach a destination off the process's own disk and console, in code or in configuration."""
    packages = servers(facts)
    if not packages:
        yield NotApplicable("no tools are registered here: a library or framework forwards nothing by itself")
    yield from hosted(facts)
    for package in started(facts):
        yield from _judge(facts, package)


def _judge(facts: Facts, package: str) -> Iterator[Observation]:
    held = [chain for chain in facts.chains if chain.package in {"", package}]
    arriving = sorted((one for one in held if one.arrives), key=lambda one: (one.opt_in, one.package != package))
    ends = [(chain, end) for chain in arriving if (end := chain.of(Stage.DESTINATION)) and end.standing is Standing.OK]
    stopped = next((one for one in held if one.stops is not None), None)
    unclear = next((link for chain in held for link in chain.links if link.standing is Standing.UNKNOWN), None)
    if ends:
        chain, end = ends[0]
        option = ", where it is switched on" if chain.opt_in else ""
        yield Evidence(end.location, True, f"records go to {end.what}{option}", package)
    elif arriving or (stopped is None and unclear is not None):
        yield Unknown(said(unclear) if unclear is not None else "the destination is not known", package)
    elif stopped is not None and not (stopped.of(Stage.HOST) and stdio_only(facts, package)):
        which = "SA402" if stopped.of(Stage.HOST) else "SA406"
        yield NotApplicable(f"{which} says where the records stop: {said(stopped.links[-1])}", package)
    elif _is_part(facts, package):
        yield NotApplicable("a library that other packages here deploy: how they are run decides", package)
    else:
        yield from _missing(facts, package)


def _is_part(facts: Facts, package: str) -> bool:
    """A library beside server packages that are deployed, while it is not."""
    kinds = {one.kind for one in facts.inventory.packages if one.path == package}
    elsewhere = {one.package for one in facts.deployments} & set(servers(facts)) - {package}
    return kinds == {"library"} and bool(elsewhere) and not any(one.package == package for one in facts.deployments)


def _missing(facts: Facts, package: str) -> Iterator[Observation]:
    """No chain at all: what there is instead."""
    others = {*servers(facts)} - {package}  # what stands in a package that is no server is shared
    sinks = [sink for sink in facts.sinks if sink.surface.counts and sink.package not in others]
    own = [s for s in sinks if s.kind == "external" and not s.wired]
    place = own[0].location if own else place_to_mend(facts, package)
    state = _state(
        own, [s for s in sinks if s.kind == "errors-only"], [s for s in sinks if s.kind == "file" and not s.opt_in]
    )
    places = [one for one in facts.deployments if one.package in {"", package}]
    # Whether a deployment stands in the tree decides nothing: leaving it out must not be worth points.
    severity = Severity.LOW if stdio_only(facts, package) else Severity.MEDIUM
    yield State(state, package)
    yield Evidence(place, False, state, package)
    shown = tuple(Step(one.location, f"{one.kind} {one.workload}".strip()) for one in places[:_SHOWN])
    yield Finding(severity, Confidence.HIGH, Surface.PRODUCTION, package, place,
                  f"No records leave the host: {state}, and no deployment file forwards them",
                  fix="add an exporter for logs where the logger is set up", related=shown)  # fmt: skip


def _state(own: list[LogSink], errors: list[LogSink], files: list[LogSink]) -> str:
    if own:
        return f"a sink for {own[0].destination} is defined, not wired"
    if errors:
        return "only errors are sent out"
    return "the code writes a file on the same host" if files else "no exporter for logs in the code"
