"""A small server."""

import logging
import os

from mcp.server.fastmcp import FastMCP
from pythonjsonlogger.json import JsonFormatter

handler = logging.StreamHandler()
if os.getenv("LOG_FORMAT", "json") == "json":
    handler.setFormatter(JsonFormatter())
logging.basicConfig(level=logging.INFO, handlers=[handler])
log = logging.getLogger(__name__)
mcp = FastMCP("optional")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
