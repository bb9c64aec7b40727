"""A handler put together by hand; beside it stands a logger of another library."""

import logging

from loguru import logger as other
from mcp.server.fastmcp import FastMCP

other.add("other.log")
log = logging.getLogger("handler")
if not log.hasHandlers():
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))  # expect: SA201 MEDIUM
    log.addHandler(handler)
mcp = FastMCP("handler")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    log.info("gone")
    other.info("gone")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
