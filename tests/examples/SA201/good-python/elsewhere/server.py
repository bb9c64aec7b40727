"""A small server."""

import logging

from mcp.server.fastmcp import FastMCP

from logs import set_up

set_up()
log = logging.getLogger(__name__)
mcp = FastMCP("elsewhere")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
