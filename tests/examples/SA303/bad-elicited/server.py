"""What the client's user answers."""

import logging

from mcp.server.fastmcp import Context, FastMCP
from pydantic import BaseModel

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


class Answer(BaseModel):
    text: str
    number: int


@mcp.tool()
async def go(ctx: Context) -> str:
    """Go."""
    answer = await ctx.elicit("Who?", schema=Answer)
    log.info("answered", extra={"answer": answer.data})  # expect: SA303
    log.info("answered", extra={"action": answer.action})
    asked = await ctx.session.elicit("Who?", requestedSchema={})
    log.info("answered", extra={"answer": asked.content})  # expect: SA303
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
