"""Records calls without what was said in them."""

import hashlib
import json
import logging
from enum import Enum
from typing import Literal

import structlog
from fastmcp import Context, FastMCP
from fastmcp.server.middleware import Middleware, MiddlewareContext
from mcp import ClientSession
from mcp.shared.session import ReceiveResultT
from mcp.types import ClientRequest

mcp = FastMCP("notes")
log = logging.getLogger(__name__)
events = structlog.get_logger()


class Color(Enum):
    RED = "red"
    BLUE = "blue"


def args_hash(arguments: dict) -> str:
    return hashlib.sha256(json.dumps(arguments, sort_keys=True).encode()).hexdigest()


class Recorder(Middleware):
    async def on_call_tool(self, context: MiddlewareContext, call_next):
        given = context.message.arguments or {}
        events.info("tool_call", tool=context.message.name, args_hash=args_hash(given), keys=sorted(given))
        result = await call_next(context)
        events.info("tool_done", tool=context.message.name, size=len(str(given)), method=context.method)
        return result


class Session(ClientSession):
    async def send_request(self, request: ClientRequest, result_type: type[ReceiveResultT]):
        events.info("asked", kind=str(result_type))
        return await super().send_request(request, result_type)


@mcp.tool()
async def add(
    title: str, content: str, path: str, note_id: str, color: Color, size: Literal["s", "l"], limit: int, ctx: Context
) -> str:
    """Add a note."""
    events.info("add", path=path, note_id=note_id)
    events.info("add", color=color.value, size=size, limit=limit)
    events.info("add", bytes=len(content), empty=not content, words=len(content.split()))
    events.info("add", kind=type(content).__name__, digest=hashlib.sha256(content.encode()).hexdigest())
    events.info("add", request_id=ctx.request_id, client=ctx.client_id)
    await ctx.report_progress(1, limit)
    log.info("added")
    return title


mcp.add_middleware(Recorder())

if __name__ == "__main__":
    mcp.run(transport="http")
