"""Middleware."""

import mcp.types as types
import structlog
from fastmcp import FastMCP
from fastmcp.server.middleware import Middleware, MiddlewareContext

events = structlog.get_logger()


class Recorder(Middleware):
    async def on_call_tool(self, context: MiddlewareContext, call_next):
        events.info("call", arguments=context.message.arguments)  # expect: SA303 MEDIUM
        events.info("call", message=context.message)  # expect: SA303
        return await call_next(context)

    async def on_message(self, context: MiddlewareContext, call_next):
        events.info("message", m=context.message)  # expect: SA303
        return await call_next(context)


class Typed(Middleware):
    async def on_call_tool(self, context: MiddlewareContext[types.CallToolRequestParams], call_next):
        events.info("call", arguments=context.message.arguments)  # expect: SA303 MEDIUM
        return await call_next(context)


mcp = FastMCP("mini", middleware=[Recorder(), Typed()])


@mcp.tool
def go() -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="http")
