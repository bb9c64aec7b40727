"""A closed list."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

KINDS = ("text", "image")


@mcp.tool()
async def go(kind: str, other: str) -> str:
    """Go."""
    if kind not in KINDS:
        return "unknown kind"
    log.info("kind %s", kind)
    if other in {"a", "b"}:
        log.info("other %s", other)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
