import logging

import httpx
from mcp.server.fastmcp import FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")


@mcp.tool()
async def find_ticket(number: int) -> str:
    try:
        async with httpx.AsyncClient() as client:
            response = await client.get(f"https://desk.example/{number}")
        return response.text
    except httpx.HTTPError:
        log.exception("find_ticket failed")  # expect: SA114
        raise


mcp.run(transport="streamable-http")
