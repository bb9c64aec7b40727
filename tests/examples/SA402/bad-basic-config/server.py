"""A small server."""

import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(filename="server.log", level=logging.INFO)  # expect: SA402 MEDIUM
log = logging.getLogger(__name__)
mcp = FastMCP("file")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
