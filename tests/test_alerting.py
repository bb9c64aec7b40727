"""Alert rules and routes of every tool: what they ask, whom they reach, and what the checks say of them."""

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from audits import write_tree
from linked import facts_of
from msgspec.structs import replace

from skillaudit.alert import AlertRule, Reads
from skillaudit.chain import with_chains
from skillaudit.check import Evidence, Finding, NotApplicable, Observation, State, Unknown, load_checks
from skillaudit.configuration import documents
from skillaudit.facts import Facts
from skillaudit.inventory import take_inventory
from skillaudit.paging import with_alerting

EXAMPLES = Path(__file__).parent / "examples"
SERVER = (EXAMPLES / "SA501" / "good-loki" / "server.py").read_text(encoding="utf-8")
MANIFEST = '[project]\nname = "mcp-notes"\nversion = "1.0.0"\ndependencies = ["mcp"]\n'
COMPOSE = "services:\n  mcp-notes:\n    build: .\n"
CHECKS = {check.id: check for check in load_checks() if check.id.startswith("SA50")}
BURST = 'sum by (caller) (count_over_time({app="mcp-notes"} | json | event="auth_failure" [30s])) >= 3'


@cache
def _code() -> Facts:
    """What the code is, which no configuration beside it changes."""
    return facts_of({"server.py": SERVER, "pyproject.toml": MANIFEST})


def facts(files: Mapping[str, str]) -> Facts:
    whole = {"server.py": SERVER, "pyproject.toml": MANIFEST, "compose.yaml": COMPOSE, **files}
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), whole)
        inventory = take_inventory(Path(folder))
        held = documents(Path(folder), inventory)
        return with_alerting(with_chains(replace(_code(), inventory=inventory), held), held, Path(folder))


def rules(files: Mapping[str, str]) -> tuple[AlertRule, ...]:
    return facts(files).alerting.rules


def observed(check: str, files: Mapping[str, str]) -> tuple[Observation, ...]:
    return tuple(CHECKS[check].run(facts(files)))


def findings(check: str, files: Mapping[str, str]) -> list[str]:
    return [f"{one.location} {one.message}" for one in observed(check, files) if isinstance(one, Finding)]


def outcome(check: str, files: Mapping[str, str]) -> type[Observation]:
    """The kind of answer: a finding, else what is not known, else what is met, else why it is not asked."""
    kinds = [type(one) for one in observed(check, files)]
    return next(kind for kind in (Finding, Unknown, Evidence, NotApplicable) if kind in kinds)


def prometheus(*held: tuple[str, str, str]) -> str:
    """A rule file of names, expressions and severities."""
    listed = [
        {"alert": name, "expr": expr, "labels": {"severity": level} if level else {}} for name, expr, level in held
    ]
    return json.dumps({"groups": [{"name": "a", "rules": listed}]})


def datadog(search: str, message: str = "@pagerduty-mcp", tail: str = '.last("1m") >= 3') -> str:
    asked = f'logs("{search}").index("*").rollup("count").by("@caller"){tail}'
    return json.dumps(
        {"name": "a", "type": "log alert", "query": asked, "message": message, "priority": 1, "options": {}}
    )


GRAFANA = """apiVersion: 1
groups:
  - name: mcp
    rules:
      - title: Burst
        condition: B
        data:
          - refId: A
            relativeTimeRange: {from: 60, to: 0}
            model:
              datasource: {type: loki}
              expr: sum(count_over_time({app="mcp-notes"} | json | event="auth_failure" [1m]))
          - refId: B
            model: {type: threshold, conditions: [{evaluator: {type: gt, params: [2]}}]}
        labels: {severity: p0}
"""
POLICIES = """apiVersion: 1
contactPoints:
  - name: channel
    receivers: [{type: slack, settings: {}}]
  - name: on-call
    receivers: [{type: webhook, settings: {url: https://oncall.example.com/integrations/v1/grafana}}]
policies:
  - receiver: channel
    routes:
      - receiver: on-call
        object_matchers: [[severity, '=~', 'p[01]']]
"""
SENTINEL = """kind: Scheduled
name: Burst
severity: High
query: |
  ContainerLog
  | where Event == "auth_failure"
queryPeriod: PT5M
triggerOperator: gt
triggerThreshold: 2
"""
ELASTIC = """[rule]
name = "Burst"
risk_score = 73
severity = "high"
type = "threshold"
index = ["logs-mcp-notes"]
query = 'event.action : "auth_failure"'
from = "now-60s"
[rule.threshold]
field = ["caller"]
value = 3
"""
SIGMA = """title: Burst
logsource: {product: mcp-notes}
detection:
  selection: {event: auth_failure}
  filter: {event: scope_denied}
  timeframe: 1m
  condition: selection and not filter | count() by caller >= 3
level: high
"""
ELASTALERT = """name: Burst
index: mcp-notes
type: frequency
num_events: 3
timeframe: {minutes: 1}
filter:
  - query: {query_string: {query: 'event: "auth_failure"'}}
alert: [opsgenie]
"""
RESOURCE = """apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: mcp}
spec:
  groups:
    - name: mcp
      rules:
        - record: mcp:auth_failure:count1m
          expr: sum by (caller) (count_over_time({app="mcp-notes"} | json | event="auth_failure" [1m]))
        - alert: Burst
          expr: mcp:auth_failure:count1m >= 3
          labels: {severity: critical}
"""
ALARM = """Resources:
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /mcp/mcp-notes
      FilterPattern: '{ $.event = "auth_failure" }'
      MetricTransformations: [{MetricName: AuthFailure, MetricNamespace: MCP, MetricValue: '1'}]
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Subscription: [{Protocol: sms, Endpoint: '+10000000000'}]
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: AuthFailure
      Period: 60
      Threshold: 3
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref Topic]
"""
MONITOR = """resource "datadog_monitor" "burst" {
  name    = "Burst"
  type    = "log alert"
  query   = "logs(\\"@event:auth_failure\\").index(\\"*\\").rollup(\\"count\\").last(\\"1m\\") > 2"
  message = "@opsgenie-mcp"
}
"""
ALERTMANAGER = """route:
  receiver: channel
  routes:
    - receiver: on-call
      matchers: ['severity="critical"']
receivers:
  - name: channel
    slack_configs: [{channel: '#mcp'}]
  - name: on-call
    pagerduty_configs: [{routing_key_file: /run/secrets/key}]
"""


@pytest.mark.parametrize(
    ("path", "text", "system", "pages"),
    [
        ("monitoring/a.yaml", prometheus(("Burst", BURST, "critical")), "Loki", None),
        ("monitoring/a.yaml", RESOURCE, "Loki", None),
        ("monitoring/a.yaml", GRAFANA, "Grafana", None),
        ("detections/a.yaml", SIGMA, "Sigma", None),
        ("detections/a.yaml", SENTINEL, "Sentinel", None),
        ("detections/a.toml", ELASTIC, "Elastic", None),
        ("detections/a.yaml", ELASTALERT, "ElastAlert", True),
        ("monitoring/a.json", datadog("service:mcp-notes @event:auth_failure"), "Datadog", True),
        ("infra/a.tf", MONITOR, "Datadog", True),
        ("infra/a.yaml", ALARM, "CloudWatch", True),
    ],
)  # fmt: skip
def test_every_tool_says_what_it_asks(path: str, text: str, system: str, pages: bool | None) -> None:  # noqa: FBT001
    (rule,) = rules({path: text})
    asked = rule.expression
    assert (rule.system, rule.pages) == (system, pages)
    assert [one.name for one in asked.wanted] == ["auth_failure"]
    assert (asked.reads, asked.least, asked.hold) == (Reads.LOGS, 3, 0)
    assert asked.window in {30, 60, 300}
    assert not findings("SA501", {path: text})
    assert not findings("SA505", {path: text})
    assert outcome("SA502", {path: text}) is (Evidence if pages else Unknown)


def test_falco_reads_no_record() -> None:
    (rule,) = rules({"a.yaml": "- rule: Shell\n  condition: spawned_process\n  output: x\n  priority: WARNING\n"})
    assert (rule.system, rule.expression.reads, rule.severity) == ("Falco", Reads.OTHER, "WARNING")


def test_a_grafana_rule_reaches_whom_the_policies_say() -> None:
    (rule,) = rules({"g/rules.yaml": GRAFANA, "g/policies.yaml": POLICIES})
    assert [(one.name, one.pages, str(one.location)) for one in rule.receivers] == [
        ("on-call", True, "g/policies.yaml:10")
    ]
    assert rule.pages
    (rule,) = rules({"g/rules.yaml": GRAFANA.replace("severity: p0", "severity: p2"), "g/policies.yaml": POLICIES})
    assert [one.name for one in rule.receivers] == ["channel"]
    named = GRAFANA + "        notification_settings: {receiver: on-call}\n"
    assert rules({"g/rules.yaml": named, "g/policies.yaml": POLICIES})[0].pages


def test_custom_resources_and_charts_hold_routes_as_well() -> None:
    config = """apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: {name: a}
spec:
  route:
    receiver: on-call
    matchers: [{name: severity, value: critical, matchType: '='}]
  receivers:
    - name: on-call
      opsgenieConfigs: [{apiKey: {name: a, key: b}}]
"""
    (rule,) = rules({"a.yaml": RESOURCE, "b.yaml": config})
    assert rule.pages
    (rule,) = rules({"a.yaml": RESOURCE, "b.yaml": config.replace("value: critical", "value: warning")})
    assert rule.unrouted
    assert findings("SA503", {"a.yaml": RESOURCE, "b.yaml": config.replace("value: critical", "value: warning")})
    nested = "".join(f"    {line}\n" for line in ALERTMANAGER.splitlines())
    group = prometheus(("B", BURST, "critical"))
    values = f"alertmanager:\n  config:\n{nested}additionalPrometheusRulesMap:\n  mcp: {group}\n"
    (rule,) = rules({"values.yaml": values})
    assert rule.pages
    secret = "".join(f"    {line}\n" for line in ALERTMANAGER.splitlines())
    held = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData:\n  alertmanager.yaml: |\n{secret}"
    assert rules({"a.yaml": RESOURCE, "b.yaml": held})[0].pages


def test_a_route_on_labels_that_only_a_firing_alert_has_decides_nothing() -> None:
    routed = ALERTMANAGER.replace("severity=", "namespace=")
    assert outcome("SA503", {"a.yaml": prometheus(("B", BURST, "critical")), "b.yaml": routed}) is Evidence


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        (BURST, Evidence),
        (BURST.replace(">= 3", ">= 10"), Finding),
        (BURST.replace("30s", "10s"), Finding),
        ('sum(increase(http_requests_total{status="401"}[1m])) > 2', Evidence),
        ("sum(increase(mcp_auth_failures_total[1m])) > on() group_left() limits", Unknown),
        ("up == 0", Finding),
    ],
)  # fmt: skip
def test_a_burst_must_make_the_rule_fire(expression: str, answer: type[Observation]) -> None:
    files = {"a.yaml": prometheus(("B", expression, "critical")), "b.yaml": ALERTMANAGER}
    assert outcome("SA502", files) is answer


def test_what_nobody_reads_is_told_and_costs_nothing() -> None:
    held = observed("SA501", {"a.yaml": prometheus(("B", BURST, "critical"))})
    assert [one.text for one in held if isinstance(one, State)] == ["no rule reads scope_denied"]
    assert not any(isinstance(one, Finding) for one in held)


def test_metrics_count_by_their_names() -> None:
    for metric in ("mcp_auth_failures_total", "mcp_scopes_denied_total", "server_unauthorized_requests_invalid_total"):
        assert outcome("SA501", {"a.yaml": prometheus(("B", f"increase({metric}[1m]) > 2", ""))}) is Evidence
    for metric in (
        "redis_rejected_connections_total",
        "container_cpu_cfs_throttled_periods_total",
        "mcp_tool_calls_total",
    ):
        assert outcome("SA501", {"a.yaml": prometheus(("B", f"increase({metric}[1m]) > 2", ""))}) is Finding


def test_without_deployment_the_missing_sink_tells_of_it() -> None:
    for files in ({"compose.yaml": "a: b\n"}, {"compose.yaml": "a: b\n", "Dockerfile": "FROM scratch\n"}):
        told = {"SA501": "SA401", "SA502": "SA401", "SA506": "SA401"}
        for check, teller in told.items():
            (one,) = observed(check, files)
            assert isinstance(one, Evidence)
            assert (one.met, one.told) == (False, teller)
    assert outcome("SA501", {"compose.yaml": "a: b\n", "loki.yaml": "schema_config: {configs: [a: b]}\n"}) is Finding


def test_a_server_on_stdio_alone_is_watched_by_nobody() -> None:
    code = facts_of({"server.py": SERVER.replace("streamable-http", "stdio"), "pyproject.toml": MANIFEST})
    for check in ("SA501", "SA506"):
        assert [type(one) for one in CHECKS[check].run(code)] == [NotApplicable]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("auth_failed", "nearest recorded name is auth_failure"),
        ("authFailure", "nearest recorded name is auth_failure"),
        ("login_rejected", "never records"),
    ],
)
def test_a_rule_on_what_is_never_recorded(name: str, message: str) -> None:
    (found,) = findings("SA505", {"a.yaml": prometheus(("B", BURST.replace("auth_failure", name), ""))})
    assert found.startswith("a.yaml:1 ")
    assert message in found


def test_rules_of_other_services_are_left_alone() -> None:
    other = BURST.replace("auth_failure", "invoice_rejected").replace("mcp-notes", "billing")
    assert outcome("SA505", {"a.yaml": prometheus(("B", other, ""))}) is NotApplicable


STACKS: list[dict[str, str]] = [
    {},
    {"a.yaml": prometheus(("B", BURST, "critical"), ("U", "up == 0", "warning")), "b.yaml": ALERTMANAGER},
    {"a.yaml": prometheus(("B", BURST.replace("auth_failure", "auth_failed"), "critical"))},
]


@pytest.mark.parametrize("files", STACKS)
def test_a_record_less_is_never_a_finding_less(files: dict[str, str]) -> None:
    held = facts(files)
    for kept in [*([one for one in held.log_calls if one is not gone] for gone in held.log_calls), []]:
        fewer = replace(held, log_calls=tuple(kept))
        for check in CHECKS.values():
            before, after = ([one for one in check.run(x) if isinstance(one, Finding)] for x in (held, fewer))
            assert len(after) >= len(before), check.id


def test_severities_that_tell_nothing() -> None:
    same = prometheus(("A", BURST, "critical"), ("B", "up == 0", "Critical"))
    assert "all 2 alert rules are critical" in findings("SA504", {"a.yaml": same})[0].lower()
    bare = prometheus(("A", BURST, ""), ("B", "up == 0", ""))
    assert "without severity" in findings("SA504", {"a.yaml": bare})[0]
    assert outcome("SA504", {"a.yaml": prometheus(("A", BURST, ""))}) is NotApplicable


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Alerts\n\n- P0: on-call engineer, 15 minutes\n- P1: #mcp channel, 4 hours\n", True),
        ("Alerts\n\n| critical | on-call | immediately |\n| warning | team | next business day |\n", True),
        ("Alerts\n\n- P0: on-call engineer, 15 minutes\n", False),
        ("Alerts\n\n- critical alerts are answered\n- warning alerts too\n", False),
        ("High quality, low latency: 20 ms for the team. Medium: 3 h.\n", False),
    ],
)
def test_who_answers_how_fast(text: str, known: bool) -> None:  # noqa: FBT001
    assert outcome("SA506", {"docs/alerts.md": text}) is (Evidence if known else Finding)
