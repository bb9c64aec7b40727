"""SA504: every alert rule has the same severity."""

from collections.abc import Iterator

from skillaudit.alert import AlertRule
from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._alerting import called, without_rules
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Severity, Surface

_SHOWN = 8
_FEWEST = 2


@check(
    "SA504",
    title="Every alert rule has the same severity",
    asks="Do the alert rules tell what must wake somebody from what can wait?",
    why="Where everything is urgent, nothing is: whoever is paged for each stale token stops looking before the attack comes.",
    remediation=Remediation(
        "Give rules severities by what they ask of the reader: page, look today, look this week.",
        (
            Example(
                "Prometheus",
                "yaml",
                "groups:\n  - name: mcp\n    rules:\n      - alert: AuthFailureBurst\n        expr: sum by (caller) (increase(mcp_auth_failures_total[1m])) >= 3\n        labels: {severity: critical}\n      - alert: SlowTools\n        expr: histogram_quantile(0.99, sum by (le) (rate(mcp_tool_seconds_bucket[10m]))) > 5\n        labels: {severity: warning}",
            ),
        ),
    ),
    references=(
        Reference("Google SRE Workbook: Alerting on SLOs", "https://sre.google/workbook/alerting-on-slos/"),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa504(facts: Facts) -> Iterator[Observation]:
    """Rules that state no severity are told apart by whom they reach."""
    yield from without_rules(facts)
    rules = facts.alerting.rules
    if 0 < len(rules) < _FEWEST:
        yield NotApplicable("a single alert rule has nothing to be told apart from")
        return
    kinds = {_kind(rule) for rule in rules}
    if len(kinds) > 1:
        for rule in rules:
            yield Evidence(rule.location, True, f"{called(rule)}: {rule.severity or 'by its receiver'}", rule.package)
    elif rules:
        first = min(rules, key=lambda one: one.location)
        said = f"all {len(rules)} alert rules " + (
            f"are {first.severity}" if first.severity else "are without severity"
        )
        related = tuple(Step(one.location, one.name) for one in rules if one is not first)[:_SHOWN]
        yield Evidence(first.location, False, said, first.package)
        yield Finding(Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, first.package, first.location,
                      said[0].upper() + said[1:], fix="tell what must wake somebody from what can wait",
                      related=related)  # fmt: skip


def _kind(rule: AlertRule) -> tuple[str, ...]:
    """What tells a rule from others."""
    return (rule.severity.lower(),) if rule.severity else ("", *sorted(one.name for one in rule.receivers))
