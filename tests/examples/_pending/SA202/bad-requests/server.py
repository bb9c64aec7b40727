"""Requests."""

import logging

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

@mcp.custom_route("/health", methods=["GET"])
async def health(request: Request):
    log.info("agent %s", request.headers.get("user-agent"))  # expect: SA202


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
