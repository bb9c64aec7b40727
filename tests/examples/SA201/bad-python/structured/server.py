"""A small server."""

import structlog
from mcp.server.fastmcp import FastMCP

structlog.configure(processors=[structlog.processors.TimeStamper(), structlog.dev.ConsoleRenderer()])  # expect: SA201 MEDIUM
log = structlog.get_logger()
mcp = FastMCP("structured")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
