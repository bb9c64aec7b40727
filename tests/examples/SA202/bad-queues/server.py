"""Queues."""
import asyncio
import collections
import logging
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

from mcp.server.fastmcp import FastMCP
from places import elsewhere

log = logging.getLogger(__name__)
logging.basicConfig(format="%(message)s")
mcp = FastMCP("mini")
jobs: asyncio.Queue[dict] = asyncio.Queue()
plain = queue.Queue()
waiting = collections.deque()
pool = ThreadPoolExecutor()
pending: dict[str, str] = {}
history = []


async def worker():
    while True:
        job = await jobs.get()
        log.info("x %s", job["query"])  # expect: SA202
        jobs.task_done()


async def far_worker():
    while True:
        log.info("x %s", await elsewhere.get())  # expect: SA202


def plain_worker():
    while True:
        text = plain.get()
        log.info("x %s", text)  # expect: SA202


def deque_worker():
    while waiting:
        log.info("x %s", waiting.popleft())  # expect: SA202


def show():
    for key, text in pending.items():
        log.info("x %s", text)  # expect: SA202
    for text in history:
        log.info("x %s", text)  # expect: SA202


class Broker:
    def __init__(self):
        self.inbox = asyncio.Queue()

    async def put(self, item):
        await self.inbox.put(item)

    async def run(self):
        while True:
            item = await self.inbox.get()
            log.info("x %s", item)  # expect: SA202


broker = Broker()


def later(text):
    log.info("x %s", text)


def wrapped(text):
    log.info("x %s", text)


@mcp.tool()
async def search(query: str, title: str) -> str:
    """Search."""
    await elsewhere.put(title)
    await jobs.put({"query": query})
    plain.put_nowait(query)
    waiting.append(query)
    pending[title] = query
    history.append(query)
    await broker.put(query)
    pool.submit(later, query)  # expect: SA202
    threading.Thread(target=wrapped, args=(query,)).start()  # expect: SA202

    def inside():
        log.info("x %s", query)  # expect: SA202

    await asyncio.to_thread(inside)
    task = lambda: log.info("y %s", title)  # expect: SA202
    task()
    async with asyncio.TaskGroup() as group:
        group.create_task(aside(title))  # expect: SA202
    return "x"


async def aside(text):
    log.info("x %s", text)


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
