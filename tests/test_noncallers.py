"""Errors that turn no caller away: the form of a value, an object of the server's own, a session that is closed."""

import pytest
from linked import facts_of

HEAD = """
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
SESSIONS = {}
"""
CALLED = """

@mcp.tool()
def one(name: str) -> str:
    return step(name)
"""


@pytest.mark.parametrize(
    "step",
    [
        "def step(name):\n    if '\\n' in name:\n        raise ValueError('line breaks (CR/LF) are not allowed')",
        "def step(client):\n    if client.readonly:\n        raise RuntimeError('Forbidden: a readonly client')",
        "def step(host):\n    if host in BAD:\n        raise ValueError('remote URL is not allowed')",
        (
            "def step(name):\n    close_session(name)\n\n\ndef close_session(name):\n    if name not in SESSIONS:\n"
            "        raise KeyError('Session not found for this request')"
        ),
    ],
)
def test_no_caller_is_turned_away(step: str) -> None:
    assert facts_of({"server.py": f"{HEAD}\n\n{step}\n{CALLED}"}).rejections == ()


@pytest.mark.parametrize(
    "step",
    [
        "def step(name):\n    if name in BAD:\n        raise ValueError('path is not allowed')",
        "def step(name):\n    if READ_ONLY:\n        raise RuntimeError('not allowed in read-only mode')",
    ],
)
def test_a_refused_call_still_is_one(step: str) -> None:
    assert len(facts_of({"server.py": f"{HEAD}\n\n{step}\n{CALLED}"}).rejections) == 1
