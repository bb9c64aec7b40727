"""The server writes text; the JSON records are those of a plugin that another program runs."""

import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)  # expect: SA101
log = logging.getLogger("mini")
mcp = FastMCP("mini")


@mcp.tool()
def one(city: str) -> str:
    """Says where."""
    log.info("one was called")
    return city


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
