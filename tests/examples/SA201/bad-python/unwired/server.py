"""A small server."""

import logging
import sys

from mcp.server.fastmcp import FastMCP
from pythonjsonlogger.json import JsonFormatter

logging.basicConfig(level=logging.INFO)  # expect: SA201 MEDIUM
log = logging.getLogger(__name__)


def use_json() -> None:
    """Nobody calls it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)

mcp = FastMCP("unwired")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
