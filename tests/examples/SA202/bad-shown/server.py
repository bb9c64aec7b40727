"""Somebody sets logging up: both are shown."""

import logging

import uvicorn
from mcp.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.applications import Starlette
from starlette.routing import Mount

server = Server("mini")
log = logging.getLogger(__name__)
logging.basicConfig(level=logging.INFO)


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list:
    log.info("asked for %s", arguments["what"])  # expect: SA202 MEDIUM
    log.warning("nothing for %s", arguments["what"])  # expect: SA202 MEDIUM
    return []


sessions = StreamableHTTPSessionManager(server)
app = Starlette(routes=[Mount("/mcp", app=sessions.handle_request)])
uvicorn.run(app)
