"""Single harmless fields."""

import logging
import requests

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

async def gate(request: Request) -> None:
    log.info("in %s %s", request.headers.get("content-type"), sorted(request.headers.keys()))


def fetch(url: str) -> None:
    answer = requests.get(url, timeout=10)
    log.info("answer %s of %s bytes", answer.status_code, len(answer.text))
    log.info("first %r", answer.json()["items"][0]["id"])
    log.info("beginning %r", answer.text[:20])


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    fetch("https://api.example.test/things")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
