"""A small server."""

import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)  # expect: SA401 MEDIUM
log = logging.getLogger(__name__)
mcp = FastMCP("none")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
