"""A small server."""

import logging

from rich.logging import RichHandler

from mcp.server.fastmcp import FastMCP

logging.basicConfig(handlers=[RichHandler()])  # expect: SA204
log = logging.getLogger(__name__)

mcp = FastMCP("coloured")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run()


if __name__ == "__main__":
    main()
