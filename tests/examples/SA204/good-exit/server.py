"""Exits."""

import logging
import sys

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    return "gone"


def main() -> None:
    if "list" in sys.argv:
        print("go")
        sys.exit(0)
    mcp.run(transport="stdio")


if __name__ == "__main__":
    main()
