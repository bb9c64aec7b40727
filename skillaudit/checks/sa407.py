"""SA407: logs kept less than 30 days."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, Unknown, check
from skillaudit.checks._forwarding import arriving, finding, holding, places, said
from skillaudit.facts import Facts
from skillaudit.forward import Stage, Standing
from skillaudit.model import Severity


@check(
    "SA407",
    title="Logs kept less than 30 days",
    asks="Are records kept for at least 30 days?",
    why="Intrusions are found weeks later. What was deleted by then cannot show when it began.",
    remediation=Remediation(
        "Keep security records at least 30 days, better a year.",
        (
            Example(
                "Terraform",
                "hcl",
                'resource "aws_cloudwatch_log_group" "server" {\n  name              = "/mcp/server"\n  retention_in_days = 365\n}',
            ),
            Example("Loki", "yaml", "limits_config:\n  retention_period: 8760h\ncompactor:\n  retention_enabled: true"),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference(
            "NIST SP 800-92: Guide to Computer Security Log Management", "https://csrc.nist.gov/pubs/sp/800/92/final"
        ),
    ),
)
def sa407(facts: Facts) -> Iterator[Observation]:
    """Retention that the tree sets; unset is the provider's default and no finding."""
    yield from holding(facts, Stage.RETENTION)
    chains = arriving(facts)
    if chains and not any(chain.of(Stage.RETENTION) for chain in chains):
        yield NotApplicable("the tree sets no retention, so the provider's default holds")
    for chain, link in places(chains, Stage.RETENTION, Standing.BROKEN):
        yield Evidence(link.location, False, said(link), chain.package)
        yield finding(chain, link, Severity.LOW, f"{said(link)} days", "keep records for at least 30 days")
    for chain, link in places(chains, Stage.RETENTION, Standing.UNKNOWN):
        yield Unknown(said(link), chain.package or None)
