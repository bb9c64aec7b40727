"""Arguments that a decorator binds to the names of what it wraps."""
import functools
import inspect
import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def recorded(function):
    signature = inspect.signature(function)

    @functools.wraps(function)
    async def inner(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        log.info("call", extra={"given": bound.arguments})  # expect: SA303
        log.info("call", extra={"given": dict(bound.arguments)})  # expect: SA303
        log.info("call", extra={"given": [{"key": k, "value": v} for k, v in bound.arguments.items()]})  # expect: SA303
        log.info("call", extra={"names": list(bound.arguments)})
        return await function(*args, **kwargs)

    return inner


def called(function):
    @functools.wraps(function)
    async def inner(*args, **kwargs):
        given = inspect.getcallargs(function, *args, **kwargs)
        log.info("call", extra={"given": given})  # expect: SA303
        return await function(*args, **kwargs)

    return inner


@mcp.tool()
@recorded
async def go(title: str) -> str:
    """Go."""
    return "gone"


@mcp.tool()
@called
async def stop(title: str) -> str:
    """Stop."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
