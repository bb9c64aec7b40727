"""A record of many parts of a call, the arguments among them."""

import functools
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastmcp import FastMCP
from pydantic import BaseModel

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("shelf")


class Book(BaseModel):
    """What is looked for."""

    title: str
    author: str = ""
    shelf: str = ""
    language: str = ""
    publisher: str = ""


def _book(func: Callable[..., Any]) -> str:
    return next(name for name, kind in inspect.get_annotations(func).items() if kind is Book)


def _record(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    bound = inspect.signature(func).bind(*args, **kwargs)
    book = bound.arguments.get(_book(func))
    event = {
        "which": {"title": book.title, "author": book.author, "shelf": book.shelf},
        "where": {"language": book.language, "publisher": book.publisher},
        "what": [{"key": key, "value": value} for key, value in bound.arguments.items()],
    }
    log.info("called %s", event)


def recorded(func: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
    """Leave a record of each call."""

    @functools.wraps(func)
    async def inner(*args: Any, **kwargs: Any) -> str:
        _record(func, args, kwargs)  # expect: SA303
        return await func(*args, **kwargs)

    return inner


@mcp.tool()
@recorded
async def find(book: Book, note: str) -> str:
    """Find a book."""
    return f"{book.title} {note}"


if __name__ == "__main__":
    mcp.run()
