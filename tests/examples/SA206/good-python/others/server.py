"""A small server."""

import logging
import os
import sys

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("others")
logging.getLogger("httpx").setLevel(logging.CRITICAL + 1)
logging.getLogger("urllib3").disabled = True


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
