"""A small server."""

import logging

from mcp.server.fastmcp import FastMCP
from rich.logging import RichHandler

logging.basicConfig(level=logging.INFO, handlers=[RichHandler()])  # expect: SA201 MEDIUM
log = logging.getLogger(__name__)
mcp = FastMCP("rich")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
