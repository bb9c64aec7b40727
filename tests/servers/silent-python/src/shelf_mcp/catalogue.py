"""The catalogue, in SQLite."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS book (
    isbn TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    lent_to TEXT
)
"""


@dataclass(frozen=True)
class Book:
    isbn: str
    title: str
    author: str
    lent_to: str | None = None


class Catalogue:
    def __init__(self, file: Path | str) -> None:
        self._db = sqlite3.connect(file, check_same_thread=False)
        self._db.execute(SCHEMA)

    def add(self, book: Book) -> None:
        with self._db:
            self._db.execute("INSERT INTO book VALUES (?, ?, ?, ?)", (book.isbn, book.title, book.author, book.lent_to))

    def search(self, words: str) -> list[Book]:
        pattern = f"%{words}%"
        rows = self._db.execute("SELECT * FROM book WHERE title LIKE ? OR author LIKE ? LIMIT 50", (pattern, pattern))
        return [Book(*row) for row in rows]

    def get(self, isbn: str) -> Book | None:
        row = self._db.execute("SELECT * FROM book WHERE isbn = ?", (isbn,)).fetchone()
        return Book(*row) if row else None

    def lend(self, isbn: str, reader: str) -> bool:
        with self._db:
            done = self._db.execute("UPDATE book SET lent_to = ? WHERE isbn = ? AND lent_to IS NULL", (reader, isbn))
        return done.rowcount == 1

    def take_back(self, isbn: str) -> bool:
        with self._db:
            done = self._db.execute("UPDATE book SET lent_to = NULL WHERE isbn = ? AND lent_to IS NOT NULL", (isbn,))
        return done.rowcount == 1
