"""Results of other threads and tasks."""

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor

import anyio.to_thread
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
pool = ThreadPoolExecutor()


def read() -> str:
    return os.environ["MINI_API_KEY"]


def same(value: str) -> str:
    return value


async def fetch() -> str:
    return os.environ["MINI_API_KEY"]


async def other() -> str:
    return "other"


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("x %s", await asyncio.to_thread(read))  # expect: SA302
    log.info("x %s", await asyncio.to_thread(same, os.environ["MINI_API_KEY"]))  # expect: SA302
    log.info("x %s", await asyncio.get_running_loop().run_in_executor(None, read))  # expect: SA302
    log.info("x %s", await anyio.to_thread.run_sync(read))  # expect: SA302
    log.info("x %s", pool.submit(read).result())  # expect: SA302
    task = asyncio.create_task(fetch())
    log.info("x %s", await task)  # expect: SA302
    log.info("x %s", task.result())  # expect: SA302
    log.info("x %s", await asyncio.wait_for(fetch(), timeout=1))  # expect: SA302
    one, two = await asyncio.gather(fetch(), other())
    log.info("x %s", one)  # expect: SA302
    log.info("x %s", two)
    return "gone"


@mcp.tool()
async def show() -> str:
    """Show."""
    known = {"one": {"env": {"MINI_SECRET_KEY": "the key", "MINI_REGION": "the region"}}}
    for title, config in known.items():
        for name, text in config["env"].items():
            log.info("x %s %s", name, os.environ[name])  # expect: SA302
        for name in config["env"]:
            log.info("x %s %s", name, os.environ.get(name))  # expect: SA302
    return "shown"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
