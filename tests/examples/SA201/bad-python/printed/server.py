"""A small server."""

import sys

from mcp.server.fastmcp import FastMCP


mcp = FastMCP("printed")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    print("go", file=sys.stderr)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")  # expect: SA201 MEDIUM
