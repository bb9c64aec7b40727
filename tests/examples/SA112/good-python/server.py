import asyncio
import hashlib
import json
import logging

from mcp.server.fastmcp import FastMCP

log = logging.getLogger("clock")
mcp = FastMCP("clock")


@mcp.tool()
def current_time(zone: str) -> str:
    return zone


async def record_surface() -> None:
    tools = [tool.model_dump(mode="json") for tool in await mcp.list_tools()]
    text = json.dumps(sorted(tools, key=lambda tool: tool["name"]))
    log.info("tool_surface %s", hashlib.sha256(text.encode()).hexdigest())


asyncio.run(record_surface())
mcp.run()
