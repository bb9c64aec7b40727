"""Tests a connection."""

import logging

from mcp.server.fastmcp import FastMCP

from test_connection import probe

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("probe %s", probe("a"))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
