"""A small server."""

import logging
from logging.handlers import SysLogHandler

from mcp.server.fastmcp import FastMCP



def set_up() -> None:
    logging.getLogger().addHandler(SysLogHandler(address=("logs.example.test", 6514)))


set_up()
log = logging.getLogger(__name__)
mcp = FastMCP("syslog")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
