"""A small server."""

import structlog
from mcp.server.fastmcp import FastMCP

structlog.configure(
    processors=[structlog.stdlib.add_log_level, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
)
log = structlog.get_logger()
mcp = FastMCP("structured")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go", name=name)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
