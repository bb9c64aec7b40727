"""Advisories out of the local database that ``skillaudit advisories update`` builds."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import msgspec

from skillaudit.advisories._matching import exploited, matches
from skillaudit.advisories._ordering import OrderError
from skillaudit.advisories._record import SCHEMA, Entry
from skillaudit.advisory import UPDATE, Advisory, Answer, SourceError
from skillaudit.dependency import Coordinate

OLD_DAYS, STALE_DAYS = 7, 30
"""From the day after, the age is worth a word; then data is too old to call anything clean."""

_DECODER = msgspec.json.Decoder(Entry)


class LocalSource:
    """The database at a path, as it speaks on a date.

    Args:
        path: of the database.
        as_of: the ISO date that its age is counted to.
    """

    def __init__(self, path: Path, as_of: str) -> None:
        self._path = path
        self._as_of = date.fromisoformat(as_of)

    def ask(self, coordinates: Sequence[Coordinate]) -> Answer:
        """Look everything up.

        Raises:
            SourceError: there is no database, or none that can be read.
        """
        if not self._path.is_file():
            raise SourceError(f"there is no local advisory database; run `{UPDATE}`")
        try:
            with contextlib.closing(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True)) as database:
                return self._answer(_Database(database), coordinates)
        except (sqlite3.Error, msgspec.DecodeError, ValueError) as error:
            raise SourceError(
                f"the local advisory database cannot be read ({type(error).__name__}); run `{UPDATE}`"
            ) from error

    def _answer(self, database: "_Database", coordinates: Sequence[Coordinate]) -> Answer:
        found: dict[Coordinate, tuple[Advisory, ...]] = {}
        unchecked: dict[Coordinate, str] = {}
        dates = database.dates()
        for (ecosystem, name), versions in groupby(sorted(coordinates), lambda one: (one.ecosystem, one.name)):
            known = tuple(database.entries(ecosystem, name)) if ecosystem in dates else ()
            for one in versions:
                if ecosystem not in dates:
                    unchecked[one] = f"the local advisory database does not hold {ecosystem}"
                    continue
                try:
                    advisories = matches(one, known) if known else ()
                except OrderError as error:
                    unchecked[one] = str(error)
                    continue
                if advisories:
                    found[one] = exploited(advisories, database.is_exploited, database.probabilities(advisories))
        used = {one.ecosystem for one in coordinates} & set(dates)
        age = max((self._age(dates[ecosystem]) for ecosystem in used or dates), default=0)
        stale = f"the local advisory database is {age} days old; run `{UPDATE}`"
        return Answer(
            "local",
            age,
            found,
            unchecked,
            stale if age > STALE_DAYS else "",
            (stale,) if age > OLD_DAYS else (),
        )

    def _age(self, made: date) -> int:
        return max(0, (self._as_of - made).days)


class _Database:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA:
            raise SourceError(f"the local advisory database is of another version; run `{UPDATE}`")

    def dates(self) -> dict[str, date]:
        """The day of each ecosystem's data."""
        rows = self._connection.execute("SELECT ecosystem, made FROM ecosystem")
        return {ecosystem: date.fromisoformat(made) for ecosystem, made in rows}

    def entries(self, ecosystem: str, name: str) -> Iterator[Entry]:
        rows = self._connection.execute("SELECT data FROM entry WHERE ecosystem = ? AND name = ?", (ecosystem, name))
        return (_DECODER.decode(data) for (data,) in rows)

    def is_exploited(self, identifier: str) -> bool:
        row = self._connection.execute("SELECT 1 FROM kev WHERE cve = ?", (identifier,)).fetchone()
        return row is not None

    def probabilities(self, advisories: Sequence[Advisory]) -> dict[str, float]:
        found: dict[str, float] = {}
        for name in {name for one in advisories for name in one.names}:
            row = self._connection.execute("SELECT probability FROM epss WHERE cve = ?", (name,)).fetchone()
            if row is not None:
                found[name] = row[0]
        return found
