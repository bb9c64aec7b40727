"""Fixed masks, hashes, and at most four characters."""

import hashlib
import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def mask(value: str) -> str:
    return f"****{value[-4:]}"


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    token = os.environ["MINI_TOKEN"]
    log.info("token %s", mask(token))
    log.info("token %s", hashlib.sha256(token.encode()).hexdigest()[:12])
    log.info("token %s", token[:2])
    log.info("token of %s characters", len(token))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
