"""SA503: an urgent alert that pages no one."""

import re
from collections.abc import Iterator

from skillaudit.alert import AlertRule, Receiver
from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    Unknown,
    check,
)
from skillaudit.checks._alerting import called, without_rules
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Location, Severity, Surface

_URGENT = re.compile(r"^(?:p[01]|sev-?[01]|critical|crit|emergency|fatal|page|urgent|disaster|blocker)$", re.IGNORECASE)
_QUIET = re.compile(r"^(?:none|info|informational|notice|debug|log|p[45]|sev-?[45])$", re.IGNORECASE)
_SHOWN = 5


@check(
    "SA503",
    title="Urgent alert pages no one",
    asks="Does every severity have a route, and do the urgent ones end at somebody who is paged?",
    why="A critical alert in a chat channel waits until somebody looks; one that no route takes is never heard of.",
    remediation=Remediation(
        "Give each severity a route, and the urgent ones a receiver that wakes whoever is on call.",
        (
            Example(
                "Alertmanager",
                "yaml",
                "route:\n  receiver: team-channel\n  routes:\n    - receiver: on-call\n      matchers: ['severity=~\"critical|p0|p1\"']\nreceivers:\n  - name: team-channel\n    slack_configs: [{api_url_file: /run/secrets/slack, channel: '#mcp'}]\n  - name: on-call\n    pagerduty_configs: [{routing_key_file: /run/secrets/pagerduty}]",
            ),
            Example(
                "Grafana",
                "yaml",
                "apiVersion: 1\npolicies:\n  - orgId: 1\n    receiver: team-channel\n    routes:\n      - receiver: on-call\n        object_matchers: [[severity, '=~', 'critical|p0|p1']]",
            ),
            Example(
                "Datadog",
                "hcl",
                'resource "datadog_monitor" "auth_burst" {\n  name     = "Auth failure burst"\n  type     = "log alert"\n  priority = 1\n  query    = "logs(\\"service:mcp-server @event:auth_failure\\").index(\\"*\\").rollup(\\"count\\").by(\\"@caller\\").last(\\"1m\\") >= 3"\n  message  = "@pagerduty-mcp"\n}',
            ),
        ),
    ),
    references=(
        Reference("Alertmanager: routing", "https://prometheus.io/docs/alerting/latest/configuration/#route"),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa503(facts: Facts) -> Iterator[Observation]:
    """One finding for each severity and place that decides; routes outside the repository decide nothing here."""
    yield from without_rules(facts)
    rules = [rule for rule in facts.alerting.rules if rule.severity]
    wrong: dict[tuple[str, Location], list[AlertRule]] = {}
    answered = 0
    for rule in rules:
        answered += bool(rule.receivers) or rule.unrouted
        where = _wrong(rule)
        if where is not None:
            wrong.setdefault((rule.severity.lower(), where), []).append(rule)
        elif rule.receivers and (rule.pages is not None or not _URGENT.match(rule.severity)):
            yield Evidence(
                rule.location, True, f"{called(rule)} ({rule.severity}) reaches {_names(rule)}", rule.package
            )
    if facts.alerting.rules and not rules:
        yield NotApplicable("no alert rule states a severity")
    elif facts.alerting.rules and not answered:
        yield Unknown("where alerts are sent is decided outside the repository")
    for (_, where), ones in wrong.items():
        yield from _finding(where, ones)


def _wrong(rule: AlertRule) -> Location | None:
    """Where to mend what is wrong with the way of a rule; None where nothing is."""
    if rule.unrouted:
        return rule.location
    if rule.receivers and rule.pages is False and _URGENT.match(rule.severity):
        return rule.receivers[0].location
    lost = rule.receivers and all(one.fallback and not one.channels and one.pages is False for one in rule.receivers)
    return rule.receivers[0].location if lost and not _QUIET.match(rule.severity) else None


def _finding(where: Location, rules: list[AlertRule]) -> Iterator[Observation]:
    first = rules[0]
    if first.unrouted or all(one.fallback and not one.channels for one in first.receivers):
        said = f"no route takes the severity {first.severity}: {called(first)} reaches no one"
    else:
        said = f"{called(first)} ({first.severity}) reaches {_names(first)}, who page no one"
    related = tuple(Step(one.location, one.name) for one in rules if one.location != where)[:_SHOWN]
    yield Evidence(where, False, said, first.package)
    yield Finding(Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, first.package, where, said[0].upper() + said[1:],
                  fix="route this severity to a receiver that pages whoever is on call", related=related)  # fmt: skip


def _names(rule: AlertRule) -> str:
    return ", ".join(dict.fromkeys(_named(one) for one in rule.receivers[:_SHOWN])) or "no one"


def _named(one: Receiver) -> str:
    return f"{one.name} ({', '.join(one.channels) or ('unknown' if one.pages is None else 'no channel')})"
