"""A server with routes beside its tools."""

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
async def go() -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
