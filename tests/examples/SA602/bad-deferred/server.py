"""Commands that something else runs: threads, executors, timers, functions that are put together."""

import asyncio
import functools
import importlib
import os
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("deferred")
pool = ThreadPoolExecutor()


@mcp.tool()
async def run(command: str) -> str:
    """Run."""
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(os.system, command)  # expect: SA602
    await asyncio.to_thread(subprocess.run, command, shell=True)  # expect: SA602
    await loop.run_in_executor(None, functools.partial(os.system, command))  # expect: SA602
    loop.call_later(1, os.system, command)  # expect: SA602
    pool.submit(os.system, command)  # expect: SA602
    list(pool.map(os.system, [command]))  # expect: SA602
    threading.Thread(target=os.system, args=(command,)).start()  # expect: SA602
    threading.Thread(target=subprocess.run, kwargs={"args": command, "shell": True}).start()  # expect: SA602
    threading.Timer(5, os.system, [command]).start()  # expect: SA602
    getattr(os, "system")(command)  # expect: SA602
    __import__("os").system(command)  # expect: SA602
    importlib.import_module("os").system(command)  # expect: SA602
    return "run"


if __name__ == "__main__":
    mcp.run()
