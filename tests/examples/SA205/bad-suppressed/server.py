"""Errors that a context manager drops: any, and those that are expected."""

import contextlib
import logging
import os

import httpx
from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("suppressed")


@mcp.tool()
def quiet(shelf: str) -> str:
    """Drops whatever happens."""
    log.info("quiet")
    text = ""
    with contextlib.suppress(Exception):  # expect: SA205
        text = httpx.get("https://shelves.example.net/").text
    return text


@mcp.tool()
def expected(shelf: str) -> str:
    """Drops what may well be so."""
    log.info("expected")
    with contextlib.suppress(FileNotFoundError):
        os.unlink("/srv/shelves/lock")
    with contextlib.suppress(Exception):
        os.remove("/srv/shelves/mark")
    return "done"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
