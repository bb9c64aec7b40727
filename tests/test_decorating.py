"""A decorator's record counts for a tool where the wrapper in which it stands is what a call of the tool runs."""

import pytest
from linked import facts_of

SERVER = """
import functools
import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def recorded(kind):
    def decorate(tool):
{body}

    return decorate


{decorators}
def find(text: str) -> str:
    return text


logging.basicConfig(level=logging.INFO)
mcp.run()
"""
WRAPPER = """
        @functools.wraps(tool)
        def wrapper(*args):
            log.info("tool_call")
            return tool(*args)
"""
BELOW = '@mcp.tool()\n@recorded("read")'
ABOVE = '@recorded("read")\n@mcp.tool()'


@pytest.mark.parametrize(
    ("body", "decorators", "left"),
    [
        (f"{WRAPPER}\n        return wrapper", BELOW, True),
        (f"{WRAPPER}\n        return functools.update_wrapper(wrapper, tool)", BELOW, True),
        (f"{WRAPPER}\n        wrapped = wrapper\n        return wrapped", BELOW, True),
        (f"{WRAPPER}\n        return wrapper if kind else tool", BELOW, True),
        (f"{WRAPPER}\n        return tool", BELOW, False),
        (f"        return tool\n{WRAPPER}\n        return wrapper", BELOW, False),
        (f"{WRAPPER}\n        return wrapper", ABOVE, False),
    ],
)
def test_a_record_in_a_wrapper(body: str, decorators: str, left: bool) -> None:  # noqa: FBT001 - a table
    (tool,) = facts_of({"server.py": SERVER.format(body=body, decorators=decorators)}).tools
    assert bool(tool.records) is left
