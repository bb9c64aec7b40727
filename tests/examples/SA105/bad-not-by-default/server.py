"""Records that nobody sees unless they ask."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
DEBUG = os.getenv("DEBUG") == "1"


@mcp.tool()
def one() -> str:  # expect: SA105
    """One."""
    log.debug("one")
    return "one"


@mcp.tool()
def two() -> str:
    """Two."""
    if DEBUG:
        log.info("two")
    return "two"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
