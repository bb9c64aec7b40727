"""What the tools do."""

import mcp.types as types
import structlog

events = structlog.get_logger()


def run(tool: str, given: dict) -> list[types.TextContent]:
    events.warning("running", tool=tool, v1=given)  # expect: SA303
    handler = {"add": add}[tool]
    return handler(**given)


def add(title: str, content: str) -> list[types.TextContent]:
    return [types.TextContent(type="text", text=title)]
