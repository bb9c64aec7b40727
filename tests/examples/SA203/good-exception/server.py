"""The stack is a field of a JSON record."""

import structlog
from mcp.server.fastmcp import FastMCP

structlog.configure(processors=[structlog.processors.TimeStamper(key="ts"), structlog.processors.JSONRenderer()])
log = structlog.get_logger()
mcp = FastMCP("mini")


@mcp.tool()
def go(path: str) -> str:
    """Go."""
    log.info("tool_call", tool="go", outcome="ok")
    try:
        return open(path, encoding="utf-8").read()
    except OSError as error:
        log.exception("tool_failure", tool="go")
        raise


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
