"""Cookies."""

import logging

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

async def gate(request: Request) -> None:
    log.info("cookie %s", request.cookies.get("sid"))  # expect: SA302
    log.info("cookies %s", request.cookies)  # expect: SA302


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
