"""SA501: no alert rule on a security event."""

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
    check,
)
from skillaudit.checks._alerting import Emitted, called, on, place, security_events, unasked, watches
from skillaudit.checks._processes import hosted, started
from skillaudit.checks._servers import servers
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Location, Severity, Surface

_SHOWN = 8


@check(
    "SA501",
    title="No alert rule on a security event",
    asks="Does any alert rule look at a security event that the server records?",
    why="A record that nobody is told of is read after the incident, if at all. One rule on refused callers tells of most attacks under way.",
    remediation=Remediation(
        "Add a rule on an event that the server already records, with the name exactly as the code writes it.",
        (
            Example(
                "Loki ruler",
                "yaml",
                "groups:\n  - name: mcp-security\n    rules:\n      - alert: AuthFailure\n        expr: 'sum by (caller) (count_over_time({app=\"mcp-server\"} | json | event=`auth_failure` [30s])) >= 3'\n        labels: {severity: critical}",
            ),
            Example(
                "CloudWatch, Terraform",
                "hcl",
                'resource "aws_cloudwatch_log_metric_filter" "auth_failure" {\n  name           = "auth-failure"\n  log_group_name = "/mcp/server"\n  pattern        = "{ $.event = \\"auth_failure\\" }"\n  metric_transformation {\n    name      = "AuthFailure"\n    namespace = "MCP"\n    value     = "1"\n  }\n}',
            ),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa501(facts: Facts) -> Iterator[Observation]:
    """Met where one rule reads one of the package's security events; what no rule reads is told beside it."""
    yield from hosted(facts)
    for package in started(facts):
        yield from _judge(facts, package)
    if not servers(facts):
        yield NotApplicable("no tools are registered here, so no server's events are to be watched")


def _judge(facts: Facts, package: str) -> Iterator[Observation]:
    aside = tuple(unasked(facts, package))
    where = place(facts, package)
    if aside or where is None:
        yield from aside
        return
    events = security_events(facts, package)
    rules = facts.alerting.rules
    good = [rule for rule in rules if watches(rule, events)]
    for rule in good:
        read = ", ".join(one.name for one in on(rule, events))
        yield Evidence(rule.location, True, f"{called(rule)} watches {read or 'refused calls'}", package)
    taken = {event.name for rule in good for event in on(rule, events)}
    unread = [event for event in events if event.name not in taken]
    if good and unread:
        yield State(f"no rule reads {', '.join(one.name for one in unread[:_SHOWN])}", package)
    if not good:
        yield from _missing(
            package, events[0].call.location if events else where, len(rules), unread, _none(facts, package)
        )


def _none(facts: Facts, package: str) -> str:
    nameless = any(one.records for one in facts.rejections if one.package == package)
    return "records of refused callers have no constant name" if nameless else "none is recorded by a constant name"


def _missing(package: str, where: Location, rules: int, unread: list[Emitted], none: str) -> Iterator[Observation]:
    has = f"none of {rules} alert rules looks at" if rules else "no alert rule looks at"
    what = ", ".join(one.name for one in unread[:_SHOWN])
    said = (
        f"{has} the security events that the server records ({what})" if what else f"{has} a security event, and {none}"
    )
    related = tuple(Step(one.call.location, one.name) for one in unread[1:_SHOWN])
    yield Evidence(where, False, said, package)
    yield Finding(Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, package, where, said[0].upper() + said[1:],
                  fix="add an alert rule on this event" if what else "record refused callers, and alert on that",
                  related=related)  # fmt: skip
