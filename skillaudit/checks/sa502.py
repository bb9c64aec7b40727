"""SA502: nobody is paged for a burst of failed authentications."""

from collections.abc import Iterator

from skillaudit.alert import AlertRule
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
from skillaudit.checks._alerting import called, catches_failures, place, unasked
from skillaudit.checks._processes import hosted, started
from skillaudit.checks._servers import servers
from skillaudit.events import Cause
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity, Surface

_COUNT, _SECONDS = 3, 30
"""The burst: so many failures of one caller within so many seconds."""


@check(
    "SA502",
    title="No page for a burst of failed authentications",
    asks="Does a rule page somebody when one caller fails to authenticate three times in thirty seconds?",
    why="Credential stuffing and replayed tokens show as a burst of failures from one caller; minutes decide whether the next try succeeds.",
    remediation=Remediation(
        "Add one rule that counts failed authentications per caller and fires at three in thirty seconds, and route its severity to whoever is on call.",
        (
            Example(
                "Loki ruler",
                "yaml",
                "groups:\n  - name: mcp-security\n    rules:\n      - alert: AuthFailureBurst\n        expr: 'sum by (caller) (count_over_time({app=\"mcp-server\"} | json | event=`auth_failure` [30s])) >= 3'\n        labels: {severity: critical}",
            ),
            Example(
                "Prometheus",
                "yaml",
                "groups:\n  - name: mcp-security\n    rules:\n      - alert: AuthFailureBurst\n        expr: sum by (caller) (increase(mcp_auth_failures_total[1m])) >= 3\n        labels: {severity: critical}",
            ),
            Example(
                "Alertmanager",
                "yaml",
                "route:\n  receiver: team-channel\n  routes:\n    - receiver: on-call\n      matchers: ['severity=\"critical\"']\nreceivers:\n  - name: team-channel\n    slack_configs: [{api_url_file: /run/secrets/slack, channel: '#mcp'}]\n  - name: on-call\n    pagerduty_configs: [{routing_key_file: /run/secrets/pagerduty}]",
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-307: Improper Restriction of Excessive Authentication Attempts",
            "https://cwe.mitre.org/data/definitions/307.html",
        ),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa502(facts: Facts) -> Iterator[Observation]:
    """Asked of servers that authenticate their callers."""
    yield from hosted(facts)
    for package in started(facts):
        yield from _judge(facts, package)
    if not servers(facts):
        yield NotApplicable("no tools are registered here, so no caller authenticates")


def _judge(facts: Facts, package: str) -> Iterator[Observation]:
    aside = tuple(unasked(facts, package, "SA501"))
    where = place(facts, package)
    if not _authenticates(facts, package):
        yield NotApplicable("no caller authenticates here: no code that runs asks for it", package)
    elif aside or where is None:
        yield from aside
    else:
        rules = [rule for rule in facts.alerting.rules if catches_failures(rule.expression)]
        verdicts = [(rule, _fires(rule), rule.pages) for rule in rules]
        good = [rule for rule, fires, paged in verdicts if fires and paged]
        for rule in good:
            yield Evidence(rule.location, True, f"{called(rule)} pages somebody for such a burst", package)
        if good:
            return
        unclear = [rule for rule, fires, paged in verdicts if fires is not False and paged is not False]
        if unclear:
            yield Unknown(f"{_unclear(unclear[0])}", package)
            return
        said = _why_not(rules[0]) if rules else "no alert rule counts failed authentications"
        where = rules[0].location if rules else where
        yield Evidence(where, False, said, package)
        yield Finding(Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, package, where,
                      f"Nobody is paged when a caller fails to authenticate three times in thirty seconds: {said}",
                      fix="fire at three failures of one caller in thirty seconds, and page")  # fmt: skip


def _authenticates(facts: Facts, package: str) -> bool:
    refuses = any(one.cause is Cause.CREDENTIAL and one.package == package for one in facts.rejections)
    return refuses or any(one.package == package for one in facts.auth)


def _fires(rule: AlertRule) -> bool | None:
    """Whether such a burst makes it fire; None where its threshold or window is not known."""
    asked = rule.expression
    if asked.least is None:
        return None
    if asked.least > _COUNT:
        return False
    if asked.least <= 1 and not asked.window:
        return True
    if not asked.window:
        return None
    return asked.window >= _SECONDS and asked.hold <= asked.window


def _unclear(rule: AlertRule) -> str:
    if rule.pages is None:
        return f"whom {called(rule)} reaches is decided outside the repository"
    return f"from how many failures {called(rule)} fires could not be read"


def _why_not(rule: AlertRule) -> str:
    asked = rule.expression
    if _fires(rule) is not False:
        return f"{called(rule)} reaches nobody who is paged"
    if asked.least is not None and asked.least > _COUNT:
        return f"{called(rule)} fires from {asked.least} within {asked.window} s on"
    if asked.hold > asked.window:
        return f"{called(rule)} waits for {asked.hold} s, and the burst is over by then"
    return f"{called(rule)} looks back {asked.window} s only"
