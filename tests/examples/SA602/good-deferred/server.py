"""Nothing that a caller says reaches a command."""

import asyncio
import os
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("deferred")
pool = ThreadPoolExecutor()


@mcp.tool()
async def run(count: int, text: str) -> str:
    """Run."""
    await asyncio.to_thread(os.system, "uptime")
    await asyncio.to_thread(subprocess.run, ["head", "-n", str(count), "/proc/loadavg"])
    pool.submit(len, text)
    list(pool.map(str.upper, [text]))
    threading.Thread(target=print, args=(text,)).start()
    getattr(os, "fsync")(count)
    return text


if __name__ == "__main__":
    mcp.run()
