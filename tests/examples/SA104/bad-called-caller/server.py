import logging

from fastmcp import FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.server.dependencies import get_access_token

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
mcp = FastMCP("notes")
NOTES = {1: {"owner": "a", "text": "x"}}


def owner() -> str:
    token = get_access_token()
    return token.client_id if token else ""


@mcp.tool
def read(note_id: int) -> str:
    """Read a note."""
    note = NOTES.get(note_id)
    if note is None or note["owner"] != owner():
        raise ToolError("no such note")  # expect: SA104 LOW
    return note["text"]


@mcp.tool
def delete(note_id: int) -> str:
    """Delete a note."""
    note = NOTES.get(note_id)
    if note is None or note["owner"] != owner():
        log.warning("refused: %s asked for note %s", owner(), note_id)
        raise ToolError("no such note")
    return "deleted"


mcp.run(transport="http")
