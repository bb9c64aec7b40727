"""Deployments that are programs, modules from elsewhere, platforms with drains; and what managed platforms keep."""

import pytest
from test_chain import chain, facts, what

from skillaudit.check import Finding, Unknown
from skillaudit.checks.sa401 import sa401
from skillaudit.forward import Stage, Standing

MODULE = 'module "app" {{\n  source = "{source}"\n{arguments}}}\n'
BARE_APP = "resource app 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'server'\n}\n"
CONTAINER_APP = f"{BARE_APP}module environment 'environment.bicep' = {{\n  name: 'environment'\n}}\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("infra/cdk.json", '{"app": "npx ts-node bin/app.ts"}'),
        ("infra/Pulumi.yaml", "name: server\nruntime: python\n"),
        ("serverless.ts", "module.exports = {service: 'server', provider: {name: 'aws'}};\n"),
        ("azure.yaml", "name: server\nservices:\n  api: {project: ., language: py, host: containerapp}\n"),
        ("infra/main.bicep", CONTAINER_APP),
        ("infra/main.tf", MODULE.format(source="git::https://git.example.com/service.git", arguments='image = "a"\n')),
        ("logs/fly.toml", 'app = "logs"\n[build]\nimage = "ghcr.io/superfly/fly-log-shipper:latest"\n'),
    ],
)
def test_what_no_file_spells_out_is_unknown(path: str, text: str) -> None:
    files = {path: text} if path != "logs/fly.toml" else {path: text, "fly.toml": 'app = "server"\n[http_service]\n'}
    seen = list(sa401.run(facts(files)))
    assert any(isinstance(one, Unknown) for one in seen)
    assert not any(isinstance(one, Finding) for one in seen)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("infra/main.tf", MODULE.format(source="terraform-aws-modules/vpc/aws", arguments='cidr = "10.0.0.0/16"\n')),
        ("infra/main.bicep", "resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {}\n"),
        ("infra/main.bicep", BARE_APP),
        ("app.json", '{"expo": {"name": "server"}}'),
        ("deno.json", '{"tasks": {"start": "deno run main.ts"}}'),
    ],
)
def test_what_runs_nothing_is_no_deployment_of_the_server(path: str, text: str) -> None:
    found = facts({path: text})
    assert found.chains == ()
    assert not any(one.workload for one in found.deployments)


@pytest.mark.parametrize(
    ("files", "end"),
    [
        ({"app.json": '{"addons": ["papertrail:choklad"]}'}, "ok: a hosted log service papertrail"),
        (
            {
                "Procfile": "web: python server.py\n",
                "infra/main.tf": 'resource "heroku_drain" "logs" {\n  url = "https://logs.example.com/in"\n}\n',
            },
            "ok: an HTTP or socket endpoint https://logs.example.com/in",
        ),
        (
            {
                "fly.toml": 'app = "server"\n[http_service]\n',
                "logs/fly.toml": 'app = "logs"\n[build]\nimage = "ghcr.io/superfly/fly-log-shipper"\n'
                '[env]\nLOKI_URL = "https://loki.example.com"\n',
            },
            "ok: Loki https://loki.example.com",
        ),
        (
            {"apprunner.yaml": "version: 1.0\nruntime: python3\nrun: {command: python server.py}\n"},
            "ok: CloudWatch Logs",
        ),
        (
            {
                "deploy/server.nomad": 'job "server" {\n group "a" {\n  task "server" {\n   config {\n    image = "a"\n'
                '    logging {\n     type = "gcplogs"\n    }\n   }\n  }\n }\n}\n'
            },
            "ok: Google Cloud Logging",
        ),
        (
            {
                "ansible/site.yml": "- hosts: all\n  tasks:\n    - community.docker.docker_container:\n"
                "        name: server\n        image: server\n        log_driver: awslogs\n"
            },
            "ok: CloudWatch Logs",
        ),
        (
            {"infra/main.tf": 'resource "docker_container" "s" {\n  image = "a"\n  log_driver = "gcplogs"\n}\n'},
            "ok: Google Cloud Logging",
        ),
    ],
)
def test_platforms_and_hosts(files: dict[str, str], end: str) -> None:
    assert what(chain(files), Stage.DESTINATION) == end


def test_agents_of_containers_do_not_reach_a_platform() -> None:
    vector = "sources: {d: {type: docker_logs}}\nsinks: {o: {type: datadog_logs, inputs: [d]}}\n"
    assert not facts({"fly.toml": 'app = "server"\n[http_service]\n', "vector.yaml": vector}).chains


def kept(files: dict[str, str]) -> str:
    return what(chain(files), Stage.RETENTION)


LAMBDA = MODULE.format(
    source="terraform-aws-modules/lambda/aws", arguments='function_name = "s"\ncloudwatch_logs_retention_in_days = 14\n'
)
FUNCTION = """resource "aws_lambda_function" "s" {
  function_name = "${var.stage}-s"
}
resource "aws_cloudwatch_log_group" "s" {
  name              = "/aws/lambda/${aws_lambda_function.s.function_name}"
  retention_in_days = 7
}
"""
SAM = """Resources:
  Server: {Type: "AWS::Serverless::Function", Properties: {Handler: server.handler}}
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/${Server}", RetentionInDays: 7}
"""
COPILOT = "name: s\ntype: Backend Service\nimage: {build: Dockerfile}\nlogging: {retention: 90}\n"
RUN = 'resource "google_cloud_run_v2_service" "server" {\n  name = "server"\n}\n'
BUCKET = """resource "google_storage_bucket" "audit" {{
  name = "audit"
  retention_policy {{
    retention_period = 31536000
  }}
{rule}}}
resource "google_logging_project_sink" "audit" {{
  name        = "audit"
  destination = "storage.googleapis.com/${{google_storage_bucket.audit.name}}"
}}
"""
DELETE = '  lifecycle_rule {\n    action {\n      type = "Delete"\n    }\n    condition {\n      age = 7\n    }\n  }\n'


@pytest.mark.parametrize(
    ("path", "text", "days"),
    [
        ("infra/main.tf", LAMBDA, "broken: CloudWatch Logs /aws/lambda/s keeps records 14 days"),
        ("infra/main.tf", FUNCTION, "broken: s keeps records 7 days"),
        ("template.yaml", SAM, "broken: Logs keeps records 7 days"),
        (
            "serverless.yml",
            "service: s\nprovider: {name: aws, logRetentionInDays: 7}\nfunctions: {mcp: {handler: s.h}}\n",
            "broken: CloudWatch Logs /aws/lambda/s-mcp keeps records 7 days",
        ),
        ("copilot/s/manifest.yml", COPILOT, "ok: CloudWatch Logs /copilot/s keeps records 90 days"),
        ("infra/main.tf", RUN + BUCKET.format(rule=""), "ok: audit keeps records 365 days"),
        ("infra/main.tf", RUN + BUCKET.format(rule=DELETE), "broken: audit keeps records 7 days"),
    ],
)
def test_how_long_managed_platforms_keep_records(path: str, text: str, days: str) -> None:
    assert kept({path: text}) == days


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        (r"resource.type=\"cloud_run_revision\"", Standing.BROKEN),
        (r"resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"server\"", Standing.BROKEN),
        (r"resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"web\"", Standing.OK),
        (r"resource.type=\"cloud_run_revision\" AND severity<WARNING", Standing.OK),
        (r"httpRequest.requestUrl=~\"/healthz$\"", Standing.OK),
    ],
)
def test_an_exclusion_of_a_whole_service(written: str, standing: Standing) -> None:
    exclusion = f'resource "google_logging_project_exclusion" "e" {{\n  name = "e"\n  filter = "{written}"\n}}\n'
    found = chain({"infra/main.tf": RUN + exclusion})
    assert (found.stops is not None) is (standing is Standing.BROKEN)


BOUND = """resource "google_cloud_run_v2_service" "server" {{
  name = "server"
  template {{
    service_account = google_service_account.server.email
  }}
}}
resource "google_service_account" "server" {{
  account_id = "server"
}}
resource "google_project_iam_member" "server" {{
  for_each = toset(["roles/run.invoker", "{role}"])
  role     = each.value
  member   = google_service_account.server.member
}}
"""


@pytest.mark.parametrize(
    ("role", "standing"), [("roles/logging.admin", Standing.BROKEN), ("roles/logging.logWriter", Standing.OK)]
)
def test_roles_bound_one_by_one(role: str, standing: Standing) -> None:
    link = chain({"infra/main.tf": BOUND.format(role=role)}).of(Stage.PERMISSION)
    assert link is not None
    assert link.standing is standing


@pytest.mark.parametrize(
    ("policy", "standing"),
    [
        ("service-role/AWSLambdaBasicExecutionRole", Standing.OK),
        ("CloudWatchLogsFullAccess", Standing.BROKEN),
        ("SomethingElse", Standing.UNKNOWN),
    ],
)
def test_policies_of_amazon(policy: str, standing: Standing) -> None:
    role = (
        'resource "aws_iam_role" "s" {\n  name = "s"\n}\nresource "aws_iam_role_policy_attachment" "s" {\n'
        f'  role       = aws_iam_role.s.name\n  policy_arn = "arn:aws:iam::aws:policy/{policy}"\n}}\n'
        'resource "aws_lambda_function" "s" {\n  function_name = "s"\n  role          = aws_iam_role.s.arn\n}\n'
    )
    link = chain({"infra/main.tf": role}).of(Stage.PERMISSION)
    assert link is not None
    assert link.standing is standing


def test_a_manifest_is_read_whatever_it_is_called() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: server}\nspec:\n  containers: [{name: server, image: server}]\n"
    assert [one.kind for one in facts({"k8s/manifest.yaml": pod}).deployments] == ["kubernetes"]
