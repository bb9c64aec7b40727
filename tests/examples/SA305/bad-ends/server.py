"""Beginnings and ends of secrets."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

SHOWN = 6


def mask(value: str, keep: int = 4) -> str:
    if not value:
        return "none"
    return f"{value[:keep]}{'*' * 8}{value[-keep:]}"


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    token = os.environ["MINI_TOKEN"]
    log.info("token %s...", token[:8])  # expect: SA305 LOW
    log.info("token %s...%s", token[:4], token[-4:])  # expect: SA305
    log.info("token %s", mask(token))  # expect: SA305
    log.info("token %s", token[:SHOWN])  # expect: SA305
    log.info("token %s", token[:-4])  # expect: SA305
    log.info("token %s", token[:4])
    log.info("token %s", mask(token, 2))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
