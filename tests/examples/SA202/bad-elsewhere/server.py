"""What a function that runs elsewhere makes of its arguments."""

import asyncio
import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
NOTES: dict[str, str] = {}


def greeting(email: str, times: int = 1) -> str:
    return f"hello {email} ({times})"


def kept(key: str) -> str:
    return NOTES.get(key, "")


@mcp.tool()
async def show(email: str, note: str) -> str:
    """Show an account."""
    NOTES["last"] = note
    said = await asyncio.to_thread(greeting, email, times=2)
    log.info("said %s", said)  # expect: SA202
    loop = asyncio.get_running_loop()
    log.info("said %s", await loop.run_in_executor(None, greeting, email))  # expect: SA202
    log.info("noted %s", await asyncio.to_thread(kept, "last"))  # expect: SA202
    return "shown"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
