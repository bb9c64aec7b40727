"""A logger that is set up where it is first asked for, once."""

import logging

from mcp.server.fastmcp import FastMCP
from pythonjsonlogger.json import JsonFormatter


def logger_of(name: str) -> logging.Logger:
    """A logger with its handler."""
    logger = logging.getLogger(name)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        logger.addHandler(handler)
    return logger


mcp = FastMCP("once")
log = logger_of("once")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go", extra={"event": "tool.call"})
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
