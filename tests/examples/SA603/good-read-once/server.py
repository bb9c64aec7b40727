from pathlib import Path

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")
ROOT = Path("/srv/notes").resolve()


@mcp.tool()
def read_note(name: str) -> str:
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT):
        raise ValueError("outside")
    return path.read_text()


if __name__ == "__main__":
    mcp.run()
