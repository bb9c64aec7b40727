import logging

import httpx
from mcp.server.fastmcp import FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")


@mcp.tool()
async def find_ticket(number: int) -> str:
    log.info("find_ticket called")  # expect: SA114 LOW
    async with httpx.AsyncClient() as client:
        response = await client.get(f"https://desk.example/{number}")
    return response.text


mcp.run(transport="streamable-http")
