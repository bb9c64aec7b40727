"""A small server."""

import logging

from mcp.server.fastmcp import FastMCP

from forward import Forwarder

logging.getLogger().addHandler(Forwarder())
log = logging.getLogger(__name__)
mcp = FastMCP("own")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
