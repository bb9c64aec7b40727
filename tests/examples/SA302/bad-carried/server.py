"""One exception with a secret, logged by many handlers: one leak."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def session(key: str) -> str:
    if not key.startswith("mini"):
        raise ValueError(f"session {key} not found")
    return "open"


@mcp.tool()
async def first() -> str:
    """First."""
    try:
        return session(os.environ["MINI_API_KEY"])
    except ValueError as failed:
        log.error("first failed: %s", failed)  # expect: SA302 HIGH
        log.error("once more: %s", failed)
    return ""


@mcp.tool()
async def second() -> str:
    """Second."""
    try:
        return session(os.environ["MINI_API_KEY"])
    except ValueError as failed:
        log.error("second failed: %s", failed)
    return ""


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
