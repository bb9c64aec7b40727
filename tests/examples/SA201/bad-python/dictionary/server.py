"""A small server."""

import logging.config

from mcp.server.fastmcp import FastMCP

SETTINGS = {
    "version": 1,
    "formatters": {"plain": {"format": "%(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["out"], "level": "INFO"},
}
logging.config.dictConfig(SETTINGS)  # expect: SA201 MEDIUM
log = logging.getLogger(__name__)
mcp = FastMCP("dictionary")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
