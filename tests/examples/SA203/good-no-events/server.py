"""Without structured events the missing logger is the finding."""

import logging

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@mcp.tool()
def go(path: str) -> str:
    """Go."""
    try:
        return open(path, encoding="utf-8").read()
    except OSError as error:
        log.error(f"{error}")
        raise


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
