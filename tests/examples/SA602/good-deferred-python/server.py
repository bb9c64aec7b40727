"""Another thread runs a program that the server chose."""

import asyncio
import os
import subprocess

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
async def ping(host: str) -> None:
    """Ping."""
    await asyncio.to_thread(subprocess.run, ["ping", "--", host], check=True)


@mcp.tool()
def start(name: str) -> None:
    """Start."""
    os.spawnlp(os.P_NOWAIT, "echo", "echo", "--", name)
