"""One middleware records them all."""

import logging

from fastmcp import FastMCP
from fastmcp.server.middleware import Middleware, MiddlewareContext

log = logging.getLogger(__name__)


class Audit(Middleware):
    async def on_call_tool(self, context: MiddlewareContext, call_next):
        result = await call_next(context)
        log.info("tool_call", extra={"tool": context.message.name})
        return result


mcp = FastMCP("mini", middleware=[Audit()])


@mcp.tool
def one() -> str:
    """One."""
    return "one"


@mcp.tool(name="second")
async def two() -> str:
    """Two."""
    return "two"


if __name__ == "__main__":
    mcp.run(transport="http")
