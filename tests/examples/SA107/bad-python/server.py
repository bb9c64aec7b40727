import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")


@mcp.tool()
def read_note(name: str) -> str:  # expect: SA107 LOW
    return open(f"/srv/notes/{name}").read()


@mcp.tool()
async def send_note(text: str) -> str:
    async with httpx.AsyncClient() as client:
        return (await client.post("https://desk.example", json={"text": text})).text


mcp.run(transport="streamable-http")
