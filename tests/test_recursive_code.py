"""Functions that give back what they themselves give back."""

import pytest
from linked import facts_of

SERVER = """
import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


def top(node):
    return top(node.parent)


@mcp.tool()
def go(place: str) -> str:
    return requests.get({address}).text
"""


@pytest.mark.parametrize("address", ["top(place).host", 'top(place)["a"]["b"]', 'f"https://{top(place).host}/x"'])
def test_an_address_out_of_a_recursive_function_ends(address: str) -> None:
    facts = facts_of({"server.py": SERVER.replace("{address}", address)})
    assert [tool.name for tool in facts.tools] == ["go"]
