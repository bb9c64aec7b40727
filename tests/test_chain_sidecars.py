"""Agents beside a server: what both mount, what one prints for the other, and parts of a chart that are not made."""

import pytest
from test_chain import chain, facts, what

from skillaudit.forward import Stage

FILE = "logging.basicConfig(filename='/logs/audit.log')"
POD = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: server}}
spec:
  template:
    spec:
      volumes:
        [{{name: logs, emptyDir: {{}}}}, {{name: other, emptyDir: {{}}}}, {{name: conf, configMap: {{name: shipper}}}}]
      {field}:
        - name: shipper
          restartPolicy: Always
          image: fluent/fluent-bit
          volumeMounts: [{{name: {volume}, mountPath: /in}}, {{name: conf, mountPath: /fluent-bit/etc}}]
      containers:
        - {{name: server, image: registry.example.com/server, volumeMounts: [{{name: logs, mountPath: /logs}}]}}
        - name: tail
          image: busybox
          args: [/bin/sh, -c, "{command}"]
          volumeMounts: [{{name: logs, mountPath: /logs}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: shipper}}
data:
  fluent-bit.conf: |
    [INPUT]
        Name tail
        Path /in/*.log
        Tag audit
    [OUTPUT]
        Name splunk
        Match *
        Host hec.example.com
        tls on
"""
DATADOG = {"infra/values.yaml": "datadog:\n  logs: {enabled: true, containerCollectAll: true}\n"}


def pod(volume: str = "logs", command: str = "sleep 1", field: str = "initContainers") -> dict[str, str]:
    return {"k8s/server.yaml": POD.format(volume=volume, command=command, field=field)}


def test_a_sidecar_reads_what_both_mount() -> None:
    assert what(chain(pod(), FILE), Stage.DESTINATION) == "ok: Splunk hec.example.com"


def test_a_sidecar_that_mounts_another_folder_reads_nothing() -> None:
    found = chain(pod("other"), FILE)
    assert found.stops is not None
    assert found.stops.stage is Stage.AGENT


def test_a_sidecar_that_prints_the_file() -> None:
    found = facts({**pod("other", "tail -n+1 -F /logs/audit.log"), **DATADOG}, FILE).chains
    assert any(one.arrives and "prints the file" in " ".join(link.what for link in one.links) for one in found)


def test_a_sidecar_that_prints_another_file() -> None:
    found = facts({**pod("other", "tail -F /logs/other.log"), **DATADOG}, FILE).chains
    assert not any(one.arrives for one in found)


BEAT = """apiVersion: beat.k8s.elastic.co/v1beta1
kind: Beat
metadata: {{name: filebeat}}
spec:
  {reference}
  config:
    filebeat.autodiscover:
      providers: [{{type: kubernetes, hints: {{enabled: true}}}}]
"""


@pytest.mark.parametrize(
    ("reference", "end"),
    [("elasticsearchRef: {name: logs}", "ok: Elasticsearch https://logs-es-http.svc:9200"), ("", "")],
)
def test_a_beat_sends_to_the_cluster_that_it_refers_to(reference: str, end: str) -> None:
    held = {**pod("other"), "k8s/beat.yaml": BEAT.format(reference=reference)}
    ends = [what(one, Stage.DESTINATION) for one in facts(held).chains if "Filebeat" in str(one)]
    assert ends == [end]


CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: server\nversion: 1.0.0\n",
    "chart/templates/server.yaml": pod("other")["k8s/server.yaml"].split("---")[0],
    "chart/templates/vector.yaml": """{{- if .Values.vector.enabled }}
apiVersion: v1
kind: ConfigMap
metadata: {name: vector}
data:
  vector.yaml: |
    sources: {k: {type: kubernetes_logs}}
    sinks: {o: {type: datadog_logs, inputs: [k]}}
{{- else }}
apiVersion: v1
kind: ConfigMap
metadata: {name: nothing}
{{- end }}
""",
}


@pytest.mark.parametrize(
    ("values", "arrives"),
    [
        ({"chart/values.yaml": "vector: {enabled: true}\n"}, True),
        ({"chart/values.yaml": "vector: {enabled: false}\n"}, False),
        (
            {
                "chart/values.yaml": "vector: {enabled: false}\n",
                "chart/values-prod.yaml": "vector: {enabled: true}\n",
            },
            True,
        ),
        ({"chart/values.yaml": "other: 1\n"}, True),
    ],
)
def test_what_a_chart_makes_follows_from_its_values(values: dict[str, str], arrives: bool) -> None:  # noqa: FBT001
    assert any(one.arrives for one in facts({**CHART, **values}).chains) is arrives


ALLOY = """loki.source.docker "all" {
  host       = "unix:///var/run/docker.sock"
  targets    = []
  forward_to = [loki.write.out.receiver]
}
loki.write "out" {
  endpoint {
    url = "https://logs.example.com/loki/api/v1/push"
    basic_auth {
      username = sys.env("NAME")
      password = string.trim_space(local.file.token.content)
    }
  }
}
"""


def test_functions_of_alloys_library() -> None:
    found = chain({"compose.yaml": "services:\n  server:\n    build: .\n", "config.alloy": ALLOY})
    assert what(found, Stage.DESTINATION) == "ok: Loki https://logs.example.com/loki/api/v1/push"
