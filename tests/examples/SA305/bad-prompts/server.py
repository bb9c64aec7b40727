"""The beginning of what a person pasted."""

import asyncio
import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
KNOWN = {"one": {"env": {"MINI_SECRET_KEY": "the key", "MINI_REGION": "the region"}}}


def mask(value: str, shown: int = 4) -> str:
    return f"***{value[-shown:]}"


async def pasted() -> None:
    loop = asyncio.get_event_loop()

    async def ask() -> str:
        return await loop.run_in_executor(None, lambda: input("Enter authorization code: ").strip())

    text = await asyncio.wait_for(ask(), timeout=3)
    log.info("x %s", text[:20])  # expect: SA305


@mcp.tool()
async def go() -> str:
    """Go."""
    await pasted()
    for title, config in KNOWN.items():
        for name, text in config["env"].items():
            log.info("x %s %s", name, mask(os.environ[name], 8))  # expect: SA305
            log.info("x %s %s", name, mask(os.environ[name]))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
