"""The MCP server."""

import os
from typing import Any

from mcp.server.fastmcp import FastMCP

from .catalogue import Book, Catalogue

mcp = FastMCP("shelf", host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8000")))
catalogue = Catalogue(os.environ.get("SHELF_DB", "shelf.db"))


def _shown(book: Book) -> dict[str, Any]:
    return {"isbn": book.isbn, "title": book.title, "author": book.author, "available": book.lent_to is None}


@mcp.tool()
def search_books(words: str) -> list[dict[str, Any]]:
    """Search titles and authors."""
    return [_shown(book) for book in catalogue.search(words)]


@mcp.tool()
def get_book(isbn: str) -> dict[str, Any]:
    """Look a book up by its ISBN."""
    book = catalogue.get(isbn)
    if book is None:
        raise ValueError("no such book")
    return _shown(book)


@mcp.tool()
def lend_book(isbn: str, reader: str) -> str:
    """Lend a book to a reader."""
    if not catalogue.lend(isbn, reader):
        raise ValueError("the book is not available")
    return "lent"


@mcp.tool()
def return_book(isbn: str) -> str:
    """Take a book back."""
    if not catalogue.take_back(isbn):
        raise ValueError("the book is not lent")
    return "returned"


def main() -> None:
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
