import uuid

import httpx
from mcp.server.fastmcp import FastMCP
from pydantic import IPvAnyAddress

mcp = FastMCP("hosts")


@mcp.tool()
def probe(address: IPvAnyAddress) -> str:
    return httpx.get(f"http://{address}/health").text  # expect: SA601 HIGH


@mcp.tool()
def tenant(name: uuid.UUID) -> str:
    return httpx.get(f"https://{name}.example.com/health").text
