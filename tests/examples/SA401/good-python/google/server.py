"""A small server."""

import logging

import google.cloud.logging
from mcp.server.fastmcp import FastMCP

google.cloud.logging.Client().setup_logging()
log = logging.getLogger(__name__)
mcp = FastMCP("google")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
