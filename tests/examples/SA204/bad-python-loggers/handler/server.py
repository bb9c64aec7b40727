"""A small server."""

import logging
import sys

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
log.addHandler(logging.StreamHandler(sys.stdout))  # expect: SA204

mcp = FastMCP("handler")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run()


if __name__ == "__main__":
    main()
