"""Joined."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def joined(text: str) -> str:
    return " ".join(text.splitlines())


@mcp.tool()
async def go(path: str) -> str:
    """Go."""
    log.info("path %s", joined(path))
    log.info("path %s", " ".join(path.split()))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
