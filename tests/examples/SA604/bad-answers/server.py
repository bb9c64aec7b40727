"""Answers."""

import os

import httpx
from mcp.server.fastmcp import FastMCP
from mcp.types import TextContent

mcp = FastMCP("mini")

def settings() -> dict:
    return {"region": "eu", "key": os.environ["MINI_API_KEY"]}


@mcp.tool()
def environment() -> str:
    """Show the environment."""
    return "\n".join(f"{k}={v}" for k, v in sorted(os.environ.items()))  # expect: SA604 HIGH


@mcp.tool()
def variable(name: str) -> str:
    """Show one variable."""
    return os.environ.get(name, "")  # expect: SA604


@mcp.tool()
def configuration() -> list[TextContent]:
    """Show the configuration."""
    return [TextContent(type="text", text=str(settings()))]  # expect: SA604


@mcp.tool()
def check() -> str:
    """Check."""
    raise ValueError(f"bad key {os.environ['MINI_API_KEY']}")  # expect: SA604


@mcp.tool()
def trigger(number: int) -> dict:
    """Show one trigger of the pipeline."""
    row = httpx.get(f"https://ci.example.com/triggers/{number}").json()
    return {"id": row["id"], "token": row["token"]}  # expect: SA604 LOW


@mcp.tool()
def create_trigger(name: str) -> dict:
    """Create a trigger and return its token."""
    row = httpx.post("https://ci.example.com/triggers", json={"name": name}).json()
    return {"id": row["id"], "token": row["token"]}  # expect: SA604 LOW


@mcp.resource("config://server")
def config() -> str:
    """Give the configuration."""
    return f"key={os.environ['MINI_API_KEY']}"  # expect: SA604


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
