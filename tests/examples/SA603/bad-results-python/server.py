from dataclasses import dataclass
from pathlib import Path

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("results")
root = Path("/srv/notes")


@dataclass
class Ok:
    value: Path


@dataclass
class Err:
    reason: str


class Desk:
    def locate(self, raw: str) -> Ok | Err:
        target = (root / raw).resolve()
        if not raw:
            return Err("no path")
        return Ok(target)


desk = Desk()


@mcp.tool()
def read_note(path: str) -> str:
    """Read a note."""
    located = desk.locate(path)
    if isinstance(located, Err):
        return located.reason
    return located.value.read_text()  # expect: SA603


if __name__ == "__main__":
    mcp.run()
