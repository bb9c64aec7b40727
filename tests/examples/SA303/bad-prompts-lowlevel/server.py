"""Arguments of a prompt of the low-level server."""

import logging

from mcp.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

log = logging.getLogger(__name__)
server = Server("mini")
manager = StreamableHTTPSessionManager(app=server)


@server.get_prompt()
async def get_prompt(name: str, arguments: dict | None):
    log.info("prompt %s", name)
    log.info("prompt arguments %s", arguments)  # expect: SA303
