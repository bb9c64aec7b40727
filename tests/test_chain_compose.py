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


SERVER = "services:\n  server:\n    build: .\n"
READER = "  agent:\n    image: grafana/agent\n    volumes: ['./agent.yaml:/etc/agent.yaml']\n"


@pytest.mark.parametrize(
    ("more", "arrives"),
    [
        ("", True),
        ("    deploy: {replicas: 1}\n", True),
        ("    deploy: {replicas: 0}\n", False),
        ("    scale: 0\n", False),
        ("    profiles: [logs]\n", False),
    ],
)
def test_an_agent_that_nobody_starts(more: str, arrives: bool) -> None:  # noqa: FBT001 - a table
    found = facts({"compose.yaml": f"{SERVER}{READER}{more}", "agent.yaml": AGENT}).chains
    assert any(one.arrives for one in found) is arrives


def test_a_profile_that_starts_the_server_too() -> None:
    profile = "    profiles: [all]\n"
    found = facts({"compose.yaml": f"{SERVER}{profile}{READER}{profile}", "agent.yaml": AGENT}).chains
    assert any(one.arrives for one in found)


@pytest.mark.parametrize("address", ["udp://localhost:12201", "tcp://127.0.0.1:12201"])
def test_a_driver_that_sends_to_the_same_host(address: str) -> None:
    driver = f"    logging: {{driver: gelf, options: {{gelf-address: '{address}'}}}}\n"
    assert not any(one.arrives for one in facts({"compose.yaml": f"{SERVER}{driver}"}).chains)
