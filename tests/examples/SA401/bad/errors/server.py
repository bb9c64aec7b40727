"""A small server."""

import logging

import sentry_sdk
from mcp.server.fastmcp import FastMCP

sentry_sdk.init(dsn="https://k@sentry.example/1")
log = logging.getLogger(__name__)
mcp = FastMCP("errors")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")  # expect: SA401 MEDIUM
