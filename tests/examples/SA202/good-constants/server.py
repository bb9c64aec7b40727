"""Constants that a call hands over."""

import logging
from enum import Enum

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
asked: list[str] = []


class Kind(Enum):
    MIRROR = "mirror"
    ORIGIN = "origin"


def told(owner: str, kind: Kind, note: str | None = None) -> None:
    asked.append("one")
    if kind == Kind.MIRROR:
        log.info("mirror of %s", owner)
    if note is None:
        return
    log.info("note on %s", owner)


def passed_on(owner: str, mode: str) -> str:
    return answered(owner, mode)


def answered(owner: str, mode: str) -> str:
    if mode in ("plain", "short"):
        return owner
    return "long"


@mcp.tool()
async def read(owner: str) -> str:
    """Read."""
    told(owner, Kind.ORIGIN)
    told(owner, kind=Kind.ORIGIN, note=None)
    log.info("answered %s", passed_on(owner, "long"))
    return "read"


if __name__ == "__main__":
    told("local", Kind.MIRROR, note="start")
    mcp.run(transport="streamable-http")
