"""A cache with something in it."""

from pathlib import Path

import msgspec

from skillaudit import ir
from skillaudit.cache import DiskCache

MARKS = (ir.Mark("tool", "rule", "a.ts", 1, 2, 3, 4, (("role", "x"),), ()),)
VALUE = msgspec.json.encode(MARKS)
SHAPE = tuple[ir.Mark, ...]


def entries(place: Path) -> list[Path]:
    """The files of a cache."""
    return sorted(place.iterdir())


def filled(place: Path) -> DiskCache:
    """A cache with one entry."""
    cache = DiskCache(place, "stamp")
    cache.put("marks", "digest", VALUE)
    return cache
