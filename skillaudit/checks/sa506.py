"""SA506: who answers an alert is not written down."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._alerting import place, unasked
from skillaudit.checks._processes import hosted, started
from skillaudit.checks._servers import servers
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity, Surface


@check(
    "SA506",
    title="Alert routing is not documented",
    asks="Is it written down who answers an alert of which severity, and how fast?",
    why="An alert that reaches the wrong person, or everybody, is left alone; in an incident nobody has time to find out whose it is.",
    remediation=Remediation(
        "Put one table into the documentation: for each severity who is told, how, and how fast they answer.",
        (
            Example(
                "Markdown",
                "markdown",
                "## Alerts\n\n| Severity | Who | Answered within |\n|---|---|---|\n| P0 | on-call security engineer, paged by PagerDuty | 15 minutes |\n| P1 | server owner and #mcp-security | 4 hours |\n| P2 | server owner, daily digest by e-mail | next business day |",
            ),
        ),
    ),
    references=(
        Reference("NIST SP 800-61: Incident Response", "https://csrc.nist.gov/pubs/sp/800/61/r3/final"),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa506(facts: Facts) -> Iterator[Observation]:
    """Documentation is the evidence here: two severities beside each other, each with people and a time."""
    yield from hosted(facts)
    for package in started(facts):
        aside = tuple(unasked(facts, package, "SA501"))
        where = place(facts, package)
        if aside or where is None:
            yield from aside
        elif facts.alerting.documented:
            for one in facts.alerting.documented:
                yield Evidence(one, True, "who answers which severity how fast", package)
        else:
            said = "no document says who answers which severity how fast"
            yield Evidence(where, False, said, package)
            yield Finding(Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, package, where, said[0].upper() + said[1:],
                          fix="write down who answers which severity, and how fast")  # fmt: skip
    if not servers(facts):
        yield NotApplicable("no tools are registered here, so no server is watched")
