"""A record ends with the exception's text, and that holds the key."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("traceback")
log = logging.getLogger("traceback")
KEY = os.environ["MINI_API_KEY"]


@mcp.tool()
def look(name: str) -> str:
    """Look."""
    try:
        raise ValueError(f"no answer for {KEY}")
    except ValueError:
        log.exception("no answer")  # expect: SA302
    try:
        raise ValueError(f"no answer for {KEY}")
    except ValueError:
        log.error("no answer", exc_info=True)  # expect: SA302
    try:
        raise ValueError(f"no answer for {KEY}")
    except ValueError as error:
        log.error("no answer", exc_info=error)  # expect: SA302
    try:
        raise ValueError(f"no answer for {KEY}")
    except ValueError:
        log.error("no answer", exc_info=False)
    try:
        raise ValueError(name)
    except ValueError:
        log.exception("no answer")
    return name


if __name__ == "__main__":
    mcp.run()
