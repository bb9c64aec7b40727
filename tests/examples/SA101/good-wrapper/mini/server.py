"""Calls it through an enum."""

from mcp.server.fastmcp import FastMCP

from mini.audit import Event, SecurityLogger

mcp = FastMCP("mini")
security = SecurityLogger()


@mcp.tool()
def go() -> str:
    """Go."""
    security.emit(Event.TOOL_CALL, tool="go", outcome="ok")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
