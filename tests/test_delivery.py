"""Deployments that CI carries out: which count, on which platform, and what does not deploy the server."""

import tempfile
import time
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
from skillaudit.forward import Stage, Standing
from skillaudit.forwarding.delivery import delivered
from skillaudit.inventory import take_inventory
from skillaudit.treefiles import Files

MANIFEST = '[project]\nname = "{}"\nversion = "1.0.0"\ndependencies = ["mcp"]\n'
SERVER = """import logging
from mcp.server.fastmcp import FastMCP
logging.basicConfig()
mcp = FastMCP("server")

@mcp.tool()
def go(name: str) -> str:
    return "gone"

mcp.run(transport="streamable-http")
"""
ONE = {"pyproject.toml": MANIFEST.format("server"), "server.py": SERVER}
TWO = {f"{name}/{path}": text for name in ("a", "b") for path, text in ONE.items()}
CI = ".github/workflows/deploy.yml"
HEAD = "on:\n  push:\n    branches: [main]\njobs:\n  deploy:\n    steps:\n"


@cache
def _code(*paths: str) -> Facts:
    return facts_of({path: SERVER if path.endswith(".py") else MANIFEST.format("server") for path in paths})


def _facts(files: Mapping[str, str], tree: Mapping[str, str] = ONE) -> Facts:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_tree(root, {**tree, **files})
        inventory = take_inventory(root)
        code = replace(_code(*tree), inventory=inventory)
        return with_chains(code, documents(root, inventory), Files(root, inventory))


def _said(facts: Facts) -> list[str]:
    """The drivers of all chains with their places, and unknown ones with a question mark."""
    links = [chain.of(Stage.DRIVER) for chain in facts.chains]
    return [
        f"{link.what.partition(' takes')[0]}{'?' if link.standing is Standing.UNKNOWN else ''} {link.location}"
        for link in links
        if link is not None
    ]


def _run(command: str) -> dict[str, str]:
    return {CI: f"{HEAD}      - run: {command}\n"}


PLATFORMS = {
    "gcloud run deploy server --region europe-west1": "Cloud Run",
    "gcloud beta run services replace service.yaml": "Cloud Run",
    "set -e && gcloud app deploy app.yaml": "App Engine",
    "sudo gcloud functions deploy go --gen2": "Cloud Functions",
    "aws lambda update-function-code --function-name server": "Lambda",
    "sam deploy --no-confirm-changeset": "SAM",
    "copilot svc deploy --name server": "Copilot",
    "AWS_REGION=eu-west-1 aws ecs update-service --service server": "ECS runs the server?",
    "npx cdk deploy --all": "the AWS CDK runs the server?",
    "az containerapp update --name server --image x": "Azure Container Apps runs the server?",
}


@pytest.mark.parametrize("command", PLATFORMS)
def test_a_platform_that_takes_the_output(command: str) -> None:
    assert _said(_facts(_run(command))) == [f"{PLATFORMS[command]} {CI}:7"]


ACTIONS = {
    "google-github-actions/deploy-cloudrun@v2": "Cloud Run",
    "google-github-actions/deploy-appengine@0123abc": "App Engine",
    "aws-actions/aws-lambda-deploy@v1": "Lambda",
    "aws-actions/amazon-ecs-deploy-task-definition@v2": "ECS runs the server?",
    "Azure/container-apps-deploy-action@v1": "Azure Container Apps runs the server?",
    "Azure/functions-action@v1": "Azure Functions runs the server?",
    "appleboy/lambda-action@v1": "Lambda",
    "serverless/github-action@v3": "the Serverless framework runs the server?",
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_that_deploys(action: str) -> None:
    found = _facts({CI: f"{HEAD}      - uses: {action}\n        with:\n          service: server\n"})
    assert _said(found) == [f"{ACTIONS[action]} {CI}:7"]
    assert [(str(one.location), one.package) for one in found.deployments] == [(f"{CI}:7", "")]


@pytest.mark.parametrize(
    "command", ["flyctl deploy --remote-only", "railway up", "kubectl apply -k overlays/prod", "helm upgrade s ./chart"]
)
def test_a_platform_that_only_shows_the_output(command: str) -> None:
    found = _facts(_run(command))
    assert found.chains == ()
    assert [str(one.location) for one in found.deployments] == [f"{CI}:7"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD + "      - run: echo gcloud run deploy server\n", id="said"),
        pytest.param(HEAD + "      - run: gcloud run deploy server --help\n", id="asked about"),
        pytest.param(HEAD + "      # - run: gcloud run deploy server\n      - run: 'true'\n", id="a comment"),
        pytest.param(HEAD + "      - run: gcloud run deploy docs --source docs\n", id="documentation"),
        pytest.param(HEAD + "      - run: wrangler pages deploy site\n", id="pages"),
        pytest.param(HEAD.replace("deploy:", "test:") + "      - run: gcloud run deploy server\n", id="a test job"),
        pytest.param(HEAD.replace("deploy:", "deploy-preview:") + "      - run: gcloud run deploy s\n", id="preview"),
        pytest.param("on: pull_request\n" + HEAD[33:] + "      - run: gcloud run deploy s\n", id="a pull request"),
        pytest.param(
            HEAD + "      - run: kind create cluster\n      - run: kubectl apply -f k8s\n", id="a cluster of CI"
        ),
        pytest.param(
            HEAD + "      - run: aws lambda create-function --endpoint-url http://localhost:4566\n", id="a cloud of CI"
        ),
        pytest.param(HEAD + "      - run: kubectl apply -f https://x.example/ingress.yaml\n", id="a foreign manifest"),
        pytest.param(HEAD + "      - run: helm upgrade ingress ingress/nginx --install\n", id="a foreign chart"),
        pytest.param(HEAD + "      - run: sam deploy --no-execute-changeset\n", id="a plan"),
        pytest.param(
            HEAD + "      - if: github.event_name == 'pull_request'\n        run: gcloud run deploy s\n", id="a guard"
        ),
        pytest.param(HEAD + "      - if: false\n        run: gcloud run deploy s\n", id="switched off"),
    ],
)
def test_what_deploys_no_server(text: str) -> None:
    found = _facts({CI: text})
    assert (found.chains, found.deployments) == ((), ())


def test_a_workflow_of_tests_by_its_file() -> None:
    found = _facts({".github/workflows/e2e.yml": HEAD + "      - run: gcloud run deploy server\n"})
    assert (found.chains, found.deployments) == ((), ())


def test_a_cluster_of_ci_behind_a_target() -> None:
    make = "cluster:\n\tkind create cluster\ninstall:\n\tkubectl apply -f k8s/\n"
    steps = "      - run: make cluster\n      - run: make install\n"
    assert _facts({CI: HEAD + steps, "Makefile": make}).deployments == ()


def test_a_deployment_behind_a_script() -> None:
    script = "#!/bin/sh\nset -e\ngcloud run deploy server \\\n  --region x\n"
    assert _said(_facts({**_run("./ops/roll.sh"), "ops/roll.sh": script})) == [f"Cloud Run {CI}:7"]


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        (
            "cloudbuild.yaml",
            "steps:\n  - name: gcr.io/cloud-builders/gcloud\n    args: [run, deploy, server, --image=x]\n",
            "cloudbuild.yaml:3",
        ),
        (
            "cloudbuild.yaml",
            "steps:\n  - entrypoint: gcloud\n    args:\n      - run\n      - deploy\n      - server\n",
            "cloudbuild.yaml:4",
        ),
        (".gitlab-ci.yml", "deploy:\n  script:\n    - gcloud run deploy server\n", ".gitlab-ci.yml:3"),
    ],
)
def test_other_systems(path: str, text: str, place: str) -> None:
    assert _said(_facts({path: text})) == [f"Cloud Run {place}"]


def test_pods_of_gke_are_collected() -> None:
    steps = "      - uses: google-github-actions/get-gke-credentials@v2\n      - run: kubectl apply -f k8s/\n"
    pod = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: server}\nspec:\n  template:\n    spec:\n"
        "      containers: [{name: server, image: example/server}]\n"
    )
    assert _said(_facts({CI: HEAD + steps, "k8s/server.yaml": pod})) == [f"GKE {CI}:8"]
    assert _said(_facts({CI: HEAD + steps.splitlines(keepends=True)[1], "k8s/server.yaml": pod})) == []


def test_what_the_tree_declares_says_more_than_a_command() -> None:
    container = '{"name": "server", "image": "x", "logConfiguration": {"logDriver": "none"}}'
    task = f'{{"family": "s", "containerDefinitions": [{container}]}}'
    found = _facts({**_run("aws ecs update-service --service server"), "ecs/task.json": task})
    assert [chain.broken is not None for chain in found.chains] == [True]


def test_of_several_servers_the_folder_says_which() -> None:
    step = "      - run: gcloud run deploy b --source b\n"
    assert [chain.package for chain in _facts({CI: HEAD + step}, TWO).chains] == ["b"]
    inside = "      - working-directory: a\n        run: gcloud run deploy a\n"
    assert [chain.package for chain in _facts({CI: HEAD + inside}, TWO).chains] == ["a"]
    assert _facts({CI: HEAD + "      - run: gcloud run deploy x\n"}, TWO).chains == ()


HOSTILE = {
    ".github/workflows/a.yml": HEAD + "      - run: |\n" + f"          {'A=b ' * 200} sudo {'; x=y ' * 300}\n" * 60,
    ".github/workflows/b.yml": f"{HEAD}      - run: {'sudo ' * 500}\n      - run: gcloud run deploy {'--path ' * 99}\n",
    "cloudbuild.yaml": "steps:\n" + f"  - name: a\n    args: [{', '.join('x' * 200)}]\n" * 300,
}


def test_hostile_workflows_cost_little() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), HOSTILE)
        files = Files(Path(folder), take_inventory(Path(folder)))
        begun = time.process_time()
        found = list(delivered(files, frozenset()))
        assert time.process_time() - begun < 2
    assert [str(one.location) for one in found] == [".github/workflows/b.yml:8"]
