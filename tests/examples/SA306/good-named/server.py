"""Errors that name the setting."""

import ast
import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def check(key: str) -> None:
    if len(key) < 8:
        raise ValueError(f"MINI_API_KEY has {len(key)} characters")
    if not key.startswith("sk"):
        raise ValueError(f"not a key: {key[:2]}...")


def parse(text: str) -> None:
    for token in text.split():
        if token == "(":
            raise SyntaxError(f"unexpected token {token}")


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    check(os.environ["MINI_API_KEY"])
    parse("a")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
