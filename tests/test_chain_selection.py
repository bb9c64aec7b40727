"""What an agent takes in of what runs beside it: by name, by label, by file, by program."""

import pytest
from test_chain import CONSOLE, chain

from skillaudit.forward import Stage

COMPOSE = "services:\n  server:\n    build: .\n    container_name: mcp-server\n    labels: {team: mcp}\n"
POD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: server, namespace: mcp}
spec:
  template:
    metadata:
      annotations: {fluentbit.io/exclude: "true", ad.datadoghq.com/server.logs: "[]"}
    spec:
      containers: [{name: server, image: registry.example.com/server}]
"""
UNIT = "[Service]\nExecStart=/usr/bin/python3 server.py\nSyslogIdentifier=server\n"
PROMTAIL = """clients: [{{url: "https://logs.example.com/loki/api/v1/push"}}]
scrape_configs:
  - job_name: docker
    docker_sd_configs: [{{host: "unix:///var/run/docker.sock", filters: [{filters}]}}]
    relabel_configs: [{rules}]
"""
VECTOR = """sources: {{d: {{type: docker_logs, {option}}}}}
sinks: {{o: {{type: http, inputs: [d], uri: "https://logs.example.com"}}}}
"""
BIT = """[INPUT]
    Name tail
    Tag kube.*
    {paths}
[FILTER]
    Name kubernetes
    Match kube.*
    K8S-Logging.Exclude {exclude}
[OUTPUT]
    Name splunk
    Match *
    Host hec.example.com
    tls on
"""
FILES = "/var/log/containers/"
RSYSLOG = """if $programname == '{name}' then {{
  action(type="omfwd" target="logs.example.com" port="6514" protocol="tcp" StreamDriver="gtls" StreamDriverMode="1")
}}
"""
DATADOG = "datadog:\n  logs: {enabled: true, containerCollectAll: false}\n"
RULE = '{{source_labels: ["__meta_docker_container_label_team"], action: {action}, regex: "{regex}"}}'


def promtail(filters: str = "", rules: str = "") -> dict[str, str]:
    return {"compose.yaml": COMPOSE, "promtail.yaml": PROMTAIL.format(filters=filters, rules=rules)}


def vector(option: str) -> dict[str, str]:
    return {"compose.yaml": COMPOSE, "vector.yaml": VECTOR.format(option=option)}


def bit(paths: str, exclude: str = "Off") -> dict[str, str]:
    return {"k8s/server.yaml": POD, "k8s/fluent-bit.conf": BIT.format(paths=paths, exclude=exclude)}


@pytest.mark.parametrize(
    ("files", "arrives"),
    [
        (promtail("{name: name, values: [mcp]}"), True),
        (promtail("{name: name, values: [postgres]}"), False),
        (promtail('{name: label, values: ["team=mcp"]}'), True),
        (promtail('{name: label, values: ["team=web"]}'), False),
        (promtail("{name: label, values: [logged]}"), False),
        (promtail(rules=RULE.format(action="keep", regex="mcp|web")), True),
        (promtail(rules=RULE.format(action="keep", regex="web")), False),
        (promtail(rules=RULE.format(action="drop", regex="mcp")), False),
        (vector("include_containers: [mcp]"), True),
        (vector("include_containers: [web]"), False),
        (vector("exclude_containers: [mcp-server]"), False),
        (vector("include_labels: [team=mcp]"), True),
        (vector("include_labels: [team=web]"), False),
        (bit(f"Path {FILES}*.log"), True),
        (bit(f"Path {FILES}*.log", "On"), False),
        (bit(f"Path {FILES}*_mcp_*.log"), True),
        (bit(f"Path {FILES}*_web_*.log"), False),
        (bit(f"Path {FILES}*.log\n    Exclude_Path {FILES}server*.log"), False),
        ({"deploy/server.service": UNIT, "deploy/rsyslog.conf": RSYSLOG.format(name="server")}, True),
        ({"deploy/server.service": UNIT, "deploy/rsyslog.conf": RSYSLOG.format(name="postgres")}, False),
        ({"k8s/server.yaml": POD, "infra/values.yaml": DATADOG}, True),
        ({"k8s/server.yaml": POD.replace("server.logs", "server.checks"), "infra/values.yaml": DATADOG}, False),
    ],
)
def test_what_an_agent_takes_in(files: dict[str, str], arrives: bool) -> None:  # noqa: FBT001 - a table
    found = chain(files, CONSOLE)
    assert found.arrives is arrives
    assert arrives or (found.stops is not None and found.stops.stage is Stage.AGENT)


def test_a_name_that_the_tree_does_not_say_is_taken() -> None:
    compose = COMPOSE.replace("    container_name: mcp-server\n", "")
    assert chain({**vector("exclude_containers: [mcp-server]"), "compose.yaml": compose}).arrives


def test_lines_of_syslog_ng_that_are_no_statements() -> None:
    config = (
        '@version: 4.2\n@include "scl.conf"\nsource s_all { system(); internal(); };\n'
        'destination d_tls { network("logs.example.com" port(6514) transport("tls") tls(ca-dir("/etc"))); };\n'
        "log { source(s_all); destination(d_tls); };\n"
    )
    assert chain({"deploy/server.service": UNIT, "deploy/syslog-ng.conf": config}).arrives


@pytest.mark.parametrize(("option", "found"), [("", "ok"), ('usehttps="off"', "broken"), ('usehttps="on"', "ok")])
def test_rsyslog_over_http(option: str, found: str) -> None:
    config = f'module(load="omhttp")\naction(type="omhttp" server="logs.example.com" serverport="443" {option})\n'
    link = chain({"deploy/server.service": UNIT, "deploy/rsyslog.conf": config}).of(Stage.TRANSPORT)
    assert link is not None
    assert link.standing.value == found
