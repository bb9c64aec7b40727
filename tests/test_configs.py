"""Configurations that were read somewhere else, as a whole or a server's entry of them."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

READS = """\
import json
import logging

log = logging.getLogger(__name__)


def load_config(path):
    try:
        with open(path) as held:
            return json.load(held)
    except OSError:
        return None


def find(config, wanted):
    for number, (name, entry) in enumerate(config["mcpServers"].items()):
        if name == wanted:
            return number, entry
    return None, None


def redacted(config):
    return {key: "***" for key in config}


def at_path(config, path):
    held = config
    for part in path.split("."):
        held = held[part]
    return held


def key(path):
    return load_config(path)["api_key"]


def show(path, wanted):
    config = load_config(path)
    number, entry = find(config, wanted)
    first = next((one for one in config["mcpServers"].values() if one), None)
    safe_config = load_config(path)
    %s
"""


def dumped(text: str) -> list[str]:
    calls = facts_of({"reads.py": READS % text}).log_calls
    return [flow.name for call in calls for flow in call.flows if flow.nature is Nature.CONFIG]


@pytest.mark.parametrize(
    "text",
    [
        'log.info("%s", config)',
        'log.info("%s", entry)',
        'print(json.dumps({"name": wanted, **entry}, indent=2))',
        'log.info("%s", first)',
        'log.info("%s", config["mcpServers"])',
        'log.info("%s", [one for one in config.get("mcpServers", {}).values()])',
    ],
)
def test_a_configuration_or_a_servers_entry_of_it(text: str) -> None:
    assert dumped(text) == ["config"]


@pytest.mark.parametrize(
    "text",
    [
        'log.info("%s", config["title"])',
        'log.info("%s", entry["title"])',
        'log.info("%s", entry.get("title", ""))',
        'log.info("%s", first.get("title"))',
        'log.info("%d", number + 1)',
        'log.info("%s", redacted(config))',
        'log.info("%s", at_path(config, "a.b"))',
        'log.info("%s", safe_config)',
        'log.info("%s", config["logging"])',
    ],
)
def test_parts_that_hold_no_keys(text: str) -> None:
    assert dumped(text) == []
