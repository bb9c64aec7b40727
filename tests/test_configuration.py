"""Configuration files in their neutral form: shapes, places, what resolves, and what hostile files cost."""

import tempfile
import time
from pathlib import Path

import pytest
from audits import write_tree

from skillaudit.configuration import (
    MAX_BYTES,
    Document,
    Documents,
    Map,
    Text,
    Unresolved,
    at,
    documents,
    raw,
    text,
    walk,
)
from skillaudit.forwarding.cloud import cloud
from skillaudit.inventory import take_inventory

SECONDS = 1.0
COMPOSE = "services:\n  server:\n    build: .\n"


def read(files: dict[str, str]) -> Documents:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), files)
        return documents(Path(folder), take_inventory(Path(folder)))


def only(files: dict[str, str]) -> Document:
    (found,) = read(files).all
    return found


@pytest.mark.parametrize(
    ("kind", "path", "content"),
    [
        ("compose", "anything.yaml", COMPOSE),
        ("compose", "a.json", '{"services": {"server": {"image": "x"}}}'),
        ("kubernetes", "a.yml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"),
        ("cloudformation", "a.json", '{"Resources": {"L": {"Type": "AWS::Logs::LogGroup", "Properties": {}}}}'),
        ("cloudformation", "sam.yaml", "Resources:\n  F:\n    Type: AWS::Serverless::Function\n"),
        ("serverless", "a.yml", "service: a\nprovider: {name: aws}\nfunctions: {f: {handler: a.b}}\n"),
        ("ecs", "task.json", '{"family": "a", "containerDefinitions": [{"name": "a", "image": "b"}]}'),
        ("iam", "p.json", '{"Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}'),
        ("terraform", "a.tf", 'resource "aws_s3_bucket" "a" {}\n'),
        ("alloy", "a.alloy", 'loki.write "a" {\n  endpoint { url = "https://b" }\n}\n'),
        ("fluent-bit", "a.conf", "[INPUT]\n  Name tail\n[OUTPUT]\n  Name null\n"),
        ("fluent-bit", "a.yaml", "pipeline:\n  inputs: [{name: tail}]\n  outputs: [{name: loki, match: '*'}]\n"),
        ("fluentd", "a.conf", "<source>\n  @type forward\n</source>\n"),
        ("vector", "a.toml", '[sources.a]\ntype = "stdin"\n[sinks.b]\ntype = "loki"\ninputs = ["a"]\n'),
        ("vector", "a.yaml", "sources: {a: {type: stdin}}\nsinks: {b: {type: loki, inputs: [a]}}\n"),
        ("vector", "a.json", '{"sources": {"a": {}}, "sinks": {"b": {"type": "loki", "inputs": ["a"]}}}'),
        ("promtail", "a.yaml", "clients: [{url: 'http://l'}]\nscrape_configs: [{job_name: a}]\n"),
        ("filebeat", "a.yml", "filebeat.inputs: [{type: log}]\noutput.console: {pretty: true}\n"),
        ("otel-collector", "a.yaml", "exporters: {debug: {}}\nservice: {pipelines: {logs: {exporters: [debug]}}}\n"),
        ("loki", "a.yaml", "schema_config: {configs: [{store: tsdb}]}\n"),
        ("rsyslog", "a.conf", "*.* @@logs.example.com:514\n"),
        ("syslog-ng", "a.conf", 'destination d_r { tcp("h" port(514)); };\nlog { source(s); destination(d_r); };\n'),
        ("logrotate", "a.conf", "/var/log/a.log {\n  daily\n  rotate 7\n}\n"),
        ("systemd", "a.service", "[Service]\nExecStart=/bin/a\n"),
        ("dockerfile", "a.Dockerfile", 'FROM scratch\nCMD ["/a"]\n'),
        ("wrangler", "a.toml", 'name = "a"\nmain = "a.ts"\ncompatibility_date = "2025-01-01"\n'),
        ("wrangler", "a.jsonc", '{\n  // a\n  "name": "a", /* c */ "compatibility_date": "2025-01-01",\n}\n'),
        ("fly", "a.toml", 'app = "a"\n[http_service]\ninternal_port = 80\n'),
        ("render", "a.yaml", "services: [{type: web, name: a, env: docker}]\n"),
        ("prometheus-rules", "a.yaml", "groups: [{name: a, rules: [{alert: B, expr: c}]}]\n"),
        ("alertmanager", "a.yaml", "route: {receiver: a}\nreceivers: [{name: a}]\n"),
    ],
)  # fmt: skip
def test_documents_are_known_by_their_shape(kind: str, path: str, content: str) -> None:
    assert only({f"deploy/{path}": content}).kind == kind


def test_what_has_no_known_shape_is_left_alone() -> None:
    files = {
        "a.yaml": "services: none\n",
        "b.json": "{",
        "c.toml": "= broken",
        "d.conf": "key value\n",
        "e.yaml": "{{ x }}",
    }
    assert read(files) == Documents()


def test_nodes_know_their_lines() -> None:
    found = only({"compose.yaml": COMPOSE})
    assert found.at(at(found.root, "services", "server", "build")).line == 3
    toml = only({"a.toml": 'name = "a"\nmain = "b"\ncompatibility_date = "2025"\n\n[observability]\nenabled = true\n'})
    assert toml.at(at(toml.root, "observability", "enabled")).line == 6


def test_anchors_merges_and_defaults_are_filled_in() -> None:
    found = only(
        {"c.yaml": "x-a: &a\n  image: ${IMAGE:-server}\n  user: ${USER}\nservices:\n  s:\n    <<: *a\n    user: me\n"}
    )
    assert text(found.root, "services", "s", "image") == "server"
    assert text(found.root, "services", "s", "user") == "me"
    assert isinstance(at(found.root, "x-a", "user"), Unresolved)


def test_helm_fills_in_what_values_give_and_leaves_the_rest_open() -> None:
    template = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "a.labels" . | nindent 4 }}
{{- if .Values.on }}
spec:
  replicas: {{ .Values.count | default 3 }}
  image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"
  other: {{ .Values.nothing }}
{{- end }}
"""
    files = {
        "chart/Chart.yaml": "name: a\n",
        "chart/values.yaml": "image: {name: server}\n",
        "chart/templates/d.yaml": template,
    }
    found = next(one for one in read(files).all if one.path.endswith("d.yaml"))
    spec = at(found.root, "spec")
    assert (text(found.root, "metadata", "name"), text(spec, "replicas")) == ("release", "3")
    assert isinstance(at(found.root, "metadata", "labels"), Unresolved)
    assert isinstance(at(spec, "other"), Unresolved)
    assert raw(spec, "image").startswith("server:$")
    assert found.at(at(spec, "image")).line == 10


def test_texts_inside_a_document_are_documents_at_their_own_lines() -> None:
    config = "apiVersion: v1\nkind: ConfigMap\ndata:\n  fluent-bit.conf: |\n    [INPUT]\n      Name tail\n"
    config += "    [OUTPUT]\n      Name loki\n"
    outer, inner = read({"k8s/map.yaml": config}).all
    assert (outer.kind, inner.kind) == ("kubernetes", "fluent-bit")
    assert inner.at(at(inner.root, "output")).line == 7


def test_terraform_resolves_variables_locals_and_modules_of_the_tree() -> None:
    files = {
        "infra/main.tf": 'locals {\n  env = "prod"\n}\n'
        'module "logs" {\n  source = "./logs"\n  name = "mcp-${local.env}"\n}\n',
        "infra/logs/main.tf": 'variable "name" {}\nvariable "days" {\n  default = 90\n}\nvariable "open" {}\n'
        'resource "aws_cloudwatch_log_group" "a" {\n  name = var.name\n'
        "  retention_in_days = var.days\n  kms_key_id = var.open\n}\n",
    }  # fmt: skip
    (group,) = cloud(read(files)).all
    assert (group.read("name"), group.read("retention_in_days")) == ("mcp-prod", "90")
    assert isinstance(group.node("kms_key_id"), Unresolved)
    assert group.node("retention_in_days") == Text(8, "90")


def test_cloudformation_resolves_parameters_in_both_spellings() -> None:
    yaml = """Parameters:
  Days: {Type: Number, Default: 14}
Resources:
  L:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !Ref Days}
"""
    json = """{"Parameters": {"Days": {"Default": 14}}, "Resources": {"L":
      {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": {"Ref": "Days"}}}}}"""
    for name, content in (("a.yaml", yaml), ("a.json", json)):
        (group,) = cloud(read({name: content})).all
        assert group.read("RetentionInDays") == "14"


LAUGHS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9))
BOMBS = {
    "alias-bomb.yaml": f"services:\n  a: {{build: .}}\na0: &a0 x\n{LAUGHS}\n",
    "merge-bomb.yaml": "services:\n  a: {build: .}\nm0: &m0 {k: v}\n"
    + "".join(f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}'] * 20)}]\n" for n in range(1, 12)),
    "loop.yaml": "services: &a\n  x: *a\n",
    "deep.yaml": "services: " + "[" * 20_000,
    "deep-blocks.yaml": "services:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 600)),
    "twice.yaml": "services:\n  a: {build: .}\n  a: {build: .}\n",
    "many.yaml": "services:\n" + "".join(f"  a{n}: {{build: ., image: x}}\n" for n in range(9_000)) + "- broken\n",
    "deep.tf": "a = " + "[" * 50_000 + "]" * 50_000,
    "blocks.tf": "a {\n" * 20_000 + "}\n" * 20_000,
    "quotes.tf": 'a = "' + '${"' * 30_000,
    "large.tf": "# x\n" * 60_000,
    "noise.tf": "".join(map(chr, range(33, 127))) * 1_500,
    "deep.toml": "[sinks.a]\ninputs = " + "[" * 5_000 + "]" * 5_000,
    "dots.toml": "[sinks.a]\n" + "a." * 20_000 + "b = 1\n",
    "deep.conf": "<source>\n" + "<a>\n" * 5_000,
    "deep-ng.conf": "destination a {\n" + "a(" * 20_000,
    "nul.conf": "[INPUT]\n Name tail\0\n[OUTPUT]\n Name x\n",
    "latin.yaml": "services:\n  a: {build: .} # \xe9\n",
    "huge.yaml": COMPOSE + "# x\n" * (MAX_BYTES // 4),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_hostile_file_is_a_gap_within_a_second(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        encoding = "latin-1" if name.startswith("latin") else "utf-8"
        Path(folder, name).write_text(BOMBS[name], encoding=encoding)
        inventory = take_inventory(Path(folder))
        begun = time.process_time()
        held = documents(Path(folder), inventory)
        took = time.process_time() - begun
    assert held.all == ()
    assert [gap.path for gap in held.gaps] == [name]
    assert all(gap.reason for gap in held.gaps)
    assert took < SECONDS


def test_ten_thousand_lines_of_values_are_read_in_time() -> None:
    values = "logs: {}\nresources:\n" + "".join(f"  key{n}:\n    nested: value {n}\n" for n in range(5_000))
    template = "apiVersion: v1\nkind: Service\nmetadata: {name: '{{ .Values.resources.key4999.nested }}'}\n"
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), {"c/values.yaml": values, "c/templates/s.yaml": template})
        inventory = take_inventory(Path(folder))
        begun = time.process_time()
        (found,) = documents(Path(folder), inventory).all
        took = time.process_time() - begun
    assert text(found.root, "metadata", "name") == "value 4999"
    assert took < SECONDS


def test_variables_that_multiply_stay_small() -> None:
    lines = ['locals {\n  a0 = ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x"]\n']
    lines += [f"  a{n} = [{', '.join([f'local.a{n - 1}'] * 30)}]\n" for n in range(1, 8)]
    source = "".join(lines) + '}\nresource "aws_s3_bucket" "b" {\n  tags = local.a7\n}\n'
    held = read({"a.tf": source})
    begun = time.process_time()
    (bucket,) = cloud(held).all
    assert sum(1 for _ in walk(bucket.body)) < 200_000
    assert time.process_time() - begun < SECONDS


def test_documents_of_several_parts_are_read_up_to_the_first_that_is_broken() -> None:
    held = read({"a.yaml": f"{COMPOSE}---\napiVersion: v1\nkind: Service\nmetadata: {{name: a}}\n"})
    assert [one.kind for one in held.all] == ["compose", "kubernetes"]
    assert isinstance(held.all[1].root, Map)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("openapi.json", '{"openapi": "3.1.0", "paths": ' + "[" * 100, "levels deep"),
        ("openapi.json", '{"openapi": "3.1.0", "paths": {"/x": "' + "x" * (600 << 10) + '"}}', "larger than"),
        (
            "api.yaml",
            "openapi: 3.0.0\npaths:\n  /x: &a [1, 2]\n" + "".join(f"  /{n}: [*a, *a]\n" for n in range(3)),
            "",
        ),
    ],
)
def test_hostile_interface_documents_are_gaps(name: str, content: str, reason: str) -> None:
    held = read({name: content})
    assert [document.kind for document in held.all] == ([] if reason else ["openapi"])
    assert [reason in gap.reason for gap in held.gaps] == ([True] if reason else [])
