"""A small server."""

import sys

import structlog

from mcp.server.fastmcp import FastMCP

structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
log = structlog.get_logger()

mcp = FastMCP("events")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run()


if __name__ == "__main__":
    main()
