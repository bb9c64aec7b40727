"""Settings that are copied with what a request brings; one kind hides its key when it is written."""

import dataclasses
import logging
import os

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@dataclasses.dataclass(frozen=True)
class Hiding:
    url: str = ""
    store_token: str = ""

    def __repr__(self) -> str:
        return f"Hiding(url={self.url!r}, store_token='****')"


@dataclasses.dataclass(frozen=True)
class Plain:
    url: str = ""
    store_token: str = ""


def hiding(settings: Hiding) -> None:
    settings = dataclasses.replace(settings, store_token=os.environ["STORE_TOKEN"])
    log.info(f"settings: {settings}")
    log.info("token: %s", settings.store_token)  # expect: SA302


def plain(settings: Plain) -> None:
    settings = dataclasses.replace(settings, store_token=os.environ["STORE_TOKEN"])
    log.info(f"settings: {settings}")  # expect: SA302


@mcp.tool()
def go() -> str:
    """Go."""
    hiding(Hiding())
    plain(Plain())
    return "gone"


mcp.run(transport="streamable-http")
