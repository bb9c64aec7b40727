"""What a helper made of an argument is checked, and the argument itself is written."""

import logging
import re

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("normalised")
log = logging.getLogger("normalised")
SCHEMES = {"http", "https"}


def scheme_of(address: str) -> str:
    """What stands before the colon."""
    return address.strip().partition(":")[0]


@mcp.tool()
def look(address: str) -> str:
    """Look."""
    if scheme_of(address) not in SCHEMES:
        return "no"
    log.info("looking at %s", address)  # expect: SA202 MEDIUM
    return "yes"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
