"""A small server."""

import sys

from loguru import logger as log

from mcp.server.fastmcp import FastMCP

log.add(sys.stdout, serialize=True)  # expect: SA204

mcp = FastMCP("guru")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run()


if __name__ == "__main__":
    main()
