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
async def unheard(name: str) -> str:
    approve(name)
    return subprocess.getoutput(name)  # expect: SA602


@mcp.tool()
async def gathered(name: str) -> str:
    await asyncio.gather(approve(name), return_exceptions=True)
    return subprocess.getoutput(name)  # expect: SA602


@mcp.tool()
async def suppressed(name: str) -> str:
    with contextlib.suppress(Refused):
        await approve(name)
    return subprocess.getoutput(name)  # expect: SA602


@mcp.tool()
async def among_itself(name: str) -> str:
    if name not in {"date", name}:
        raise Refused(name)
    return subprocess.getoutput(name)  # expect: SA602


@mcp.tool()
async def in_its_own_words(name: str) -> str:
    if name.partition(" ")[0] not in name.split():
        raise Refused(name)
    return subprocess.getoutput(name)  # expect: SA602


mcp.run(transport="streamable-http")
