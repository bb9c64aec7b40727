"""Standard output."""

import asyncio
import logging
import sys

import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

server = Server("mini")
log = logging.getLogger(__name__)


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="go", description="Go", inputSchema={"type": "object"})]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    log.info("called")
    return []


async def main() -> None:
    async with stdio_server() as (reader, writer):
        print("serving")  # expect: SA204
        await server.run(reader, writer, server.create_initialization_options())


if __name__ == "__main__":
    asyncio.run(main())
