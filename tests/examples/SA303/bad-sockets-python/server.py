"""Messages over a web socket."""

import logging

from fastapi import FastAPI, WebSocket
from mcp.server.fastmcp import FastMCP

app = FastAPI()
mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@app.websocket("/ws")
async def listen(socket: WebSocket) -> None:
    await socket.accept()
    first = await socket.receive_json()
    log.info("x", extra={"first": first})  # expect: SA303
    async for text in socket.iter_text():
        log.info("x", extra={"text": text})  # expect: SA303


@mcp.tool()
async def go() -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
