"""The part after the scheme."""

import logging

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

async def gate(request: Request) -> None:
    header = request.headers.get("authorization", "")
    kind, _, rest = header.partition(" ")
    log.warning("rejected %s %s", kind, rest)  # expect: SA302
    kind, rest = header.split(" ", 1)
    log.warning("rejected %s", rest)  # expect: SA302


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
