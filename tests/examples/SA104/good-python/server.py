import hashlib
import logging

from mcp.server.fastmcp import Context, FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from notes import load

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
mcp = FastMCP("notes")


def digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


@mcp.tool()
def read(note_id: str, ctx: Context) -> str:
    caller = ctx.request_context.session.caller_id
    note = load(note_id)
    if note.owner_id != caller:
        log.warning("idor", extra={"caller_hash": digest(caller), "owner_hash": digest(note.owner_id)})
        raise ToolError("no such note")
    return note.text


mcp.run()
