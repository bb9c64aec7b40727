"""A record of many parts of a call, the arguments among them."""

import functools
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastmcp import Context, FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("shelf")


def _context(func: Callable[..., Any]) -> str:
    return next(name for name, kind in inspect.get_annotations(func).items() if kind is Context)


def _record(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    bound = inspect.signature(func).bind(*args, **kwargs)
    ctx = bound.arguments.get(_context(func))
    event = {
        "who": {"client": ctx.client_id, "session": ctx.session_id, "request": ctx.request_id},
        "where": {"transport": ctx.transport, "origin": ctx.origin_request_id},
        "what": [{"key": key, "value": value} for key, value in bound.arguments.items()],
    }
    log.info("called %s", event)


def recorded(func: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
    """Leave a record of each call."""

    @functools.wraps(func)
    async def inner(*args: Any, **kwargs: Any) -> str:
        _record(func, args, kwargs)  # expect: SA303
        return await func(*args, **kwargs)

    return inner


@mcp.tool()
@recorded
async def find(ctx: Context, title: str, note: str) -> str:
    """Find a book."""
    return f"{title} {note}"


if __name__ == "__main__":
    mcp.run()
