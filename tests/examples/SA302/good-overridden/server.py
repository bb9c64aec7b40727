"""Overridden."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def safe(fields: dict) -> dict:
    return {**fields, "x": "[redacted]"}


@mcp.tool()
async def go() -> str:
    """Go."""
    v = os.environ["MINI_API_KEY"]
    log.info("go %s", safe({"x": v, "topic": "a"}))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
