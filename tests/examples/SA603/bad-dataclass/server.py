"""The path goes through an object."""

from dataclasses import dataclass
from pathlib import Path

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")


@dataclass(frozen=True)
class Document:
    owner: str
    path: Path


class Store:
    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, name: str) -> Document:
        return Document("somebody", self._root / name)

    def read(self, document: Document) -> str:
        return document.path.read_text()  # expect: SA603


store = Store(Path("/srv/data"))


@mcp.tool()
def read(name: str) -> str:
    """Read a document."""
    return store.read(store.find(name))


mcp.run(transport="streamable-http")
