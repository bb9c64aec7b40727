import logging
import os

import httpx
from mcp.server.fastmcp import Context, FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")
MAX_RESPONSE = int(os.environ.get("MAX_RESPONSE", "5000000"))
MAX_SESSION = int(os.environ.get("MAX_SESSION", "10000000"))
MAX_OUTBOUND = int(os.environ.get("MAX_OUTBOUND", "1000000"))


class Session:
    def __init__(self):
        self.received = 0
        self.sent = 0

    def response(self, tool, text):
        size_bytes = len(text.encode())
        self.received += size_bytes
        if size_bytes > MAX_RESPONSE:
            raise ValueError("too large")
        if self.received > MAX_SESSION:
            log.warning("session_volume_ceiling tool=%s", tool)
            raise ValueError("too much")
        return text

    def outbound(self, tool, text):
        self.sent += len(text.encode())
        if self.sent > MAX_OUTBOUND:
            log.warning("outbound_volume_ceiling tool=%s", tool)
            raise ValueError("too much")


sessions = {}


def session_of(ctx) -> Session:
    return sessions.setdefault(ctx.client_id, Session())


@mcp.tool()
def read_note(name: str, ctx: Context) -> str:  # expect: SA107
    session = session_of(ctx)
    return session.response("read_note", open(f"/srv/notes/{name}").read())


@mcp.tool()
async def send_note(text: str, ctx: Context) -> str:
    session = session_of(ctx)
    session.outbound("send_note", text)
    async with httpx.AsyncClient() as client:
        await client.post("https://desk.example", json={"text": text})
    return "sent"


mcp.run(transport="streamable-http")
