"""The logger is there and nobody calls it: the word audit proves nothing."""

import logging

from mcp.server.fastmcp import FastMCP

from audit import AuditLogger

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
audit = AuditLogger()


@mcp.tool()
def go() -> str:
    """Go. Emits a structured security event, event="tool_call", says the comment."""
    log.info("going")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")  # expect: SA101
