"""Build the local database beside the old one, and put it in its place when it is whole."""

import contextlib
import os
import sqlite3
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from skillaudit.advisories._exploits import read_epss, read_kev
from skillaudit.advisories._record import SCHEMA, Entry, decode, entries
from skillaudit.dependency import GO, NPM, PYPI
from skillaudit.errors import RefusedError

MOST_RECORDS = 1_000_000
MOST_BYTES = 16 << 30
"""Unpacked, of one archive; the largest public one has a tenth of that."""

_RECORD = 8 << 20
_PLAIN = 256 << 20
_STEP = 1000
_KNOWN = (PYPI, NPM, GO)
_TABLES = """
CREATE TABLE IF NOT EXISTS ecosystem (ecosystem TEXT PRIMARY KEY, made TEXT NOT NULL, records INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entry (ecosystem TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS entry_by_name ON entry (ecosystem, name);
CREATE TABLE IF NOT EXISTS kev (cve TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epss (cve TEXT PRIMARY KEY, probability REAL NOT NULL) WITHOUT ROWID;
"""

Progress = Callable[[str, int, int], None]
"""What is done, how much of it, of how much (0 where that is not known)."""


class Supply(msgspec.Struct, frozen=True):
    """A file of advisories: an OSV archive, a KEV catalogue or an EPSS table, and the day that it speaks for."""

    path: Path
    made: date


class Built(msgspec.Struct, frozen=True):
    """What one supply brought: ``skipped`` records that could not be read are not in the database."""

    what: str
    records: int
    skipped: int = 0


def build(database: Path, supplies: Sequence[Supply], progress: Progress) -> tuple[Built, ...]:
    """Replace what the supplies are about in the database at a path; the rest of an earlier one stays.

    Args:
        database: its path; its folder exists and is ours.
        supplies: in any order.
        progress: told about every supply.

    Raises:
        RefusedError: a supply is none of the known kinds, is damaged, or is too much. The old database then stays.
    """
    descriptor, name = tempfile.mkstemp(dir=database.parent, prefix=f".{database.name}.")
    os.close(descriptor)
    try:
        with contextlib.closing(_opened(Path(name), database)) as connection:
            built = tuple(_take(connection, supply, progress) for supply in supplies)
            connection.commit()
            connection.execute("VACUUM")
        Path(name).replace(database)
    except sqlite3.Error as error:
        raise RefusedError(f"the advisory database cannot be written ({error})") from error
    finally:
        Path(name).unlink(missing_ok=True)
    return built


def _opened(path: Path, earlier: Path) -> sqlite3.Connection:
    """A new database with what an earlier one of this version holds."""
    connection = sqlite3.connect(path)
    if earlier.is_file():
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(f"{earlier.as_uri()}?mode=ro", uri=True)) as old,
        ):
            if old.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
                old.backup(connection)
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA user_version = {SCHEMA};{_TABLES}")
    return connection


def _take(connection: sqlite3.Connection, supply: Supply, progress: Progress) -> Built:
    label = supply.path.name
    if zipfile.is_zipfile(supply.path):
        return _take_archive(connection, supply, progress)
    if supply.path.stat().st_size > _PLAIN:
        raise RefusedError(f"{label} is larger than any catalogue")
    data = supply.path.read_bytes()
    try:
        if data.lstrip()[:1] == b"{":
            known = read_kev(data)
            connection.execute("DELETE FROM kev")
            connection.executemany("INSERT OR IGNORE INTO kev VALUES (?)", ((cve,) for cve in known))
            return Built("KEV", len(known))
        chances = dict(read_epss(data))
    except (ValueError, KeyError, OSError, EOFError) as error:
        raise RefusedError(f"{label} is no OSV archive, KEV catalogue or EPSS table") from error
    if not chances:
        raise RefusedError(f"{label} is no OSV archive, KEV catalogue or EPSS table")
    connection.execute("DELETE FROM epss")
    connection.executemany("INSERT OR REPLACE INTO epss VALUES (?, ?)", chances.items())
    return Built("EPSS", len(chances))


def _take_archive(connection: sqlite3.Connection, supply: Supply, progress: Progress) -> Built:
    """One archive speaks for one ecosystem: what it holds of others is there in part only, and left out."""
    about: Counter[str] = Counter()
    records = skipped = 0
    connection.execute("CREATE TEMP TABLE incoming (ecosystem TEXT, name TEXT, data BLOB)")
    for found in _records(supply.path, progress):
        if found is None:
            skipped += 1
            continue
        records += 1
        about.update({ecosystem for ecosystem, _, _ in found})
        rows = [(ecosystem, name, msgspec.json.encode(entry)) for ecosystem, name, entry in found]
        connection.executemany("INSERT INTO incoming VALUES (?, ?, ?)", rows)
    ecosystem = max(about, key=lambda one: about[one], default="")
    if ecosystem not in _KNOWN:
        raise RefusedError(f"{supply.path.name} holds no advisories of {', '.join(_KNOWN)}")
    connection.execute("DELETE FROM entry WHERE ecosystem = ?", (ecosystem,))
    connection.execute("INSERT INTO entry SELECT * FROM incoming WHERE ecosystem = ?", (ecosystem,))
    connection.execute("DROP TABLE incoming")
    made = supply.made.isoformat()
    connection.execute("INSERT OR REPLACE INTO ecosystem VALUES (?, ?, ?)", (ecosystem, made, records))
    return Built(ecosystem, records, skipped)


def _records(path: Path, progress: Progress) -> Iterator[list[tuple[str, str, Entry]] | None]:
    """The entries of each record of an archive, None for a record that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if one.filename.endswith(".json")]
            if len(members) > MOST_RECORDS or sum(one.file_size for one in members) > MOST_BYTES:
                raise RefusedError(f"{path.name} holds more than is read")
            for number, member in enumerate(members):
                if number % _STEP == 0:
                    progress(path.name, number, len(members))
                with archive.open(member) as file:
                    data = file.read(_RECORD + 1)
                yield _entries(data)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(f"{path.name} is damaged ({type(error).__name__})") from error


def _entries(data: bytes) -> list[tuple[str, str, Entry]] | None:
    if len(data) > _RECORD:
        return None
    try:
        return list(entries(decode(data)))
    except (msgspec.DecodeError, RecursionError):
        return None
