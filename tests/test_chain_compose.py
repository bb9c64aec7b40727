"""What compose files take over from others, and Grafana's older agent."""

import pytest
from test_chain import chain, facts, what

from skillaudit.forward import Stage

DRIVER = 'logging: {driver: splunk, options: {splunk-url: "https://hec.example.com:8088"}}'
BASE = f"services:\n  base:\n    image: scratch\n    {DRIVER}\n"
AGENT = """logs:
  configs:
    - name: default
      clients: [{url: "https://logs.example.com/loki/api/v1/push"}]
      scrape_configs: [{job_name: docker, docker_sd_configs: [{host: "unix:///var/run/docker.sock"}]}]
"""


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"compose.yaml": f"{BASE}  server:\n    extends: {{service: base}}\n    build: .\n"}, "compose.yaml:4"),
        ({"compose.yaml": f"{BASE}  server:\n    extends: base\n    build: .\n"}, "compose.yaml:4"),
        (
            {
                "b.yaml": BASE.replace("scratch", "nginx"),
                "compose.yaml": "services:\n  server:\n    extends: {file: b.yaml, service: base}\n    build: .\n",
            },
            "compose.yaml:3",
        ),
    ],
)
def test_a_service_that_extends_another(files: dict[str, str], place: str) -> None:
    found = chain(files)
    link = found.of(Stage.DRIVER)
    assert what(found, Stage.DESTINATION) == "ok: Splunk https://hec.example.com:8088"
    assert link is not None
    assert str(link.location) == place


def test_services_that_extend_each_other_end() -> None:
    text = "services:\n  server:\n    extends: other\n    build: .\n  other:\n    extends: server\n    " + DRIVER
    assert all(one.arrives for one in facts({"compose.yaml": f"{text}\n"}).chains)


def test_the_older_agent_of_grafana() -> None:
    found = chain({"compose.yaml": "services:\n  server:\n    build: .\n", "agent.yaml": AGENT})
    assert what(found, Stage.DESTINATION) == "ok: Loki https://logs.example.com/loki/api/v1/push"
