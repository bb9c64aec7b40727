"""The same where the escapes are undone, or where they never were."""

import logging
from urllib.parse import unquote

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.resource("shelf://{name}")
def shelf(name: str) -> str:
    """A shelf."""
    log.info("shelf %s", unquote(name))  # expect: SA202
    return name


@mcp.prompt()
def ask(title: str) -> str:
    """Ask for a book."""
    log.info(f"book {title}")  # expect: SA202
    return title


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
