"""One JSON object an event."""

import structlog
from mcp.server.fastmcp import FastMCP

structlog.configure(processors=[structlog.processors.TimeStamper(key="ts"), structlog.processors.JSONRenderer()])
log = structlog.get_logger()
mcp = FastMCP("mini")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("tool_call", tool="go", outcome="ok")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
