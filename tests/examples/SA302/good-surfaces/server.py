"""Production code is clean; what leaks elsewhere weighs little and stands apart."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("quiet")
log = logging.getLogger(__name__)


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("went with a key: %s", "QUIET_API_KEY" in os.environ)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
