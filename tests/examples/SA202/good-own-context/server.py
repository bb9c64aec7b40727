"""Decorators that find the SDK's context among what a handler is called with: it is none of the client's arguments."""

import functools
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastmcp import Context, FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("shelf")


def named(func: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
    """By its name."""

    @functools.wraps(func)
    async def inner(*args: Any, **kwargs: Any) -> str:
        ctx = kwargs.get("ctx")
        log.info("called by %s in %s", ctx.client_id, ctx.request_context.request)
        return await func(*args, **kwargs)

    return inner


def typed(func: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
    """By its type."""

    @functools.wraps(func)
    async def inner(*args: Any, **kwargs: Any) -> str:
        bound = inspect.signature(func).bind(*args, **kwargs)
        own = next(one for one in bound.arguments.values() if isinstance(one, Context))
        log.info("request %s of session %s", own.request_id, own.session_id)
        return await func(*args, **kwargs)

    return inner


@mcp.tool()
@named
async def find(ctx: Context, title: str) -> str:
    """Find a book."""
    return title


@mcp.tool()
@typed
async def lend(ctx: Context, title: str) -> str:
    """Lend a book."""
    return title


async def _handed_over(**kwargs: Any) -> str:
    """Give a book back; the SDK hands its context over under this name."""
    own: Context = kwargs.pop("__context__")
    log.info("request %s", own.request_context.request.query_params.get("session_id"))
    return "given back"


mcp.add_tool(_handed_over)

if __name__ == "__main__":
    mcp.run(transport="http")
