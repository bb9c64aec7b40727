"""Reads its settings."""

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
def go() -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
