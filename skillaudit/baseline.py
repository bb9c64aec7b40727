"""The findings that a project has accepted for now: fingerprints in a file, without code and without secrets."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec

BASELINE_FILE: Final = "skillaudit-baseline.json"
"""Its name in the audited folder."""
_VERSION: Final = 1


class InvalidBaselineError(Exception):
    """The file is no baseline; the text is one line that says why."""


class BaselineEntry(msgspec.Struct, frozen=True, order=True):
    """One accepted finding.

    ``path`` is there for readers alone: the ``fingerprint`` decides, the ``content`` fingerprint where the file was
    renamed. ``until`` is the last day it is accepted, an ISO date or empty; ``reason`` is free text.
    """

    check: str
    path: str
    fingerprint: str
    content: str
    until: str = ""
    reason: str = ""


def parse_baseline(text: str) -> tuple[BaselineEntry, ...]:
    """Read a baseline.

    Raises:
        InvalidBaselineError: it is damaged, or of another version.
    """
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidBaselineError("the baseline is no JSON") from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise InvalidBaselineError(f"the baseline is not of version {_VERSION}")
    rows = document.get("findings")
    if not isinstance(rows, list):
        raise InvalidBaselineError("the baseline lists no findings")
    return tuple(_entry(row) for row in rows)


def render_baseline(entries: Iterable[BaselineEntry]) -> str:
    """Write a baseline; equal entries give equal bytes, one line each, so that changes are easy to review."""
    lines = [json.dumps({name: value for name, value in _fields(entry) if value}) for entry in sorted(entries)]
    rows = ",".join(f"\n  {line}" for line in lines)
    return f'{{"version": {_VERSION}, "findings": [{rows}\n]}}\n'


def _fields(entry: BaselineEntry) -> Iterable[tuple[str, str]]:
    return ((name, getattr(entry, name)) for name in BaselineEntry.__struct_fields__)


def _entry(row: object) -> BaselineEntry:
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise InvalidBaselineError("a finding of the baseline is no table of texts")
    try:
        entry = BaselineEntry(**row)
    except TypeError:
        raise InvalidBaselineError("a finding of the baseline has other keys than this version knows") from None
    if entry.until:
        try:
            date.fromisoformat(entry.until)
        except ValueError:
            raise InvalidBaselineError(f"until={entry.until[:20]!r} in the baseline is no date") from None
    return entry
