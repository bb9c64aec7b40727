"""Notes for agents."""

import json
import logging
import sys

import structlog
from fastmcp import Context, FastMCP
from pydantic import BaseModel

mcp = FastMCP("notes")
log = logging.getLogger(__name__)
events = structlog.get_logger()


class Note(BaseModel):
    title: str
    content: str


def log_kept(title: str, **values: object) -> None:
    events.info("kept", title=title, values=values)


@mcp.tool()
async def add(note: Note, content: str, ctx: Context) -> str:
    """Add a note."""
    events.info("add", note=note.model_dump())  # expect: SA303
    events.info("add", content=content)  # expect: SA303 LOW
    events.info("add", x={"c": content})  # expect: SA303 LOW
    log_kept("add", note=note.model_dump())  # expect: SA303
    await ctx.info("adding", extra={"content": content})  # expect: SA303 INFO
    return "added"


@mcp.tool()
def search(query: str, limit: int = 10) -> str:
    """Search notes."""
    given = {"query": query, "limit": limit}
    log.info("search", extra={"given": json.dumps(given)})  # expect: SA303
    text = query
    renamed = text.strip().lower()
    events.info("search", v1=renamed)  # expect: SA303 LOW
    print(json.dumps({"query": query}), file=sys.stderr)  # expect: SA303
    return query


if __name__ == "__main__":
    mcp.run(transport="http")
