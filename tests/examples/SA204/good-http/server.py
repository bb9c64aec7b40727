"""On HTTP standard output is a log like any other."""

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("chatty")


@mcp.tool()
def go() -> str:
    """Go."""
    print("called")
    return "gone"


if __name__ == "__main__":
    print("starting")
    mcp.run(transport="streamable-http")
