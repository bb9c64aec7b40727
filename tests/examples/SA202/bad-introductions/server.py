"""What another server says of itself."""

import logging

from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.tool()
async def probe() -> str:
    """Look at the other server."""
    async with stdio_client(StdioServerParameters(command="other")) as (read, write):
        async with ClientSession(read, write) as session:
            answer = await session.initialize()
            info = getattr(answer, "serverInfo", None)
            log.info("connected to %s", getattr(info, "title", ""))  # expect: SA202 LOW
            log.info("which says %s", answer.instructions)  # expect: SA202 LOW
    return "seen"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
