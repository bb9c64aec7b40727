"""A root alone holds what runs in it."""

from pathlib import Path

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")
ROOT = Path("/srv/data")


@mcp.tool()
def write(name: str, content: str) -> str:
    """Write a file."""
    target = (ROOT / name).resolve()
    if not target.is_relative_to(ROOT):
        raise ValueError("outside")
    target.write_text(content)  # expect: SA108 LOW
    return "done"
