"""Functions that give back what they themselves give back."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

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


def test_a_ring_of_functions_that_ask_each_other_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than the room for recursion would allow, were each function to be read inside the one before."""
    monkeypatch.setattr("skillaudit.link._FRAMES", 4000)
    ring = "".join(f"function f{n}(x) {{ console.error(x); return f{(n + 1) % 1500}(x); }}\n" for n in range(1500))
    facts = facts_of({"src/a.ts": ring + "if (f0(key)) console.error(process.env.API_KEY);\n"})
    assert [flow.nature for call in facts.log_calls for flow in call.flows] == [Nature.SECRET_VARIABLE]


def _layer(depth: int) -> str:
    inner = "".join(f"    a{depth - 1}_{n}(m)\n" for n in range(16))
    return "".join(f"def a{depth}_{n}(m):\n{inner}" for n in range(16))


SHARED = {
    "texts of texts": "def f(x0):\n"
    + "".join(f"    x{n + 1} = (x{n} if y else x{n} + '.') + (x{n} if y else '')\n" for n in range(60))
    + "    logging.info(x60)\n",
    "lists of lists": "x0 = 'a'\n"
    + "".join(f"x{n + 1} = [{f'x{n}, *x{n}, ' * 20}]\n" for n in range(14))
    + "logging.info(x14)\nlogging.info(**x14)\nsubprocess.run(x14, shell=True)\n",
    "layers of wrappers": "".join(f"def a0_{n}(m):\n    logging.info(m)\n" for n in range(16))
    + "".join(map(_layer, range(1, 8)))
    + "a7_0(os.environ['A_TOKEN'])\n",
}
"""What would take for ever, were what is shared read as often as it is mentioned."""


@pytest.mark.parametrize("case", SHARED)
def test_what_is_shared_is_read_once(case: str) -> None:
    facts = facts_of({"a.py": f"import logging\nimport os\nimport subprocess\n{SHARED[case]}"})
    assert facts.log_calls
