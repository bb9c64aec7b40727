"""Everything."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.tool()
async def go(title: str, content: str) -> str:
    """Go."""
    log.info("go", extra={"given": locals()})  # expect: SA303
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
