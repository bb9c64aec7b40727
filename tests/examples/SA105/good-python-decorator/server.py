"""A decorator of our own, a wrapper two calls deep, a context manager and an error handler."""

import contextlib
import functools
import logging
import time

from mcp.server.fastmcp import FastMCP

from audit import trail

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def recorded(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        started = time.monotonic()
        try:
            return function(*args, **kwargs)
        finally:
            log.info("tool %s took %s", function.__name__, time.monotonic() - started)

    return inner


def named(name):
    def decorate(function):
        @functools.wraps(function)
        async def inner(*args, **kwargs):
            trail(name)
            return await function(*args, **kwargs)

        return inner

    return decorate


@contextlib.contextmanager
def timed(name):
    yield
    log.info("tool %s", name)


@mcp.tool()
@recorded
def one() -> str:
    """One."""
    return "one"


@mcp.tool()
@named("two")
async def two() -> str:
    """Two."""
    return "two"


@mcp.tool()
def three() -> str:
    """Three."""
    with timed("three"):
        return "three"


@mcp.tool()
def four() -> str:
    """Four."""
    try:
        return str(1 / 0)
    except ZeroDivisionError:
        log.exception("four")
        raise


def audited_tool(function):
    return mcp.tool()(recorded(function))


@audited_tool
def five() -> str:
    """Five."""
    return "five"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
