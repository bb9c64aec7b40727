"""Nothing that a caller names is written."""

from pathlib import Path

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")


@mcp.tool()
def read(name: str) -> str:
    """Read a file."""
    return Path(name).read_text()


@mcp.tool()
def keep(content: str) -> str:
    """Keep a note."""
    Path("notes.txt").write_text(content)
    return "done"
