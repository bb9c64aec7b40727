"""Alert rules of hosted searches, references between resources, and rules inside charts."""

import textwrap

import pytest
from test_alerting import BURST, outcome, rules

from skillaudit.alert import AlertRule
from skillaudit.check import Evidence, Finding, NotApplicable

SEARCH = "index=mcp event=auth_failure | stats count by caller | where count >= 3"
SAVED = f"""[burst]
search = {SEARCH}
dispatch.earliest_time = -1m
enableSched = 1
alert.severity = 5
action.pagerduty = 1
"""
TERRAFORM = f"""resource "splunk_saved_searches" "burst" {{
  name                   = "burst"
  search                 = "{SEARCH}"
  dispatch_earliest_time = "-1m"
  is_scheduled           = true
  actions                = "email"
}}
"""
NRQL = """resource "newrelic_nrql_alert_condition" "burst" {
  name = "burst"
  nrql {
    query = "SELECT count(*) FROM Log WHERE event = 'auth_failure' FACET caller"
  }
  critical {
    operator           = "above_or_equals"
    threshold          = 3
    threshold_duration = 60
  }
}
"""


def shown(rule: AlertRule) -> tuple[str, list[str], int | None, int, bool | None]:
    asked = rule.expression
    return rule.system, [one.name for one in asked.wanted], asked.least, asked.window, rule.pages


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("splunk/savedsearches.conf", SAVED, ("Splunk", ["auth_failure"], 3, 60, True)),
        ("infra/main.tf", TERRAFORM, ("Splunk", ["auth_failure"], 3, 60, False)),
        ("infra/main.tf", NRQL, ("New Relic", ["auth_failure"], 3, 60, None)),
    ],
)
def test_searches_that_are_run_again(
    path: str, text: str, rule: tuple[str, list[str], int | None, int, bool | None]
) -> None:
    (found,) = rules({path: text})
    assert shown(found) == rule


def test_a_search_that_nobody_runs_is_no_rule() -> None:
    assert rules({"splunk/savedsearches.conf": SAVED.replace("enableSched = 1", "enableSched = 0")}) == ()


HELM = """apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ .Release.Name }}
spec:
  groups:
    - name: server
      rules:
        - alert: Burst
          expr: sum by (caller) (increase(auth_failures_total[1m])) >= 3
          annotations:
            summary: "{{`{{ $labels.caller }}`}} and {{ "{{" }} $value {{ "}}" }}"
"""


def test_templates_that_a_template_passes_on() -> None:
    (found,) = rules({"chart/Chart.yaml": "name: server\n", "chart/templates/rules.yaml": HELM})
    assert (found.name, found.location.line) == ("Burst", 9)


def test_rules_of_the_chart_of_loki() -> None:
    group = f"groups:\n  - name: a\n    rules:\n      - alert: Burst\n        expr: '{BURST}'\n"
    values = f"ruler:\n  directories:\n    fake:\n      rules.txt: |\n{textwrap.indent(group, ' ' * 8)}"
    (found,) = rules({"infra/values.yaml": values})
    assert (found.system, found.location.line) == ("Loki", 8)


GRAFANA = """resource "grafana_contact_point" "oncall" {{
  name = "oncall"
  {channel} {{
    x = "y"
  }}
}}
resource "grafana_notification_policy" "root" {{
  contact_point = grafana_contact_point.oncall.name
}}
resource "grafana_rule_group" "server" {{
  rule {{
    name   = "burst"
    labels = {{ severity = "critical" }}
    data {{
      model = jsonencode({{ expr = "count_over_time({{app=\\"mcp-notes\\"}} |= \\"auth_failure\\" [1m]) > 2" }})
    }}
  }}
}}
"""


@pytest.mark.parametrize(("channel", "judged"), [("pagerduty", Evidence), ("email", Finding)])
def test_a_contact_point_by_reference(channel: str, judged: type) -> None:
    assert outcome("SA503", {"infra/main.tf": GRAFANA.format(channel=channel)}) is judged


GOOGLE = r"""resource "google_logging_metric" "failures" {
  name   = "server/failures"
  filter = "jsonPayload.event=\"auth_failure\""
}
resource "google_monitoring_alert_policy" "burst" {
  conditions {
    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.failures.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 2
    }
  }
}
"""


def test_a_metric_by_reference() -> None:
    (found,) = rules({"infra/main.tf": GOOGLE})
    assert [one.name for one in found.expression.wanted] == ["auth_failure"]


ALARM = """resource "aws_cloudwatch_metric_alarm" "burst" {{
  alarm_name      = "burst"
  metric_name     = "AuthFailures"
  actions_enabled = {enabled}
  alarm_actions   = ["arn:aws:sns:eu-west-1:1:page"]
}}
"""


@pytest.mark.parametrize(("enabled", "pages"), [("true", None), ("false", False)])
def test_actions_of_an_alarm_that_are_switched_off(enabled: str, pages: bool | None) -> None:  # noqa: FBT001 - a table
    (found,) = rules({"infra/main.tf": ALARM.format(enabled=enabled)})
    assert found.pages is pages


def test_rules_without_severity_have_no_severity_to_route() -> None:
    assert outcome("SA503", {"infra/main.tf": ALARM.format(enabled="true")}) is NotApplicable
