"""A small server."""

import logging

import logging_loki
from mcp.server.fastmcp import FastMCP

logging.basicConfig(handlers=[logging_loki.LokiHandler(url="https://loki.example.test/loki/api/v1/push", version="1")])
log = logging.getLogger(__name__)
mcp = FastMCP("loki")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
