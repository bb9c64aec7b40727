"""What is picked by the beginning of names, where the code shows no secret among them."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("settings")
log = logging.getLogger(__name__)
REGION = os.environ.get("SHELF_REGION", "eu")


@mcp.tool()
def start() -> str:
    """Start."""
    log.info("settings %s", {k: v for k, v in os.environ.items() if k.startswith("SHELF_")})  # expect: SA301 LOW
    log.info("flags %s", {k: v for k, v in os.environ.items() if k.startswith("FEATURE_")})
    log.info("names %s", [k for k in os.environ if k.startswith("SHELF_")])
    return "started"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
