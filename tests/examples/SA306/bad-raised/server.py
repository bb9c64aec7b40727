"""Errors that hold a secret."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

class RefusedError(Exception):
    pass


def check(key: str) -> None:
    if len(key) < 8:
        raise RefusedError(f"bad key {key}")  # expect: SA306 MEDIUM


def show() -> None:
    raise ValueError("bad environment", dict(os.environ))  # expect: SA306


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    check(os.environ["MINI_API_KEY"])
    show()
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
