"""A server that writes its records to the console."""

import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("server")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("tool.call", extra={"tool": "go"})
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
