"""Look into parsed files that somebody else wrote: JSON, TOML, and where in the text an entry stands."""

import json
import re

from skillaudit.credentials import provider_of, shorten
from skillaudit.dependency import MOST, UnreadableError
from skillaudit.inventories._manifest import ManifestError, strings, table
from skillaudit.inventories._toml import read_toml

__all__ = ["capped", "json_lines", "pypi_name", "read_json", "read_tables", "strings", "table", "tables", "text_of"]

_NAME = 300
_JSON_KEY = re.compile(r'^[ \t]*"((?:[^"\\\n]|\\.){1,400})"[ \t]*:', re.MULTILINE)


def read_json(text: str) -> dict[str, object]:
    """Parse a JSON object.

    Raises:
        UnreadableError: it is no JSON object, or nested too deep.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not readable as JSON ({type(error).__name__})") from error
    if not isinstance(data, dict):
        raise UnreadableError("not a JSON object")
    return data


def read_tables(text: str) -> dict[str, object]:
    """Parse TOML.

    Raises:
        UnreadableError: it is no TOML, or nested too deep.
    """
    try:
        return read_toml(text)
    except ManifestError as error:
        raise UnreadableError(str(error)) from error


def tables(value: object) -> list[dict[str, object]]:
    """The tables of a list; whatever else it holds says nothing."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(value: object) -> str:
    """A string of sensible length, or nothing."""
    return shorten(value.strip(), _NAME) if isinstance(value, str) else ""


def pypi_name(name: str) -> str:
    """A Python project's name as indexes compare it; a credential in its place stays what it is."""
    from packaging.utils import canonicalize_name  # noqa: PLC0415 - other ecosystems need not pay for loading it

    return name.strip() if provider_of(name) else str(canonicalize_name(name.strip()))


def json_lines(text: str) -> dict[str, int]:
    """The first line on which each key of an indented JSON text stands, counted from 1."""
    lines: dict[str, int] = {}
    number, seen = 1, 0
    for match in _JSON_KEY.finditer(text):
        number += text.count("\n", seen, match.start(1))
        seen = match.start(1)
        lines.setdefault(match[1], number)
    return lines


def capped(count: int) -> None:
    """Refuse a file that lists more packages than any real one.

    Raises:
        UnreadableError: there are too many.
    """
    if count > MOST:
        raise UnreadableError(f"lists {count} packages, more than {MOST} are not looked at")
