"""JSON keeps lines apart; the message should still be constant."""

import structlog
from mcp.server.fastmcp import FastMCP

structlog.configure(processors=[structlog.processors.TimeStamper(), structlog.processors.JSONRenderer()])
log = structlog.get_logger()
mcp = FastMCP("files")


@mcp.tool()
def read(path: str) -> str:
    """Read a file."""
    log.info(f"reading {path}")  # expect: SA202 LOW
    log.info("reading " + path, size=1)  # expect: SA202 LOW
    log.info("reading", path=path)
    return path


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
