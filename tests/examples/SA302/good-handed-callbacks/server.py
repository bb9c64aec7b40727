"""What is handed on is no logger."""

import logging
import os
from contextvars import ContextVar

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


class Station:
    def __init__(self) -> None:
        self.given = []

    def info(self, text: str) -> None:
        self.given.append(text)

    def sign(self, text: str) -> str:
        return text[::-1]


current: ContextVar[Station] = ContextVar("current", default=Station())


def called(emit, text):
    emit(text)


def through(out, text):
    out.info(text)


def either(emit, text):
    return emit(text)


@mcp.tool()
async def go() -> str:
    """Go."""
    v = os.environ["MINI_API_KEY"]
    station = Station()
    called(station.sign, v)
    through(station, v)
    either(station.sign, v)
    either(log.info, "signed")
    current.get().info(v)
    log.info("gone")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
