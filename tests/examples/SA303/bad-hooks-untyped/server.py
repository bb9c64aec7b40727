"""Hooks of middleware that do not say the type of what they are told."""

import logging

from fastmcp import FastMCP
from fastmcp.server.middleware import Middleware

log = logging.getLogger(__name__)
mcp = FastMCP("mini")


class Noting(Middleware):
    async def on_request(self, context, call_next):
        log.info("method %s", context.method)
        log.info("request %s", context.message)  # expect: SA303
        return await call_next(context)

    async def on_call_tool(self, context, call_next):
        log.info("tool %s", context.message.name)
        log.info("arguments %s", context.message.arguments)  # expect: SA303
        return await call_next(context)


mcp.add_middleware(Noting())


@mcp.tool
def add(a: int, b: int) -> int:
    """Add."""
    return a + b


if __name__ == "__main__":
    mcp.run(transport="http")
