"""A server whose logging is set up by a file of sections."""

import logging.config

from mcp.server.fastmcp import FastMCP

logging.config.fileConfig("records.conf", disable_existing_loggers=False)  # expect: SA204
log = logging.getLogger(__name__)

mcp = FastMCP("sections")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    mcp.run()


if __name__ == "__main__":
    main()
