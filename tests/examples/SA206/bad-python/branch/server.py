"""A small server."""

import logging
import os
import sys

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("branch")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    if os.environ.get("APP_ENV", "production") == "production":
        logging.disable()  # expect: SA206
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
