"""Headers."""

import logging
import requests

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

session = requests.Session()


async def gate(request: Request) -> None:
    log.info("in %s", request.headers)  # expect: SA304 MEDIUM
    log.info("in %s", dict(request.headers))  # expect: SA304
    log.info("cut %s", str(request.headers)[:20])
    log.debug("out %s", session.headers)  # expect: SA304 LOW


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")

    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
