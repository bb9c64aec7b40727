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


OTEL = """receivers: {{{receiver}}}
exporters: {{otlphttp: {{endpoint: "https://logs.example.com"}}}}
service: {{pipelines: {{logs: {{receivers: [{name}], exporters: [otlphttp]}}}}}}
"""
ALLOY = """discovery.docker "all" {{ host = "unix:///var/run/docker.sock" }}
discovery.relabel "first" {{
  targets = discovery.docker.all.targets
  rule {{
    source_labels = ["__meta_docker_container_name"]
    regex         = "/(.*)"
    target_label  = "container"
  }}
}}
discovery.relabel "second" {{
  targets = discovery.relabel.first.output
{rule}
}}
loki.source.docker "all" {{
  host       = "unix:///var/run/docker.sock"
  targets    = discovery.relabel.second.output
  forward_to = [loki.process.all.receiver]
}}
loki.process "all" {{
  forward_to = [loki.write.all.receiver]
{stage}
}}
loki.write "all" {{
  endpoint {{ url = "https://logs.example.com/loki/api/v1/push" }}
}}
"""
JOURNAL = """loki.source.journal "all" {{
  {option}
  forward_to = [loki.write.all.receiver]
}}
loki.write "all" {{
  endpoint {{ url = "https://logs.example.com/loki/api/v1/push" }}
}}
"""
VECTOR_JOURNAL = VECTOR.replace("docker_logs", "journald")
VECTOR_PODS = VECTOR.replace("docker_logs", "kubernetes_logs")
BEAT = """filebeat.inputs: [{{type: {kind}}}]
output.elasticsearch: {{hosts: ["https://logs.example.com"]}}
"""
BIT_JOURNAL = """[INPUT]
    Name systemd
    Tag host.*
    {option}
[OUTPUT]
    Name splunk
    Match *
    Host hec.example.com
    tls on
"""
SCRAPED = """clients: [{{url: "https://logs.example.com/loki/api/v1/push"}}]
scrape_configs: [{{job_name: all, {option}}}]
"""
PODS = '{{source_labels: ["__meta_kubernetes_{label}"], action: keep, regex: "{regex}"}}'


def pods(agent: str) -> dict[str, str]:
    return {
        "k8s/server.yaml": POD.replace("annotations:", "labels: {app.kubernetes.io/name: server}\n      annotations:"),
        "k8s/agent.yaml": agent,
    }


def scraped_pods(label: str, regex: str) -> dict[str, str]:
    rule = PODS.format(label=label, regex=regex)
    return pods(SCRAPED.format(option=f"kubernetes_sd_configs: [{{role: pod}}], relabel_configs: [{rule}]"))


def alloy(rule: str = "", stage: str = "") -> dict[str, str]:
    return {"compose.yaml": COMPOSE, "config.alloy": ALLOY.format(rule=rule, stage=stage)}


def alloy_rule(label: str, action: str, regex: str) -> dict[str, str]:
    return alloy(f'  rule {{\n    source_labels = ["{label}"]\n    regex = "{regex}"\n    action = "{action}"\n  }}')


def alloy_stage(selector: str) -> dict[str, str]:
    quoted = selector.replace('"', '\\"')
    return alloy(stage=f'  stage.match {{\n    selector = "{quoted}"\n    action = "drop"\n  }}')


def unit(path: str, text: str) -> dict[str, str]:
    return {"deploy/server.service": UNIT, f"deploy/{path}": text}


def otel(receiver: str) -> str:
    return OTEL.format(receiver=receiver, name=receiver.partition(":")[0])


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
        (pods(otel("filelog: {include: [/var/log/pods/*/*/*.log]}")), True),
        (
            pods(otel("filelog: {include: [/var/log/pods/*/*/*.log], exclude: [/var/log/pods/mcp_server-*/*/*.log]}")),
            False,
        ),
        (pods(otel("filelog: {include: [/var/log/pods/web_*/*/*.log]}")), False),
        (pods(otel("filelog: {include: [/var/log/pods/mcp_*/server/*.log]}")), True),
        (pods(VECTOR_PODS.format(option='exclude_paths_glob_patterns: ["**/server/**"]')), False),
        (pods(VECTOR_PODS.format(option="extra_label_selector: app.kubernetes.io/name=web")), False),
        (pods(VECTOR_PODS.format(option="extra_label_selector: app.kubernetes.io/name=server")), True),
        (pods(BEAT.format(kind="container, paths: [/var/log/containers/*_web_*.log]")), False),
        (pods(BEAT.format(kind="container, paths: [/var/log/containers/*_mcp_*.log]")), True),
        (scraped_pods("pod_label_app_kubernetes_io_name", "server"), True),
        (scraped_pods("pod_label_app_kubernetes_io_name", "web"), False),
        (scraped_pods("namespace", "web|mcp"), True),
        (scraped_pods("namespace", "web"), False),
        (scraped_pods("pod_container_name", "web"), False),
        (
            promtail(rules=RULE.replace("team", "com_docker_compose_service").format(action="keep", regex="server")),
            True,
        ),
        (promtail(rules=RULE.replace("team", "com_docker_compose_service").format(action="keep", regex="web")), False),
        (promtail(rules=RULE.replace("team", "com_docker_compose_project").format(action="keep", regex="web")), True),
        (alloy(), True),
        (alloy_rule("__meta_docker_container_label_team", "keep", "web"), False),
        (alloy_rule("__meta_docker_container_name", "keep", "/mcp-server"), True),
        (alloy_rule("__meta_docker_container_name", "keep", "/web"), False),
        (alloy_rule("container", "drop", "mcp-.*"), False),
        (alloy_stage('{container="mcp-server"}'), False),
        (alloy_stage('{container=~"web.*"}'), True),
        (alloy_stage('{container="mcp-server"} |= "debug"'), True),
        (alloy_stage('{other="mcp-server"}'), True),
        (unit("agent.yaml", VECTOR_JOURNAL.format(option="include_units: [server]")), True),
        (unit("agent.yaml", VECTOR_JOURNAL.format(option="include_units: [web.service]")), False),
        (unit("agent.yaml", VECTOR_JOURNAL.format(option="exclude_units: [server.service]")), False),
        (unit("agent.yaml", otel("journald: {units: [web]}")), False),
        (unit("agent.yaml", otel("journald: {units: [web, server]}")), True),
        (unit("fluent-bit.conf", BIT_JOURNAL.format(option="Systemd_Filter _SYSTEMD_UNIT=web.service")), False),
        (unit("fluent-bit.conf", BIT_JOURNAL.format(option="Systemd_Filter _SYSTEMD_UNIT=server.service")), True),
        (unit("fluent-bit.conf", BIT_JOURNAL.format(option="Systemd_Filter PRIORITY=3")), True),
        (unit("agent.yaml", SCRAPED.format(option='journal: {matches: "_SYSTEMD_UNIT=web.service"}')), False),
        (unit("agent.yaml", BEAT.format(kind="journald, units: [web.service]")), False),
        (
            unit("agent.yaml", BEAT.format(kind='journald, include_matches: {match: ["_SYSTEMD_UNIT=web.service"]}')),
            False,
        ),
        (unit("config.alloy", JOURNAL.format(option='matches = "_SYSTEMD_UNIT=web.service"')), False),
        (unit("config.alloy", JOURNAL.format(option='matches = "_SYSTEMD_UNIT=server.service"')), True),
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
