"""A small server."""

import logging.config

from mcp.server.fastmcp import FastMCP

logging.config.dictConfig(
    {
        "version": 1,
        "handlers": {"out": {"class": "logging.handlers.SysLogHandler", "address": ["logs.example.test", 6514]}},
        "root": {"handlers": ["out"], "level": "INFO"},
    }
)
log = logging.getLogger(__name__)
mcp = FastMCP("dictionary")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
