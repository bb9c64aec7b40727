"""A small server."""

import os

import structlog
from mcp.server.fastmcp import FastMCP

renderer = structlog.dev.ConsoleRenderer() if os.getenv("APP_ENV") == "development" else structlog.processors.JSONRenderer()
structlog.configure(processors=[renderer])
log = structlog.get_logger()
mcp = FastMCP("production")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
