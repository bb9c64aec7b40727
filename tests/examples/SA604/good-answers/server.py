"""Answers."""

import os

from mcp.server.fastmcp import FastMCP
from mcp.types import TextContent

mcp = FastMCP("mini")

def settings() -> dict:
    return {"region": "eu", "key": os.environ["MINI_API_KEY"]}


@mcp.tool()
def presence() -> dict:
    """Say what is set."""
    return {"key_set": bool(os.environ.get("MINI_API_KEY")), "names": sorted(os.environ)}


@mcp.tool()
def region() -> list[TextContent]:
    """Show the region."""
    return [TextContent(type="text", text=settings()["region"])]


def plain(word: str) -> str:
    return "".join(c for c in word if c.isalnum())


@mcp.tool()
def citation_key(title: str) -> str:
    """Make a key of the first word."""
    for word in title.split():
        token = plain(word)
        if token:
            return token
    return "none"


@mcp.tool()
def login(token: str) -> str:
    """Give back what came."""
    return f"not valid: {token}"


@mcp.tool()
def check() -> str:
    """Check."""
    try:
        raise ValueError(f"bad key {os.environ['MINI_API_KEY']}")
    except ValueError:
        return "bad key"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
