"""The lock file of the tool surface: what clients saw of each tool when it was written, and what differs now."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import msgspec

from skillaudit.facts import Tool
from skillaudit.toolsurface import digest

VERSION = 1
"""Of the lock file and of the canonical form behind its digests: another version cannot be compared."""

_Object: TypeAlias = dict[str, Any]
_Key: TypeAlias = tuple[str, str]


class InvalidLockError(Exception):
    """A file is no lock of a tool surface, or one of another version; the text says which."""


class Change(msgspec.Struct, frozen=True):
    """One tool that was added, removed or changed; ``what`` names the changed parts."""

    kind: str
    tool: str
    package: str
    what: str = ""

    def __str__(self) -> str:
        """One line."""
        where = f" ({self.package})" if self.package else ""
        return f"{self.kind}: {self.tool}{where}{f': {self.what}' if self.what else ''}"


def lock_text(tools: Iterable[Tool]) -> str:
    """The lock file of these tools."""
    rows = [_row(tool) for tool in _ordered(tools)]
    return json.dumps({"schema_version": VERSION, "surface": surface_hash(tools), "tools": rows}, indent=1) + "\n"


def surface_hash(tools: Iterable[Tool]) -> str:
    """One digest of all the tools, in the order of their names."""
    return f"sha256:{digest([[tool.package, tool.pinned.hash(tool.name)] for tool in _ordered(tools)])}"


def changes(lock: str, tools: Iterable[Tool]) -> tuple[Change, ...]:
    """What differs from a lock file, by tool.

    Raises:
        InvalidLockError: the text is no lock file of this version.
    """
    before, now = _read(lock), {(row["package"], row["name"]): row for row in map(_row, _ordered(tools))}
    return tuple(change for key in sorted(before.keys() | now.keys()) for change in _compared(key, before, now))


def _compared(key: _Key, before: dict[_Key, _Object], now: dict[_Key, _Object]) -> Iterator[Change]:
    package, name = key
    if key not in before:
        yield Change("added", name, package)
    elif key not in now:
        yield Change("removed", name, package)
    elif parts := [part for part in ("description", "schema") if before[key][part] != now[key][part]]:
        yield Change("changed", name, package, " and ".join(parts))


def _ordered(tools: Iterable[Tool]) -> list[Tool]:
    return sorted(tools, key=lambda tool: (tool.package, tool.name, tool.location))


def _row(tool: Tool) -> _Object:
    return {
        "name": tool.name,
        "package": tool.package,
        "hash": tool.pinned.hash(tool.name),
        "description": tool.pinned.description,
        "schema": tool.pinned.schema,
        "partial": tool.pinned.partial,
    }


def _read(text: str) -> dict[_Key, _Object]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidLockError("it is no JSON") from error
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version != VERSION:
        raise InvalidLockError("it was not written by this version of `skillaudit tools --lock`")
    rows = document.get("tools")
    if not isinstance(rows, list) or not all(isinstance(row, dict) and _sound(row) for row in rows):
        raise InvalidLockError("its tools are not what `skillaudit tools --lock` writes")
    return {(row["package"], row["name"]): row for row in rows}


def _sound(row: _Object) -> bool:
    return all(isinstance(row.get(key), str) for key in ("name", "package", "description", "schema"))
