"""One dispatcher for all tools."""

import logging

import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

server = Server("mini")
manager = StreamableHTTPSessionManager(server)


class Dispatcher:
    def __init__(self) -> None:
        self._log = logging.getLogger("dispatch")
        self.handlers = {"one": self.one, "two": self.two}

    async def run(self, name: str, arguments: dict) -> list[types.TextContent]:
        self._log.info("tool %s", name)
        return await self.handlers[name](**arguments)

    async def one(self) -> list[types.TextContent]:
        return []

    async def two(self) -> list[types.TextContent]:
        return []


dispatcher = Dispatcher()


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [
        types.Tool(name="one", description="One", inputSchema={"type": "object"}),
        types.Tool(name="two", description="Two", inputSchema={"type": "object"}),
    ]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    return await dispatcher.run(name, arguments)
