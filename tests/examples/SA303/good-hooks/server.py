"""A server."""

import logging

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("gone")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
