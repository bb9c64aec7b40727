"""A small server."""

import structlog

from mcp.server.fastmcp import FastMCP

structlog.configure(processors=[structlog.processors.JSONRenderer()])  # expect: SA204
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
