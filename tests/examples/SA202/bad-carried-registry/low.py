import asyncio
import logging
from typing import Any

from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import TextContent, Tool

from tools import Find, Word

log = logging.getLogger("low")
app = Server("low")
handlers = {}


def add(handler) -> None:
    handlers[handler.name] = handler


add(Find())
add(Word())


@app.list_tools()
async def list_tools() -> list[Tool]:
    return [h.describe() for h in handlers.values()]


@app.call_tool()
async def call_tool(name: str, arguments: Any) -> list[TextContent]:
    handler = handlers.get(name)
    if handler is None:
        raise ValueError("unknown tool")
    try:
        return handler.run(arguments)
    except Exception as e:
        log.error(str(e))  # expect: SA202 LOW
        raise


async def main() -> None:
    async with stdio_server() as (r, w):
        await app.run(r, w, app.create_initialization_options())


asyncio.run(main())
