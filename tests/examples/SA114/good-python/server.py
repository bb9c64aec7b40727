import functools
import hashlib
import json
import time

import httpx
import structlog
from mcp.server.fastmcp import Context, FastMCP

log = structlog.get_logger()
mcp = FastMCP("desk")


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:16]


def recorded(tool):
    @functools.wraps(tool)
    async def wrapper(*args, ctx: Context, **kwargs):
        started, outcome, size = time.monotonic(), "failure", 0
        try:
            result = await tool(*args, ctx=ctx, **kwargs)
            outcome, size = "success", len(result)
            return result
        finally:
            log.info(
                "tool_call",
                tool=tool.__name__,
                outcome=outcome,
                duration_ms=round((time.monotonic() - started) * 1000),
                caller=digest(ctx.client_id),
                args_hash=digest(kwargs),
                bytes=size,
                session_age=time.monotonic() - ctx.session.started,
            )

    return wrapper


@mcp.tool()
@recorded
async def find_ticket(number: int, ctx: Context) -> str:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"https://desk.example/{number}")
    return response.text


mcp.run(transport="streamable-http")
