"""What an image makes of files, and what of a deployment is not read."""

import pytest
from test_chain import COMPOSE, chain, facts, what

from skillaudit.forward import Stage

LINKED = "FROM python\nRUN ln -sf /dev/stdout /var/log/a.log\nCMD python server.py\n"


@pytest.mark.parametrize(("image", "end"), [(LINKED, "ok: CloudWatch Logs a"), (LINKED.replace("a.log", "b.log"), "")])
def test_a_file_that_the_image_links_to_its_console_is_the_console(image: str, end: str) -> None:
    shipped = f"{COMPOSE}    logging: {{driver: awslogs, options: {{awslogs-group: a}}}}\n"
    found = chain({"compose.yaml": shipped, "Dockerfile": image}, "logging.basicConfig(filename='/var/log/a.log')")
    assert what(found, Stage.DESTINATION) == end
    assert found.arrives == bool(end)


BICEP = "resource app 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'server'\n}\n"
JSON_PATCH = """apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches:
  - target: {kind: Deployment, name: server}
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/args
        value: [python, server.py]
"""


@pytest.mark.parametrize(
    ("files", "reasons"),
    [
        ({"infra/main.bicep": BICEP}, ["Bicep is not read; the template that `az bicep build` makes of it would be"]),
        ({"infra/main.bicep": BICEP, "infra/main.json": "{}"}, []),
        ({"infra/main.bicep": "param a string\n"}, []),
        ({"k8s/kustomization.yaml": JSON_PATCH}, ["a JSON patch of containers is not applied"]),
        ({"k8s/kustomization.yaml": JSON_PATCH.replace("/template/spec/containers/0/args", "/replicas")}, []),
    ],
)
def test_what_is_not_read_is_a_gap(files: dict[str, str], reasons: list[str]) -> None:
    assert [gap.reason for gap in facts(files).gaps] == reasons
