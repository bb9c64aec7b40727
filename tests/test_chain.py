"""Single links of forwarding chains: the tools that no whole stack shows, and what is no forwarding at all."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from audits import write_tree
from linked import facts_of
from msgspec.structs import replace

from skillaudit.chain import with_chains
from skillaudit.configuration import documents
from skillaudit.facts import Facts
from skillaudit.forward import Chain, Reach, Stage, Standing
from skillaudit.forwarding.matching import fluentd_matches, glob
from skillaudit.forwarding.reach import reach_of
from skillaudit.inventory import take_inventory

MANIFEST = {"pyproject.toml": '[project]\nname = "server"\nversion = "1.0.0"\ndependencies = ["mcp"]\n'}
SERVER = """import logging
from mcp.server.fastmcp import FastMCP
{setup}
log = logging.getLogger(__name__)
mcp = FastMCP("server")

@mcp.tool()
def go(name: str) -> str:
    log.info("go")
    return "gone"

mcp.run(transport="streamable-http")
"""
CONSOLE = "logging.basicConfig()"
COMPOSE = "services:\n  server:\n    build: .\n"


@cache
def _code(setup: str) -> Facts:
    return facts_of({**MANIFEST, "server.py": SERVER.format(setup=setup)})


def facts(files: Mapping[str, str], setup: str = CONSOLE) -> Facts:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), {**MANIFEST, "server.py": SERVER.format(setup=setup), **files})
        inventory = take_inventory(Path(folder))
        return with_chains(replace(_code(setup), inventory=inventory), documents(Path(folder), inventory))


def chain(files: Mapping[str, str], setup: str = CONSOLE) -> Chain:
    (found,) = facts(files, setup).chains
    return found


def what(found: Chain, stage: Stage) -> str:
    link = found.of(stage)
    return f"{link.standing}: {link.what}" if link is not None else ""


SYSLOG_NG = """source s_journal { systemd-journal(); };
destination d_remote { syslog("logs.example.com" port(6514) transport("tls") tls(ca-dir("/etc/ssl"))); };
log { source(s_journal); destination(d_remote); };
"""
UNIT = "[Service]\nExecStart=/usr/bin/python3 server.py\n"
DAEMON = """apiVersion: v1
kind: ConfigMap
metadata: {name: fluent-bit}
data:
  fluent-bit.yaml: |
    pipeline:
      inputs:
        - name: tail
          path: /var/log/containers/*.log
          tag: kube.*
      outputs:
        - name: cloudwatch_logs
          match: 'kube.*'
          log_group_name: /k8s/server
"""
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: server}
spec: {template: {spec: {containers: [{name: server, image: server:1}]}}}
"""
TASK = """{"family": "server", "taskRoleArn": "arn:aws:iam::1:role/server", "containerDefinitions": [
  {"name": "router", "image": "aws-for-fluent-bit:3", "firelensConfiguration": {"type": "fluentbit"}},
  {"name": "server", "image": "server:1", "logConfiguration": {"logDriver": "awsfirelens", "options":
    {"Name": "datadog", "Host": "http-intake.logs.datadoghq.com", "TLS": "on"}}}]}
"""
SAM = """Resources:
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /aws/lambda/server, RetentionInDays: 90}
  Server:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: server
      Policies:
        - Statement: [{Effect: Allow, Action: 'logs:PutLogEvents', Resource: '*'}]
"""
LAMBDA = """service: server
provider: {name: aws, runtime: python3.13}
functions: {server: {handler: server.handler}}
"""
CLOUD_RUN = """resource "google_cloud_run_v2_service" "server" {
  name = "server"
}
"""
FIREHOSE = """resource "aws_kinesis_firehose_delivery_stream" "logs" {
  name = "logs"
  extended_s3_configuration {
    bucket_arn = aws_s3_bucket.logs.arn
  }
}
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}
"""
DATADOG = """  agent:
    image: gcr.io/datadoghq/agent:7
    environment:
      - DD_LOGS_ENABLED=true
      - DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL=true
      - DD_SITE=datadoghq.eu
"""
LOGSPOUT = "  logspout:\n    image: gliderlabs/logspout\n    command: syslog+tls://logs.example.com:6514\n"
VALUES = """config:
  inputs: |
    [INPUT]
        Name tail
        Path /var/log/containers/*.log
        Tag kube.*
  outputs: |
    [OUTPUT]
        Name es
        Match kube.*
        Host es.example.com
        Port 443
        Tls On
"""
COLLECTOR = """apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: {name: logs}
spec:
  mode: daemonset
  config:
    receivers: {filelog: {include: [/var/log/pods/*/*/*.log]}}
    exporters: {otlp: {endpoint: 'otel.example.com:4317'}}
    service: {pipelines: {logs: {receivers: [filelog], exporters: [otlp]}}}
"""
KNATIVE = """apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: server, annotations: {run.googleapis.com/ingress: all}}
spec: {template: {spec: {containers: [{name: server, image: server:1}]}}}
"""
OUT = "[INPUT]\n  Name tail\n  Path /var/lib/docker/containers/*/*.log\n[OUTPUT]\n  Name {0}\n  Match *\n"


TRACES = """receivers: {otlp: {}}
exporters: {zipkin: {}}
service:
  pipelines:
    traces: {receivers: [otlp], exporters: [zipkin]}
"""


@pytest.mark.parametrize(
    ("files", "destination"),
    [
        ({"deploy/a.service": UNIT, "deploy/s.conf": SYSLOG_NG}, "ok: syslog tls://logs.example.com:6514"),
        ({"k8s/fb.yaml": DAEMON, "k8s/server.yaml": DEPLOYMENT}, "ok: CloudWatch Logs /k8s/server"),
        ({"k8s/fb.yaml": DAEMON}, "ok: CloudWatch Logs /k8s/server"),
        ({"task.json": TASK}, "ok: Datadog http-intake.logs.datadoghq.com"),
        ({"template.yaml": SAM}, "ok: CloudWatch Logs /aws/lambda/server"),
        ({"serverless.yml": LAMBDA}, "ok: CloudWatch Logs /aws/lambda/server-server"),
        ({"run.tf": CLOUD_RUN}, "ok: Google Cloud Logging"),
        ({"compose.yaml": f"{COMPOSE}    logging: {{driver: gcplogs}}\n"}, "ok: Google Cloud Logging"),
        ({"compose.yaml": f"{COMPOSE}    logging:\n      driver: gelf\n      options: {{gelf-address: 'udp://g.example.com:1'}}\n"},
         "ok: an HTTP or socket endpoint udp://g.example.com:1"),
        ({"compose.yaml": COMPOSE, "fb.conf": OUT.format("datadog")}, "ok: Datadog"),
        ({"compose.yaml": COMPOSE + DATADOG}, "ok: Datadog https://agent-http-intake.logs.datadoghq.eu"),
        ({"compose.yaml": COMPOSE + LOGSPOUT}, "ok: syslog tls://logs.example.com:6514"),
        ({"k8s/s.yaml": DEPLOYMENT, "values.yaml": "datadog: {logs: {enabled: true, containerCollectAll: true}}\n"},
         "ok: Datadog"),
        ({"k8s/s.yaml": DEPLOYMENT, "fluent-bit/values.yaml": VALUES}, "ok: Elasticsearch es.example.com:443"),
        ({"k8s/s.yaml": DEPLOYMENT, "collector.yaml": COLLECTOR}, "ok: an OTLP endpoint otel.example.com:4317"),
        ({"k8s/s.yaml": DEPLOYMENT, "gke.tf": 'resource "google_container_cluster" "a" {\n  name = "a"\n}\n'},
         "ok: Google Cloud Logging"),
        ({"app.yaml": "runtime: python313\nentrypoint: python server.py\n"}, "ok: Google Cloud Logging"),
        ({"service.yaml": KNATIVE}, "ok: Google Cloud Logging"),
        ({"wrangler.toml": 'name = "a"\nmain = "a.ts"\nlogpush = true\n'}, "ok: a hosted log service Logpush"),
    ],
)  # fmt: skip
def test_where_records_land(files: dict[str, str], destination: str) -> None:
    found = chain(files)
    assert found.arrives
    assert what(found, Stage.DESTINATION) == destination


def test_a_delivery_stream_leads_to_its_bucket() -> None:
    output = OUT.format("kinesis_firehose") + "  delivery_stream logs\n"
    found = chain({"compose.yaml": COMPOSE, "fb.conf": output, "infra/a.tf": FIREHOSE})
    assert what(found, Stage.DESTINATION) == "ok: S3 logs"
    assert what(found, Stage.IMMUTABILITY) == "broken: the bucket logs"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"Dockerfile": "FROM python\nCMD python server.py\n"},
        {"compose.yaml": f"{COMPOSE}    logging: {{driver: json-file, options: {{max-size: 1m}}}}\n"},
        {"compose.yaml": f"{COMPOSE}    logging: {{driver: local}}\n"},
        {"compose.yaml": f"{COMPOSE}  db:\n    image: postgres\n    logging: {{driver: splunk}}\n"},
        {"fly.toml": 'app = "a"\n[http_service]\ninternal_port = 80\n'},
        {"wrangler.toml": 'name = "a"\nmain = "a.ts"\ncompatibility_date = "2025-01-01"\n'},
        {"a.service": UNIT},
        {"prometheus.yml": "scrape_configs: [{job_name: a}]\n", "compose.yaml": COMPOSE},
        {"tests/compose.yaml": f"{COMPOSE}    logging: {{driver: splunk}}\n"},
        {"compose.yaml": COMPOSE, "otel.yaml": TRACES},
        {"compose.yaml": COMPOSE, "run.logrotate": "/var/log/a.log {\n  daily\n}\n"},
    ],
)  # fmt: skip
def test_what_is_no_forwarding_makes_no_chain(files: dict[str, str]) -> None:
    assert facts(files).chains == ()


OTLP = """from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
provider = LoggerProvider()
provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter({0})))
logging.getLogger().addHandler(LoggingHandler(logger_provider=provider))"""


def test_an_exporter_that_reaches_a_collector_without_a_pipeline_for_logs_is_broken() -> None:
    variables = "    environment: [OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318]\n"
    variables += "  collector: {image: otel/opentelemetry-collector}\n"
    found = chain({"compose.yaml": COMPOSE + variables, "otel.yaml": TRACES}, OTLP.format(""))
    assert found.stops is not None
    assert (found.stops.location.path, found.stops.location.line) == ("otel.yaml", 5)
    assert "traces" in found.stops.reason


@pytest.mark.parametrize(
    ("endpoint", "standing", "reach"),
    [
        ("endpoint='https://otel.example.com/v1/logs'", Standing.OK, Reach.PUBLIC),
        ("endpoint='http://otel.example.com/v1/logs'", Standing.BROKEN, Reach.PUBLIC),
        ("endpoint='http://otel:4318/v1/logs'", Standing.BROKEN, Reach.UNKNOWN),
        ("", Standing.UNKNOWN, Reach.UNKNOWN),
    ],
)
def test_the_address_in_code_decides_about_clear_text(endpoint: str, standing: Standing, reach: Reach) -> None:
    link = chain({}, OTLP.format(endpoint)).of(Stage.TRANSPORT)
    assert link is not None
    assert (link.standing, link.reach) == (standing, reach)


def test_what_listens_on_the_same_host_is_not_known() -> None:
    link = chain({}, OTLP.format("endpoint='http://localhost:4318/v1/logs'")).of(Stage.DESTINATION)
    assert link is not None
    assert link.standing is Standing.UNKNOWN


ROLE = """  iam:
    role:
      statements:
        - {{Effect: Allow, Action: ['logs:PutLogEvents', '{0}'], Resource: '*'}}
"""
DENIED = "        - {Effect: Deny, Action: 'logs:Delete*', Resource: '*'}\n"
AT_TIMES = DENIED.replace("'*'}", "'*', Condition: {Bool: {'aws:MultiFactorAuthPresent': 'false'}}}")


@pytest.mark.parametrize(
    ("statements", "standing"),
    [
        (ROLE.format("logs:CreateLogStream"), "ok"),
        (ROLE.format("logs:DeleteLogStream"), "broken"),
        (ROLE.format("logs:*"), "broken"),
        (ROLE.format("*"), "broken"),
        (ROLE.format("logs:*") + DENIED, "ok"),
        (ROLE.format("logs:*") + AT_TIMES, "broken"),
        (ROLE.format("s3:DeleteObject"), "ok"),
        ("", "unknown"),
    ],
)
def test_what_the_servers_role_may_do(statements: str, standing: str) -> None:
    service = LAMBDA.replace("provider: {name: aws, runtime: python3.13}\n", f"provider:\n  name: aws\n{statements}")
    assert what(chain({"serverless.yml": service}), Stage.PERMISSION).startswith(f"{standing}:")


def test_a_sam_function_may_delete_what_its_own_policies_allow() -> None:
    found = chain({"template.yaml": SAM.replace("logs:PutLogEvents", "logs:*")})
    assert what(found, Stage.PERMISSION) == "broken: the role Server allows logs:*"


def test_only_what_is_built_here_is_the_server() -> None:
    other = "  cache:\n    image: example/own-cache\n    logging: {driver: none}\n"
    web = "  web:\n    build: ./web\n    logging: {driver: none}\n"
    files = {"compose.yaml": COMPOSE + other + web, "web/package.json": '{"name": "web", "version": "1.0.0"}'}
    assert facts(files).chains == ()


@pytest.mark.parametrize(
    ("setup", "destination", "immutability"),
    [
        ("from cmreslogging.handlers import CMRESHandler\nh = CMRESHandler()", "Elasticsearch", "unknown"),
        ("from watchtower import CloudWatchLogHandler\nh = CloudWatchLogHandler()", "CloudWatch Logs", "ok"),
        ("from logtail import LogtailHandler\nh = LogtailHandler('x')", "a hosted log service Better Stack", "ok"),
        ("from graypy import GELFTLSHandler\nh = GELFTLSHandler('g.example.com', 1)", "Graylog", "unknown"),
    ],
)  # fmt: skip
def test_what_sinks_in_code_are(setup: str, destination: str, immutability: str) -> None:
    found = chain({}, f"{setup}\nlogging.getLogger().addHandler(h)")
    assert destination in what(found, Stage.DESTINATION)
    assert what(found, Stage.IMMUTABILITY).startswith(immutability)


def test_a_driver_from_outside_the_tree_is_unknown_and_not_missing() -> None:
    found = chain({"compose.yaml": f"{COMPOSE}    logging: {{driver: '${{LOG_DRIVER}}'}}\n"})
    assert [link.standing for link in found.links] == [Standing.OK, Standing.UNKNOWN]


def test_the_cloudwatch_agent_reads_the_file_that_the_code_writes() -> None:
    listed = '[{"file_path": "/var/log/a.log", "log_group_name": "a"}]'
    config = f'{{"logs": {{"logs_collected": {{"files": {{"collect_list": {listed}}}}}}}}}'
    found = chain(
        {"amazon-cloudwatch-agent.json": config, "a.service": UNIT}, "logging.basicConfig(filename='/var/log/a.log')"
    )
    assert what(found, Stage.DESTINATION) == "ok: CloudWatch Logs a"


def test_the_hosts_own_syslog_is_no_end() -> None:
    own = (
        "from logging.handlers import SysLogHandler\nlogging.getLogger().addHandler(SysLogHandler(address='/dev/log'))"
    )
    assert [one for one in facts({}, own).chains if one.arrives] == []
    (found,) = (one for one in facts({"deploy/s.conf": SYSLOG_NG}, own).chains if "sends" in one.links[0].what)
    assert what(found, Stage.DESTINATION) == "ok: syslog tls://logs.example.com:6514"


def test_a_file_and_a_console_go_their_own_ways() -> None:
    both = "logging.basicConfig(handlers=[logging.StreamHandler(), logging.FileHandler('/var/log/a.log')])"
    found = facts(
        {"compose.yaml": f"{COMPOSE}    logging: {{driver: awslogs, options: {{awslogs-group: a}}}}\n"}, both
    ).chains
    assert [what(one, Stage.DESTINATION) for one in found] == ["ok: CloudWatch Logs a"]


def test_a_file_beside_a_driver_that_ships_the_console_is_broken_there() -> None:
    alone = "logging.basicConfig(filename='/var/log/a.log')"
    found = chain(
        {"compose.yaml": f"{COMPOSE}    logging: {{driver: awslogs, options: {{awslogs-group: a}}}}\n"}, alone
    )
    assert found.stops is not None
    assert (found.stops.stage, found.stops.location.line) == (Stage.DRIVER, 4)


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("https://logs.example.com/x", Reach.PUBLIC), ("8.8.8.8:514", Reach.PUBLIC), ("http://loki:3100", Reach.LOCAL),
        ("http://[::1]:1", Reach.LOCAL), ("127.0.0.1:24224", Reach.LOCAL), ("unix:///dev/log", Reach.LOCAL),
        ("http://a.b.svc.cluster.local", Reach.LOCAL), ("loki.monitoring", Reach.LOCAL), ("10.0.0.1", Reach.UNKNOWN),
        ("http://${HOST}/x", Reach.UNKNOWN), ("logs", Reach.UNKNOWN), ("http://logs.corp.internal", Reach.UNKNOWN),
        ("http://user:pw@logs.example.com", Reach.PUBLIC), ("0.0.0.0:1", Reach.LOCAL),
    ],
)  # fmt: skip
def test_where_an_address_leads(url: str, reach: Reach) -> None:
    assert reach_of(url, {"loki"}) is reach


@pytest.mark.parametrize(
    ("pattern", "tag", "fits"),
    [("mcp.*", "mcp.a.b", True), ("mcp.*", "mcp", False), ("*", "", True), ("a*b*c", "aXbYc", True),
     ("a*b", "ab", True),      ("ab*ba", "aba", False), ("a", "a", True)],
)  # fmt: skip
def test_a_star_stands_for_anything(pattern: str, tag: str, *, fits: bool) -> None:
    assert glob(pattern, tag) is fits


@pytest.mark.parametrize(
    ("patterns", "tag", "fits"),
    [("mcp.*", "mcp.a", True), ("mcp.*", "mcp.a.b", False), ("mcp.**", "mcp.a.b", True), ("mcp.**", "mcp", True),
     ("{a,b}.c", "b.c", True), ("x a.*", "a.b", True), ("**", "a", True), ("**.z", "a.b.z", True), ("a", "b", False)],
)  # fmt: skip
def test_fluentd_counts_the_parts_of_a_tag(patterns: str, tag: str, *, fits: bool) -> None:
    assert fluentd_matches(patterns, tag) is fits
