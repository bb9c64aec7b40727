"""A default that is a secret."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def show(x: str = os.environ["SHARED_SECRET"]) -> None:
    log.info("x %s", x)  # expect: SA302


@mcp.tool()
async def go() -> str:
    """Go."""
    show()
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
