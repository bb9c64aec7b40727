"""Half of the tools leave a record."""

import logging

from mcp.server.fastmcp import FastMCP

from work import fetch, recorded_fetch

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def plain(function):
    return function


@mcp.tool()
def one() -> str:  # expect: SA105 MEDIUM
    """One."""
    return fetch()


@mcp.tool()
@plain
def two() -> str:
    """Two."""
    return "two"


@mcp.tool()
def three() -> str:
    """Three."""
    log.info("three")
    return "three"


@mcp.tool()
def four() -> str:
    """Four."""
    return recorded_fetch()


log.info("loaded")

if __name__ == "__main__":
    log.info("starting")
    mcp.run(transport="streamable-http")
