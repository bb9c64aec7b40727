"""An instance that holds a secret."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

class Client:
    def __init__(self) -> None:
        self.k = os.environ["MINI_CLIENT_SECRET"]
        self.options = {"auth": ("agent", self.k)}


@mcp.tool()
async def go() -> str:
    """Go."""
    client = Client()
    log.info("client %s", client.k)  # expect: SA302
    log.info("client %s", client.options)  # expect: SA302
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
