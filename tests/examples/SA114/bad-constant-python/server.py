import functools
import hashlib
import logging
import time

import httpx
from mcp.server.fastmcp import Context, FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")


def recorded(tool):
    @functools.wraps(tool)
    async def wrapper(*args, **kwargs):
        started = time.monotonic()
        result = ""
        try:
            result = await tool(*args, **kwargs)
            return result
        finally:
            digest = hashlib.sha256(repr(kwargs).encode()).hexdigest()
            log.info(  # expect: SA114
                "tool_call",
                extra={
                    "tool": tool.__name__,
                    "outcome": "success",
                    "caller": "anonymous",
                    "duration_ms": time.monotonic() - started,
                    "args_hash": digest,
                    "bytes": len(result),
                    "session_age_ms": age(kwargs["ctx"]),
                },
            )

    return wrapper


def age(ctx: Context) -> float:
    return time.monotonic() - ctx.request_context.lifespan_context["started"]


@mcp.tool()
@recorded
async def find_ticket(number: int, ctx: Context) -> str:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"https://desk.example/{number}")
    return response.text


mcp.run(transport="streamable-http")
