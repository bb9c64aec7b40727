"""A small server."""

import logging

import watchtower
from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)


def forward() -> None:
    """Nobody calls it."""
    logging.getLogger().addHandler(watchtower.CloudWatchLogHandler())  # expect: SA401

mcp = FastMCP("unwired")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
