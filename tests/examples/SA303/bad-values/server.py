"""Values."""

import mcp.types as types
import structlog
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

server = Server("mini")
events = structlog.get_logger()
manager = StreamableHTTPSessionManager(server)


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="go", description="Go", inputSchema={"type": "object"})]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    events.info("call", values=list(arguments.values()))  # expect: SA303
    return []
