"""Pair by pair."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("env %s", {k: v for k, v in os.environ.items()})  # expect: SA301
    log.info("env %s", list(os.environ.items()))  # expect: SA301
    for name, value in os.environ.items():
        log.info("%s=%s", name, value)  # expect: SA301
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
