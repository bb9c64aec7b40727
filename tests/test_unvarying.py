"""What a record says the same each time tells nothing of the call."""

import pytest
from linked import facts_of

from skillaudit.trails import Said

TOOL = """
import logging
from mcp.server.fastmcp import FastMCP

OUTCOME = "success"
log = logging.getLogger("desk")
mcp = FastMCP("desk")


def always(result):
    return "success" if result else "success"


def told(result):
    return "success" if result else "failure"


@mcp.tool()
def find(number: int, ctx: object) -> str:
    outcome = "failure"
    try:
        result = str(number)
        %s
        return result
    finally:
        log.info("tool_call", extra={"tool": "find", "outcome": %s, "caller": %s})
"""


def said(between: str, outcome: str, caller: str = "ctx.client_id") -> set[Said]:
    (tool,) = facts_of({"server.py": TOOL % (between, outcome, caller)}).tools
    return {one for trace in tool.trail for one in trace.said}


@pytest.mark.parametrize(
    ("between", "outcome", "tells"),
    [
        ("outcome = 'success'", "outcome", True),
        ("pass", "outcome", False),
        ("pass", "'success'", False),
        ("pass", "OUTCOME", False),
        ("pass", "always(number)", False),
        ("pass", "told(number)", True),
        ("outcome = told(result)", "outcome", True),
        ("for one in result: outcome = outcome if one else 'failure'", "outcome", True),
    ],
)
def test_an_outcome(between: str, outcome: str, tells: bool) -> None:  # noqa: FBT001 - a table
    assert (Said.OUTCOME in said(between, outcome)) is tells


@pytest.mark.parametrize(("caller", "tells"), [("ctx.client_id", True), ("'anonymous'", False), ("None", False)])
def test_a_caller(caller: str, tells: bool) -> None:  # noqa: FBT001 - a table
    assert (Said.CALLER in said("outcome = 'success'", "outcome", caller)) is tells
