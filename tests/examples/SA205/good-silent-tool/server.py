"""A tool that leaves no record at all is another check's finding."""

import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
def quiet(city: str) -> str:
    """Drops whatever happens."""
    try:
        return httpx.get("https://api.example.test/" + city).text
    except Exception:
        return ""


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
