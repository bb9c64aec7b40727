"""A small server."""

import logging
import os
import sys

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("optional")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    if "--quiet" in sys.argv:
        logging.disable(logging.CRITICAL)
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
