"""A small server."""

import logging

import watchtower
from mcp.server.fastmcp import FastMCP

logging.getLogger().addHandler(watchtower.CloudWatchLogHandler(log_group_name="mini"))
log = logging.getLogger(__name__)
mcp = FastMCP("cloudwatch")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
