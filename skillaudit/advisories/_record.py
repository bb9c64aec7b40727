"""OSV records as they are published, and the part of them that a lookup needs."""

from collections.abc import Iterator

import msgspec

from skillaudit.dependencies._data import pypi_name
from skillaudit.dependency import PYPI

SCHEMA = 1
"""Of the local database; raised whenever one that an earlier version built cannot be read any more."""

_SUMMARY = 300


class Score(msgspec.Struct, frozen=True):
    """A CVSS vector of a given version."""

    type: str = ""
    score: str = ""


class _Package(msgspec.Struct, frozen=True):
    ecosystem: str = ""
    name: str = ""


class _Range(msgspec.Struct, frozen=True):
    type: str = ""
    events: tuple[dict[str, str], ...] = ()


class _Affected(msgspec.Struct, frozen=True):
    package: _Package | None = None
    ranges: tuple[_Range, ...] | None = ()
    versions: tuple[str, ...] | None = ()
    severity: tuple[Score, ...] | None = ()


class _Rating(msgspec.Struct, frozen=True):
    severity: str | None = None


class Record(msgspec.Struct, frozen=True):
    """One OSV record, without what no lookup reads."""

    id: str
    aliases: tuple[str, ...] | None = ()
    summary: str | None = ""
    details: str | None = ""
    withdrawn: str | None = None
    affected: tuple[_Affected, ...] | None = ()
    severity: tuple[Score, ...] | None = ()
    database_specific: _Rating | None = None


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What one record says of one package.

    ``events`` are the ranges, each a tuple of kind and version; ``vectors`` CVSS vectors with their type.
    """

    id: str
    aliases: tuple[str, ...]
    summary: str
    rating: str
    vectors: tuple[tuple[str, str], ...]
    events: tuple[tuple[tuple[str, str], ...], ...]
    versions: tuple[str, ...]


_DECODER = msgspec.json.Decoder(Record)


def decode(data: bytes) -> Record:
    """Read one record.

    Raises:
        msgspec.DecodeError: it is no OSV record.
    """
    return _DECODER.decode(data)


def entries(record: Record) -> Iterator[tuple[str, str, Entry]]:
    """Ecosystem, package and entry for each package that a record is about; none where it was withdrawn."""
    if record.withdrawn:
        return
    summary = " ".join((record.summary or record.details or "").split())[:_SUMMARY]
    rating = (record.database_specific.severity if record.database_specific else None) or ""
    for one in record.affected or ():
        if one.package is None or not one.package.name:
            continue
        ecosystem = one.package.ecosystem.partition(":")[0]
        name = pypi_name(one.package.name) if ecosystem == PYPI else one.package.name
        vectors = tuple((score.type, score.score) for score in record.severity or one.severity or ())
        ranges = tuple(
            tuple((kind, version) for event in span.events for kind, version in event.items())
            for span in one.ranges or ()
            if span.type != "GIT"
        )
        yield (
            ecosystem,
            name,
            Entry(record.id, record.aliases or (), summary, rating, vectors, ranges, one.versions or ()),
        )
