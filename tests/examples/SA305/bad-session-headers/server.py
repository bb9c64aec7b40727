"""What a client sends with each request, masked at both ends."""

import logging
import requests

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

session = requests.Session()


def mask(value: str, keep: int = 4) -> str:
    return f"{value[:keep]}****{value[-keep:]}"


def masked_headers(headers: dict) -> dict:
    found = {}
    for key, value in headers.items():
        found[key] = mask(value)
    return found


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    log.info("out %s", masked_headers(dict(session.headers)))  # expect: SA305 LOW
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
