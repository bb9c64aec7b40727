"""The server: low-level MCP over streamable HTTP."""

import contextlib
import logging
import os
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from . import logs
from .auth import BearerAuth
from .desk import Desk
from .redact import fingerprint
from .summary import summarize

logger = logging.getLogger("tickets.app")
server: Server = Server("tickets")
desk = Desk.from_environment()

TOOLS = [
    types.Tool(
        name="list_tickets",
        description="List tickets by status",
        inputSchema={"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]},
    ),
    types.Tool(
        name="create_ticket",
        description="Create a ticket",
        inputSchema={
            "type": "object",
            "properties": {"subject": {"type": "string"}, "text": {"type": "string"}},
            "required": ["subject", "text"],
        },
    ),
    types.Tool(
        name="summarize_tickets",
        description="Summarize the open tickets",
        inputSchema={"type": "object", "properties": {"max_tokens": {"type": "integer"}}},
    ),
]


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return TOOLS


@server.call_tool()
async def call_tool(name: str, arguments: dict[str, Any]) -> list[types.TextContent]:
    logger.info("tool %s called with %s", name, arguments)  # expect: SA303
    logger.info("argument names %s", sorted(arguments))  # ok
    meta = server.request_context.meta
    logger.debug("progress token %s", meta.progressToken if meta else None)  # ok
    match name:
        case "list_tickets":
            text = "\n".join(ticket["subject"] for ticket in await desk.tickets(arguments["status"]))
        case "create_ticket":
            logger.debug("creating %s", fingerprint(arguments["text"]))  # ok
            text = await desk.create(arguments["subject"], arguments["text"])
        case "summarize_tickets":
            text = summarize(await desk.tickets("open"), int(arguments.get("max_tokens", 400)))
        case _:
            raise ValueError("unknown tool")
    return [types.TextContent(type="text", text=text)]


def build() -> Starlette:
    manager = StreamableHTTPSessionManager(server)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with manager.run():
            yield

    return Starlette(
        routes=[Mount("/mcp", app=manager.handle_request)], middleware=[Middleware(BearerAuth)], lifespan=lifespan
    )


def main() -> None:
    logs.configure(os.environ.get("LOG_LEVEL", "INFO"))
    logger.debug("environment: %s", dict(os.environ))  # expect: SA301
    uvicorn.run(build(), host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8000")))


if __name__ == "__main__":
    main()
