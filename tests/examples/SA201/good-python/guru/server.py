"""A small server."""

import sys

from loguru import logger
from mcp.server.fastmcp import FastMCP

logger.remove()
logger.add(sys.stderr, serialize=True)
mcp = FastMCP("guru")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    logger.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
