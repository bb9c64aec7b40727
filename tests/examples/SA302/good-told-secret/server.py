"""Only what is no secret is shown."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def show(name: str, is_secret: bool) -> None:
    value = os.environ["MINI_TOKEN"] if is_secret else os.environ.get("MINI_TOKEN_REGION", "")
    if is_secret:
        log.info("%s is set", name)
    else:
        log.info("%s is %s", name, value)


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    show("token", True)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
