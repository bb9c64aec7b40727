"""SA406: forwarding chain is broken."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._forwarding import NOTHING, finding, said
from skillaudit.facts import Facts
from skillaudit.forward import Stage
from skillaudit.model import Severity


@check(
    "SA406",
    title="Forwarding chain is broken",
    asks="Does every link between the server's output and the log store hold?",
    why="A tag that matches no output, a driver that throws the streams away, a file that nobody reads: everything seems set up, and no record arrives.",
    remediation=Remediation(
        "Mend the link that is named; the trace shows the chain up to it.",
        (
            Example(
                "Fluent Bit",
                "ini",
                "[INPUT]\n    Name tail\n    Path /var/log/mcp/*.log\n    Tag  mcp.server\n[OUTPUT]\n    Name  es\n    Match mcp.*",
            ),
            Example(
                "OpenTelemetry collector",
                "yaml",
                "service:\n  pipelines:\n    logs:\n      receivers: [otlp]\n      exporters: [otlphttp/loki]",
            ),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference(
            "NIST SP 800-92: Guide to Computer Security Log Management", "https://csrc.nist.gov/pubs/sp/800/92/final"
        ),
    ),
)
def sa406(facts: Facts) -> Iterator[Observation]:
    """Chains that stop on the way, where no other chain of the same workload arrives."""
    chains = [one for one in facts.chains if one.of(Stage.HOST) is None]
    if not chains:
        yield NotApplicable(NOTHING)
    through = {(chain.package, chain.workload) for chain in chains if chain.arrives}
    seen: set[object] = set()
    for chain in chains:
        link = chain.stops
        end = chain.of(Stage.DESTINATION)
        if link is None and end is not None and (chain.package, end.location) not in seen:
            seen.add((chain.package, end.location))
            yield Evidence(end.location, True, f"records reach {end.what}", chain.package)
        elif link is not None and (chain.package, chain.workload) not in through and link.location not in seen:
            seen.add(link.location)
            yield Evidence(link.location, False, said(link), chain.package)
            yield finding(chain, link, Severity.MEDIUM, f"The forwarding chain breaks at the {link.stage}: {said(link)}",
                          "mend this link of the chain")  # fmt: skip
