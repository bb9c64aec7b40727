"""Events in words."""

import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)  # expect: SA101 MEDIUM
log = logging.getLogger("audit")
mcp = FastMCP("mini")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("tool_call", extra={"event": "tool_call", "tool": "go"})
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
