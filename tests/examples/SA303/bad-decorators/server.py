"""A decorator."""

import functools
import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def recorded(function):
    @functools.wraps(function)
    async def inner(*args, **kwargs):
        log.info("call", extra={"given": kwargs})  # expect: SA303
        return await function(*args, **kwargs)

    return inner


@mcp.tool()
@recorded
async def go(title: str) -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
