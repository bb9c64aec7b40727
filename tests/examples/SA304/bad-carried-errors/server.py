"""An upstream answer that an error carries to a handler elsewhere."""

import functools
import logging

import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shelves")
log = logging.getLogger(__name__)


class StoreError(Exception):
    def __init__(self, message: str, body: str = "") -> None:
        super().__init__(message)
        self.body = body


def shelf() -> dict:
    answer = requests.get("https://store.example.test/shelf", timeout=5)
    if answer.status_code != 200:
        raise RuntimeError(f"store said {answer.text}")
    return answer.json()


def book() -> dict:
    answer = requests.get("https://store.example.test/book", timeout=5)
    if answer.status_code != 200:
        raise StoreError("store refused", body=answer.text)
    return answer.json()


def page() -> dict:
    answer = requests.get("https://store.example.test/page", timeout=5)
    if answer.status_code != 200:
        raise RuntimeError("page: " + answer.text)
    return answer.json()


class RefusedError(Exception):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def refused(code: str, message: str) -> RefusedError:
    """Make an error."""
    return RefusedError(code, message=message)


def cover() -> dict:
    answer = requests.get("https://store.example.test/cover", timeout=5)
    try:
        return answer.json()
    except ValueError:
        raise refused("cover", f"no cover: {answer.text}") from None


def watched(work):
    @functools.wraps(work)
    def run(*args, **kwargs):
        try:
            return work(*args, **kwargs)
        except Exception as error:
            log.error("%s failed: %s", work.__name__, error)  # expect: SA304 LOW
            raise

    return run


@mcp.tool()
def get_shelf() -> str:
    """Shelf."""
    try:
        return str(shelf())
    except Exception as error:
        log.exception("shelf failed")  # expect: SA304 LOW
        raise


@mcp.tool()
def get_book() -> str:
    """Book."""
    try:
        return str(book())
    except StoreError as error:
        log.error("book failed: %s", error)
        log.error("book failed: %s", error.body)  # expect: SA304 LOW
    return "failed"


@mcp.tool()
def get_cover() -> str:
    """Cover."""
    try:
        return str(cover())
    except RefusedError as error:
        log.error("cover failed: %s", error)  # expect: SA304 LOW
        return "failed"


@mcp.tool()
@watched
def get_page() -> str:
    """Page."""
    return str(page())


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
