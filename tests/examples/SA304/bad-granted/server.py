"""What a token endpoint answered, where it is known and where it is not."""

import json
import logging
import os

import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

TOKEN_URL = "https://login.example.test/oauth2/token"
LOG_ALL = bool(os.getenv("MINI_LOG_ALL"))


def verbose(text: str) -> None:
    """Write what an operator asked for with a switch of its own, at the debug level as well."""
    if LOG_ALL:
        log.debug(text)


def exchange(code: str) -> str:
    answer = requests.post(TOKEN_URL, data={"grant_type": "authorization_code", "code": code}, timeout=10)
    if answer.status_code != 200:
        log.error("refused: %s", answer.text)  # expect: SA304 LOW
        raise RuntimeError("refused")
    try:
        data = answer.json()
    except json.JSONDecodeError:
        log.error("not understood: %s", answer.text)  # expect: SA304 MEDIUM
        raise
    verbose(f"answer {data}")  # expect: SA304 LOW
    if "error" in data:
        log.error("failed: %s", data)  # expect: SA304 LOW
        raise RuntimeError("failed")
    if int(data["expires_in"]) <= 0:
        log.error("expired: %s", data)  # expect: SA304 HIGH
    return data["access_token"]


@mcp.tool()
async def go() -> str:
    """Go."""
    exchange("abc")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
