import logging

from mcp.server.fastmcp import Context, FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from notes import load

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
mcp = FastMCP("notes")


@mcp.tool()
def read(note_id: str, ctx: Context) -> str:
    caller = ctx.request_context.session.caller_id
    note = load(note_id)
    if note.owner_id != caller:
        raise ToolError("no such note")  # expect: SA104 LOW
    return note.text


@mcp.tool()
def delete(note_id: str, ctx: Context) -> str:
    caller = ctx.request_context.session.caller_id
    note = load(note_id)
    if note.owner_id != caller:
        log.warning("refused: %s asked for a note of %s", caller, note.owner_id)
        raise ToolError("no such note")
    return "deleted"


mcp.run()
