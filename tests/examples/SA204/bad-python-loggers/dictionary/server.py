"""A small server."""

import logging.config

from mcp.server.fastmcp import FastMCP

logging.config.dictConfig(  # expect: SA204
    {"version": 1, "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}}, "root": {"handlers": ["out"]}}
)
log = logging.getLogger(__name__)

mcp = FastMCP("dictionary")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run()


if __name__ == "__main__":
    main()
