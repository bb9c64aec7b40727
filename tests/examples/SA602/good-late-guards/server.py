import asyncio
import contextlib
import subprocess

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("late-guards", host="0.0.0.0")
NAMES = {"date", "uptime"}


class Refused(Exception):
    pass


async def approve(name: str) -> None:
    if name not in NAMES:
        raise Refused(name)


@mcp.tool()
async def awaited(name: str) -> str:
    await approve(name)
    return subprocess.getoutput(name)


@mcp.tool()
async def gathered(name: str) -> str:
    await asyncio.gather(approve(name))
    return subprocess.getoutput(name)


@mcp.tool()
async def managed(name: str) -> str:
    async with asyncio.timeout(5):
        await approve(name)
    return subprocess.getoutput(name)


@mcp.tool()
async def listed(name: str) -> str:
    if name not in {"date", "uptime"}:
        raise Refused(name)
    return subprocess.getoutput(name)


mcp.run(transport="streamable-http")
