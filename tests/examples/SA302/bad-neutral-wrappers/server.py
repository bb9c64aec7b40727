"""A keeper of things."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def keep(title: str, **values: object) -> None:
    log.info("kept", extra={"title": title, "values": values})


@mcp.tool()
async def go() -> str:
    """Go."""
    v = os.environ["MINI_API_KEY"]
    keep("v", v=v)  # expect: SA302
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
