"""A small server."""

import logging
import sys

from mcp.server.fastmcp import FastMCP
from pythonjsonlogger.json import JsonFormatter

handler = logging.StreamHandler(sys.stderr)
handler.setFormatter(JsonFormatter("%(asctime)s %(message)s"))
logging.basicConfig(level=logging.INFO, handlers=[handler])
log = logging.getLogger(__name__)
mcp = FastMCP("library")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
