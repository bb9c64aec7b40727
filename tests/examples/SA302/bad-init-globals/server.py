"""A global that a function fills."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

_k = ""


def init() -> None:
    global _k
    _k = os.environ["MINI_CLIENT_SECRET"]


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("k %s", _k)  # expect: SA302
    return "gone"


if __name__ == "__main__":
    init()
    mcp.run(transport="streamable-http")
