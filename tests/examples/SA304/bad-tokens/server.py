"""Answers of token endpoints."""

import logging
import requests

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

TOKEN_URL = "https://login.example.test/oauth2/token"


def exchange(code: str) -> str:
    answer = requests.post(TOKEN_URL, data={"grant_type": "authorization_code", "code": code}, timeout=10)
    if not answer.ok:
        log.error("refused: %s", answer.text)  # expect: SA304 LOW
    return read(answer.json())


def read(answer: dict) -> str:
    log.info("exchanged %s", answer)  # expect: SA304 HIGH
    return answer["access_token"]


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    exchange("abc")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
