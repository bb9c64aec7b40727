"""Formats."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def note(text):
    log.info("note: %s", text)


def deep(text, *args):
    note(text % args)


@mcp.tool()
async def go(path: str) -> str:
    """Go."""
    deep("going %s", path)  # expect: SA202
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
