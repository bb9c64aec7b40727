"""Another thread runs the command."""

import asyncio
import os
import subprocess

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
async def ping(host: str) -> None:
    """Ping."""
    await asyncio.to_thread(subprocess.run, f"ping {host}", shell=True)  # expect: SA602 HIGH


@mcp.tool()
async def trace(host: str) -> None:
    """Trace."""
    await asyncio.get_running_loop().run_in_executor(None, os.system, "traceroute " + host)  # expect: SA602 HIGH


@mcp.tool()
def start(program: str) -> None:
    """Start."""
    os.spawnlp(os.P_NOWAIT, program, "started")  # expect: SA602 HIGH
