"""A library that decodes what it matches."""

import logging

from fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.resource("shelf://{name}")
def shelf(name: str) -> str:
    """A shelf."""
    log.info("shelf %s", name)  # expect: SA202
    return name


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
