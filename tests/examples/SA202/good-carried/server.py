"""Errors whose text is fixed, a code, quoted, or made of what the server itself chose."""

import logging

import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shelves")
log = logging.getLogger(__name__)


class StoreError(Exception):
    """What the store refused: the code is told, the answer kept beside it."""

    def __init__(self, status: int, answer: str) -> None:
        super().__init__(f"store answered {status}")
        self.answer = answer


def require(value: str) -> None:
    if "/" in value:
        raise ValueError(f"bad value {value}")


def fixed(value: str) -> None:
    if "/" in value:
        raise ValueError("no slash is allowed in a name")


def quoted(value: str) -> None:
    if "/" in value:
        raise ValueError(f"bad value {value!r}")


def load() -> dict:
    answer = requests.get("https://store.example.test/books", timeout=5)
    if not answer.ok:
        raise StoreError(answer.status_code, answer.text)
    return answer.json()


@mcp.tool()
def find(word: str) -> str:
    """Find."""
    try:
        fixed(word)
        quoted(word)
        require("a constant")
        load()
    except Exception as error:
        log.error("failed: %s", error)
    try:
        require(word)
    except KeyError as error:
        log.error("another one: %s", error)
    except ValueError as error:
        log.error("refused: %r", error)
        log.error("refused: %s", type(error).__name__)
    return "found"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
