"""Bodies."""

import httpx
import logging

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

async def gate(request: Request) -> None:
    body = await request.json()
    log.info("in %s", body)  # expect: SA304 MEDIUM


async def fetch(url: str) -> dict:
    async with httpx.AsyncClient() as client:
        try:
            response = await client.get(url)
            response.raise_for_status()
        except httpx.HTTPStatusError as refused:
            log.error("refused: %s", refused.response.text)  # expect: SA304 LOW
            raise
    data = response.json()
    log.info("answer %s", data)  # expect: SA304 MEDIUM
    return data


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    await fetch("https://api.example.test/things")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
