"""Agents that an operator makes of custom resources, and what EKS forwards on Fargate."""

import pytest
from test_chain import chain, facts, what

from skillaudit.forward import Stage

POD = {
    "k8s/server.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: server}\nspec:\n  template:\n"
    "    spec:\n      containers: [{name: server, image: 'registry.example.com/server:1'}]\n"
}
OPENSHIFT = """apiVersion: logging.openshift.io/v1
kind: ClusterLogForwarder
metadata: {{name: instance}}
spec:
  outputs: [{{name: siem, type: syslog, url: "{url}"}}]
  pipelines: [{{name: all, inputRefs: [{inputs}], outputRefs: [{output}]}}]
"""
FLOW = """apiVersion: logging.banzaicloud.io/v1beta1
kind: ClusterFlow
metadata: {{name: all}}
spec: {{globalOutputRefs: [{output}]}}
---
apiVersion: logging.banzaicloud.io/v1beta1
kind: ClusterOutput
metadata: {{name: archive}}
spec: {{s3: {{s3_bucket: audit, s3_region: eu-west-1}}}}
"""
FLUENT = """apiVersion: fluentbit.fluent.io/v1alpha2
kind: ClusterInput
metadata: {{name: tail}}
spec: {{tail: {{tag: "kube.*", path: "{path}"}}}}
---
apiVersion: fluentbit.fluent.io/v1alpha2
kind: ClusterOutput
metadata: {{name: loki}}
spec: {{match: "kube.*", loki: {{host: loki.example.com, port: 443, tls: {{verify: true}}}}}}
"""
FARGATE = """apiVersion: v1
kind: ConfigMap
metadata: {name: aws-logging, namespace: aws-observability}
data:
  output.conf: |
    [OUTPUT]
        Name cloudwatch_logs
        Match *
        log_group_name pods
"""


@pytest.mark.parametrize(
    ("resources", "end"),
    [
        (
            OPENSHIFT.format(url="tls://siem.example.com:6514", inputs="application", output="siem"),
            "ok: syslog tls://siem.example.com:6514",
        ),
        (FLOW.format(output="archive"), "ok: S3 audit"),
        (FLUENT.format(path="/var/log/containers/*.log"), "ok: Loki loki.example.com:443"),
        (FARGATE, "ok: CloudWatch Logs pods"),
    ],
)
def test_resources_that_make_an_agent(resources: str, end: str) -> None:
    found = chain({**POD, "k8s/logging.yaml": resources})
    assert what(found, Stage.DESTINATION) == end


@pytest.mark.parametrize(
    "resources",
    [
        OPENSHIFT.format(url="tls://siem.example.com:6514", inputs="audit", output="siem"),
        FLUENT.format(path="/var/log/audit/*.log"),
    ],
)
def test_resources_that_take_no_pods(resources: str) -> None:
    assert facts({**POD, "k8s/logging.yaml": resources}).chains == ()


@pytest.mark.parametrize(
    "resources",
    [
        OPENSHIFT.format(url="tls://siem.example.com:6514", inputs="application", output="other"),
        FLOW.format(output="other"),
    ],
)
def test_outputs_that_are_not_declared(resources: str) -> None:
    stops = chain({**POD, "k8s/logging.yaml": resources}).stops
    assert stops is not None
    assert stops.stage is Stage.ROUTE


def test_an_output_in_clear_text() -> None:
    found = chain(
        {**POD, "k8s/l.yaml": OPENSHIFT.format(url="tcp://s.example.com:514", inputs="application", output="siem")}
    )
    assert what(found, Stage.TRANSPORT).startswith("broken")
