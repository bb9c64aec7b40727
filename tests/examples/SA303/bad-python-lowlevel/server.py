"""The same with the low-level server: one dispatcher for all tools."""

import logging
from typing import Any

import mcp.types as types
import structlog
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from dispatch import run

server = Server("notes")
events = structlog.get_logger()
log = logging.getLogger(__name__)
manager = StreamableHTTPSessionManager(server)


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="add", description="Add a note", inputSchema={"type": "object"})]


@server.call_tool()
async def call_tool(name: str, arguments: dict[str, Any]) -> list[types.TextContent]:
    events.info("call", tool=name, arguments=arguments)  # expect: SA303 MEDIUM
    log.info("call", extra={"tool": name, "x": arguments})  # expect: SA303
    renamed = dict(arguments)
    events.info("call", v1=renamed)  # expect: SA303
    for key, value in arguments.items():
        events.info("argument", key=key, value=value)  # expect: SA303
    return run(name, arguments)
