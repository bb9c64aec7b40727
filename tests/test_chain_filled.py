"""What other files hold than the deployment itself (``.env``, templates), and which stream a shell redirects."""

import time

import pytest
from test_chain import CONSOLE, chain, facts, what

from skillaudit.configuration import List, Text, Unresolved
from skillaudit.configurations._filled import as_tree, filled
from skillaudit.forward import Stage

COMPOSE = """services:
  server:
    build: .
    logging: {driver: "%s", options: {awslogs-group: "${GROUP:-other}", awslogs-region: eu-west-1}}
"""


@pytest.mark.parametrize(
    "driver", ["${DRIVER}", "$DRIVER", "${DRIVER:-json-file}", "${DRIVER:?say which}", "${NONE:-awslogs}"]
)
def test_a_driver_that_the_env_file_names(driver: str) -> None:
    found = chain({"compose.yaml": COMPOSE % driver, ".env": "# logs\nexport DRIVER='awslogs'\nGROUP=weather # prod\n"})
    assert what(found, Stage.DESTINATION) == "ok: CloudWatch Logs weather"


@pytest.mark.parametrize(
    "held",
    [
        "OTHER=awslogs\n",
        "DRIVER=\n",
        "DRIVER=$OTHER\n",
        "DRIVER='a: {b'\n",
        "DRIVER=" + "ghp_" + "0a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6e7F\n",
    ],
)
def test_what_the_env_file_does_not_say_or_must_not_stays_open(held: str) -> None:
    found = chain({"compose.yaml": COMPOSE % "${DRIVER}", ".env": held})
    assert what(found, Stage.DRIVER) == "unknown: the logging driver ${DRIVER}"


def test_an_escaped_dollar_is_no_variable() -> None:
    found = chain({"compose.yaml": COMPOSE % "$${DRIVER}", ".env": "DRIVER=awslogs\n"})
    assert what(found, Stage.DESTINATION) == ""


REDIRECTED = 'services:\n  server:\n    build: .\n    command: sh -c "%s"\n    logging: {driver: gcplogs}\n'


@pytest.mark.parametrize(
    ("command", "arrives"),
    [
        ("python server.py > /dev/null", True),
        ("python server.py 1>/dev/null", True),
        ("python server.py 2>&1 >/dev/null", True),
        ("pip install . > /dev/null 2>&1 && exec python server.py", True),
        ("python server.py > /dev/null 2>&1", False),
        ("python server.py &>/dev/null", False),
        ("python server.py >/dev/null 2>/dev/null", False),
        ("python server.py 2> /dev/null", False),
        ("python server.py > /dev/null 2>&1 & tail -f /dev/null", False),
        ("python server.py 2>/dev/null; sleep 5", False),
    ],
)
def test_which_stream_a_shell_takes_away_from_a_logger_on_standard_error(command: str, *, arrives: bool) -> None:
    found = chain({"compose.yaml": REDIRECTED % command})
    assert found.arrives is arrives
    assert (found.of(Stage.DESTINATION) is not None) is arrives


@pytest.mark.parametrize(
    ("setup", "arrives"),
    [
        ("import sys\nlogging.basicConfig(stream=sys.stdout)", False),
        ("import sys\nlogging.basicConfig(stream=sys.stderr)", True),
        ("import sys\nlogging.basicConfig(handlers=[logging.StreamHandler(sys.stdout)])", False),
        (CONSOLE, True),
    ],
)
def test_which_stream_the_code_chose(setup: str, *, arrives: bool) -> None:
    found = chain({"compose.yaml": REDIRECTED % "python server.py > /dev/null"}, setup)
    assert (found.of(Stage.DESTINATION) is not None) is arrives


TASK = """[{"name": "server", "image": "example/server:1", "cpu": ${cpu}, "logConfiguration":
  {"logDriver": "awslogs", "options": {"awslogs-group": "${group}", "awslogs-region": "${region}"}}}]
"""
TEMPLATE = '"${path.module}/tasks/server.json.tpl"'
RESOURCE = 'resource "aws_ecs_task_definition" "server" {\n  container_definitions = %s\n}\n'
GROUP = 'resource "aws_cloudwatch_log_group" "server" {\n  name = "/ecs/server"\n  retention_in_days = 90\n}\n'
GIVEN = 'group = aws_cloudwatch_log_group.server.name, region = "eu-west-1", cpu = var.cpu'


@pytest.mark.parametrize(
    "declared",
    [
        RESOURCE % f"templatefile({TEMPLATE}, {{ %s }})",
        RESOURCE % "local.task" + f"locals {{\n  task = templatefile({TEMPLATE}, {{ %s }})\n}}\n",
        RESOURCE % "data.template_file.task.rendered"
        + f'data "template_file" "task" {{\n  template = file({TEMPLATE})\n  vars = {{ %s }}\n}}\n',
    ],
)
def test_a_task_that_terraform_makes_of_a_template(declared: str) -> None:
    found = chain({"infra/main.tf": declared % GIVEN + GROUP, "infra/tasks/server.json.tpl": TASK})
    link = found.of(Stage.RETENTION)
    assert link is not None
    assert link.what == "server keeps records 90 days"
    assert all(one.location.path == "infra/main.tf" or one.stage is Stage.SOURCE for one in found.links)


def test_a_task_in_a_file_of_its_own() -> None:
    text = (
        'resource "aws_ecs_task_definition" "server" {\n  container_definitions = file("${path.module}/task.json")\n}\n'
    )
    task = TASK.replace("${cpu}", "256").replace("${group}", "/ecs/server")
    found = chain({"infra/main.tf": text, "infra/task.json": task})
    assert what(found, Stage.DESTINATION) == "ok: CloudWatch Logs /ecs/server"


def test_values_of_a_chart_in_a_file_of_their_own() -> None:
    text = """resource "helm_release" "agent" {
  chart  = "fluent-bit"
  values = [templatefile("${path.module}/values.yaml", { host = "logs.example.com" })]
}
"""
    values = """config:
  outputs: |
    [OUTPUT]
        Name loki
        Match *
        Host ${host}
        Tls On
"""
    manifest = """apiVersion: apps/v1
kind: Deployment
metadata: {name: server}
spec: {template: {spec: {containers: [{name: server, image: example/server}]}}}
"""
    found = chain({"infra/main.tf": text, "infra/values.yaml": values, "k8s/server.yaml": manifest})
    assert what(found, Stage.DESTINATION) == "ok: Loki logs.example.com"


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("../../../etc/passwd", TASK),
        ("missing.tpl", TASK),
        ("task.tpl", TASK.replace("[{", "%{ for one in all }[{") + "%{ endfor }"),
        ("task.tpl", "[" * 5000),
    ],
)
def test_a_template_that_is_not_there_or_branches_says_nothing(path: str, template: str) -> None:
    text = 'resource "aws_ecs_task_definition" "server" {\n  container_definitions = templatefile("%s", {})\n}\n'
    assert not facts({"infra/main.tf": text % path, "infra/task.tpl": template}).chains


@pytest.mark.parametrize("text", ["${a}", "$", "${", '\\"', '"', "\\\\", '${"a', "${" + "a" * 299, "[", '{"a":'])
def test_hostile_templates_take_no_time(text: str) -> None:
    begun = time.monotonic()
    assert as_tree('["' + text * (60_000 // len(text))) is None
    assert time.monotonic() - begun < 2


def test_what_comes_often_does_not_multiply() -> None:
    many = List(1, tuple(Text(1, "x" * 400) for _ in range(20_000)))
    tree = as_tree("[" + ",".join(["${a}"] * 9_000) + "]")
    assert isinstance(tree, List)
    made = filled(tree, {"a": many})
    assert isinstance(made, List)
    assert all(one is many for one in made.items)
    long = filled(Unresolved(1, "-${a}" * 9_000), {"a": Text(1, "x" * 10_000)})
    assert isinstance(long, Unresolved)
    assert len(long.text) < 100_000
