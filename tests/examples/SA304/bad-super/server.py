"""What the class above gives back."""

import logging

from mcp import ClientSession
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


class Dependent:
    def __init__(self) -> None:
        self.kept = {}


class Session(ClientSession, Dependent):
    async def send_request(self, request, kind):
        result = await super().send_request(request, kind)
        told = result.model_dump()
        log.info("answered %s", told)  # expect: SA304
        return result


@mcp.tool()
async def go(session: Session) -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
