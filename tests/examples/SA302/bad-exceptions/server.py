"""Exceptions that carry a secret."""

import logging
import os
import requests

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

class RefusedError(Exception):
    pass


def check(key: str) -> None:
    if len(key) < 8:
        raise RefusedError(f"bad key {key}")


def fetch(key: str) -> None:
    requests.get("https://api.example.test/things", params={"key": key}, timeout=10)


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    key = os.environ["MINI_API_KEY"]
    try:
        check(key)
    except RefusedError as refused:
        log.error("refused: %s", refused)  # expect: SA302
    try:
        fetch(key)
    except requests.RequestException as failed:
        log.error("failed: %s", failed)  # expect: SA302
    try:
        check(key)
    except OSError as other:
        log.error("other: %s", other)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
