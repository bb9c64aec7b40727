"""Constants that a call hands over, and values that are none."""

import asyncio
import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
asked: list[str] = []


def told(owner: str, kind: str, note: str | None = None) -> None:
    asked.append("one")
    if kind == "mirror":
        log.info("mirror of %s", owner)  # expect: SA202
    if note is None:
        return
    log.info("note on %s", owner)  # expect: SA202


def counted(owner: str, depth: int = 0) -> None:
    asked.append("one")
    if depth:
        log.info("below %s", owner)  # expect: SA202
        return
    counted(owner, 1)


def answered(owner: str, mode: str) -> str:
    if mode in ("plain", "short"):
        return owner
    return "long"


def later(owner: str, kind: str) -> None:
    asked.append("one")
    if kind == "mirror":
        log.info("later %s", owner)  # expect: SA202


@mcp.tool()
async def read(owner: str, kind: str) -> str:
    """Read."""
    told(owner, kind)
    told(owner, "origin", "kept")
    counted(owner)
    log.info("answered %s", answered(owner, "short"))  # expect: SA202
    await asyncio.to_thread(later, owner, "mirror")
    return "read"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
