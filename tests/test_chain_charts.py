"""Charts of agents: values as they stand alone, below an umbrella chart, and where a tool of delivery installs them."""

import textwrap

import pytest
from test_chain import chain, facts, what

from skillaudit.forward import Stage

POD = {
    "k8s/server.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: server}\nspec:\n  template:\n"
    "    spec:\n      containers: [{name: server, image: 'registry.example.com/server:1'}]\n"
}
PROMTAIL = "config:\n  clients:\n    - url: https://logs.example.com/loki/api/v1/push\n"
FLUENTD = """fileConfigs:
  01_sources.conf: |-
    <source>
      @type tail
      @label @PODS
      path /var/log/containers/*.log
      tag pods.*
    </source>
  02_filters.conf: |-
    <label @PODS>
      <match **>
        @type relabel
        @label @OUT
      </match>
    </label>
  03_outputs.conf: |-
    <label @OUT>
      <match **>
        @type elasticsearch_data_stream
        host search.example.com
        scheme https
      </match>
    </label>
"""
OTEL = """presets:
  logsCollection: {enabled: true}
config:
  exporters: {otlphttp: {endpoint: "https://otlp.example.com"}}
  service:
    pipelines:
      logs: {exporters: [otlphttp]}
"""
MONITORING = """destinations:
  - {name: logs, type: loki, url: "https://logs.example.com/loki/api/v1/push"}
  - {name: metrics, type: prometheus, url: "https://metrics.example.com"}
podLogs: {enabled: true}
"""
SPLUNK = "splunkPlatform:\n  endpoint: https://hec.example.com:8088/services/collector\n  token: x\n"
OUTPUT = """config:
  outputs: |
    [OUTPUT]
        Name  splunk
        Match kube.*
        Host  hec.example.com
        tls   on
"""


def under(key: str, values: str) -> str:
    return f"{key}:\n{textwrap.indent(values, '  ')}"


@pytest.mark.parametrize(
    ("values", "end"),
    [
        (PROMTAIL, "ok: Loki https://logs.example.com/loki/api/v1/push"),
        (under("promtail", PROMTAIL), "ok: Loki https://logs.example.com/loki/api/v1/push"),
        (FLUENTD, "ok: Elasticsearch https://search.example.com"),
        (OTEL, "ok: an OTLP endpoint https://otlp.example.com"),
        (under("opentelemetry-collector", OTEL), "ok: an OTLP endpoint https://otlp.example.com"),
        (OUTPUT, "ok: Splunk hec.example.com"),
        (MONITORING, "ok: Loki https://logs.example.com/loki/api/v1/push"),
        (SPLUNK, "ok: Splunk https://hec.example.com:8088/services/collector"),
        ("loki: {enabled: true}\npromtail: {enabled: true}\n", "ok: Loki http://loki.svc/loki/api/v1/push"),
        (OTEL.replace("otlphttp", "debug"), "broken: the agent's own console https://otlp.example.com"),
    ],
)
def test_values_of_a_chart(values: str, end: str) -> None:
    assert what(chain({**POD, "infra/values.yaml": values}), Stage.DESTINATION) == end


@pytest.mark.parametrize(
    "values",
    [
        OTEL.replace("enabled: true", "enabled: false"),
        MONITORING.replace("enabled: true", "enabled: false"),
        f"{SPLUNK}logsCollection: {{containers: {{enabled: false}}}}\n",
        under("promtail", f"enabled: false\n{PROMTAIL}"),
        "loki: {enabled: true}\npromtail: {enabled: false}\n",
    ],
)
def test_a_chart_that_is_switched_off(values: str) -> None:
    assert facts({**POD, "infra/values.yaml": values}).chains == ()


ARGO = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: logs}\nspec:\n  source:\n"
FLUX = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: logs}\nspec:\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("argo.yaml", f"{ARGO}    chart: promtail\n    helm:\n      values: |\n{textwrap.indent(PROMTAIL, ' ' * 8)}"),
        (
            "argo.yaml",
            f"{ARGO}    chart: promtail\n    helm:\n      valuesObject:\n{textwrap.indent(PROMTAIL, ' ' * 8)}",
        ),
        ("flux.yaml", f"{FLUX}  chart: {{spec: {{chart: promtail}}}}\n  values:\n{textwrap.indent(PROMTAIL, ' ' * 4)}"),
        (
            "kustomization.yaml",
            f"helmCharts:\n  - name: promtail\n    valuesInline:\n{textwrap.indent(PROMTAIL, ' ' * 6)}",
        ),
        (
            "helmfile.yaml",
            f"releases:\n  - chart: grafana/promtail\n    values:\n      -\n{textwrap.indent(PROMTAIL, ' ' * 8)}",
        ),
        (
            "main.tf",
            f'resource "helm_release" "logs" {{\n  chart  = "promtail"\n  values = [<<-EOT\n{PROMTAIL}  EOT\n  ]\n}}\n',
        ),
    ],
)
def test_a_chart_that_a_tool_installs(path: str, text: str) -> None:
    found = what(chain({**POD, f"infra/{path}": text}), Stage.DESTINATION)
    assert found == "ok: Loki https://logs.example.com/loki/api/v1/push"


def test_a_setting_of_terraform_lies_over_the_values() -> None:
    block = 'set {\n    name  = "datadog.logs.%s"\n    value = "true"\n  }\n'
    blocks = block % "enabled" + block % "containerCollectAll"
    release = f'resource "helm_release" "dd" {{\n  chart = "datadog"\n  {blocks}}}\n'
    assert what(chain({**POD, "infra/main.tf": release}), Stage.DESTINATION) == "ok: Datadog"


def test_a_release_that_is_suspended_sends_nothing() -> None:
    values = "  suspend: true\n  chart: {spec: {chart: promtail}}\n  values: {}\n"
    assert facts({**POD, "infra/flux.yaml": FLUX + values}).chains == ()


def test_labels_that_hand_records_to_each_other_end() -> None:
    label = "<label @{}>\n  <match **>\n    @type relabel\n    @label @{}\n  </match>\n</label>\n"
    source = "<source>\n  @type tail\n  @label @A\n  path /var/log/containers/*.log\n  tag x\n</source>\n"
    config = source + label.format("A", "B") + label.format("B", "A")
    assert not any(one.arrives for one in facts({**POD, "infra/fluent.conf": config}).chains)
