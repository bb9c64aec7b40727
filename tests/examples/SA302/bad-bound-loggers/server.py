"""A bound logger in a variable."""

import logging
import os

import structlog
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

events = structlog.get_logger()


@mcp.tool()
async def go() -> str:
    """Go."""
    v = os.environ["MINI_API_KEY"]
    bound = events.bind(v=v)
    bound.info("later")  # expect: SA302
    adapter = logging.LoggerAdapter(log, {"v": v})
    adapter.info("later")  # expect: SA302
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
