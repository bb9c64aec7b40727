"""A keeper."""

import structlog
from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel

mcp = FastMCP("mini")
events = structlog.get_logger()


class Note(BaseModel):
    title: str
    content: str


def keep(title: str, **values: object) -> None:
    events.info("kept", title=title, values=values)


@mcp.tool()
def add(note: Note) -> str:
    """Add a note."""
    keep("add", note=note)  # expect: SA303
    return "added"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
