import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")


@mcp.tool()
def read_note(name: str) -> str:  # expect: SA106 MEDIUM
    return open(f"/srv/notes/{name}").read()


@mcp.tool()
async def fetch_url(url: str) -> str:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text


mcp.run(transport="streamable-http")
