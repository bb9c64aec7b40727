"""Values of callers that take the place of a mark in an address."""

from typing import Any
from urllib.parse import quote

import httpx
from mcp.server.lowlevel import Server

server = Server("replaced")
ROUTES: dict[str, dict[str, Any]] = {"show": {"path": "/shelves/{shelf}", "names": ["shelf"]}}


async def send(client: httpx.AsyncClient, method: str, path: str) -> str:
    """Send."""
    if method == "get":
        return (await client.get(path)).text  # expect: SA601 LOW
    return (await client.delete(path)).text  # expect: SA601 LOW


@server.call_tool()
async def call_tool(name: str, arguments: dict[str, Any]) -> str:
    """Call."""
    path = ROUTES[name]["path"]
    for part in ROUTES[name]["parts"]:
        key = part.get("name")
        path = path.replace(f"{{{key}}}", str(arguments.pop(key)))
    async with httpx.AsyncClient(base_url="https://shelves.example.net") as client:
        return await send(client, arguments["method"], path)


@server.get_prompt()
async def get_prompt(name: str, arguments: dict[str, str]) -> str:
    """Prompt."""
    address = "https://{region}.example.net/shelves/{shelf}".replace("{shelf}", arguments["shelf"])
    address = address.replace("{region}", arguments["region"])
    return httpx.get(address).text  # expect: SA601 HIGH


@server.read_resource()
async def read_resource(uri: str) -> str:
    """Read."""
    shelf = quote(str(uri).rpartition("/")[2], safe="")
    return httpx.get("https://shelves.example.net/shelves/{shelf}".replace("{shelf}", shelf)).text
