"""On stdio only the operator's own client can forge a line."""

import logging

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("files")


@mcp.tool()
def read(path: str) -> str:
    """Read a file."""
    log.info("reading %s", path)  # expect: SA202 LOW
    return path


if __name__ == "__main__":
    mcp.run(transport="stdio")
