import functools
import logging
import time

from mcp.server.fastmcp import FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")
LIMIT = 10

class CallWatch:
    """Remembers what each session called."""

    def __init__(self):
        self.sessions = {}

    def after(self, session_id, tool, arguments):
        calls = self.sessions.setdefault(session_id, [])
        calls.append((tool, arguments, time.time()))
        recent = [call for call in calls if call[2] > time.time() - 30]
        same = [call for call in recent if call[:2] == (tool, arguments)]
        if len(same) > LIMIT:
            log.warning("burst: %s called %d times by session %s", tool, len(same), session_id)
        if len({call[0] for call in recent}) >= 3 and len(recent) == 3:
            log.warning("enumeration: session %s tries every tool", session_id)

def watched(tool):
    @functools.wraps(tool)
    def wrapper(*args, ctx, **kwargs):
        try:
            return tool(*args, ctx=ctx, **kwargs)
        finally:
            log.info("%s called", tool.__name__)

    return wrapper

@mcp.tool()
@watched
def read_note(name: str, ctx) -> str:  # expect: SA106
    return open(f"/srv/notes/{name}").read()

@mcp.tool()
@watched
def list_notes(ctx) -> str:
    return "\n".join(NOTES)

@mcp.tool()
@watched
def count_notes(ctx) -> int:
    return len(NOTES)

NOTES = ["a", "b"]
mcp.run(transport="streamable-http")
