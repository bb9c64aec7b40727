"""A small server."""

import logging
import logging.config

from mcp.server.fastmcp import FastMCP

logging.config.dictConfig({  # expect: SA206
    "version": 1,
    "handlers": {"nothing": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nothing"]},
})
log = logging.getLogger(__name__)
mcp = FastMCP("nulls")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
