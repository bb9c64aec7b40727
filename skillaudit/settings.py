"""What a repository says to the auditor: comments, ``skillaudit.toml`` and the baseline.

A comment ``skillaudit: ignore[SA302] reason="..." until=2027-01-31`` speaks for its own line, or for the next one where
it stands alone; ``[[ignore]]`` tables with ``check``, ``path``, ``reason`` and ``until`` stand in ``skillaudit.toml``
or under ``[tool.skillaudit]`` of ``pyproject.toml``. All of it is read always; whether it is honoured is decided
elsewhere. What cannot be honoured is a ``Problem`` with its place.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from skillaudit.baseline import BASELINE_FILE, BaselineEntry, InvalidBaselineError, parse_baseline
from skillaudit.credentials import shorten
from skillaudit.inventory import Inventory
from skillaudit.model import Location

_FILES = ("skillaudit.toml", "pyproject.toml")
_LIMIT = 1 << 20
"""Bytes of a settings file, a baseline or a commented source file beyond which it is not read."""
_COMMENT = re.compile(
    r"""(?P<marker>\#|//|/\*|\*|--|<!--|;|%)\s{0,8}skillaudit:\s{0,8}ignore
    \[(?P<checks>[\w\s,-]{1,200})\]
    (?P<rest>[^\r\n]{0,500})""",
    re.VERBOSE,
)
_WISH = re.compile(
    r"(?:/\*|<!--)\s{0,8}skillaudit:\s{0,8}ignore\[[^\r\n]{0,700}?(?:\*/|-->)"
    r"|(?:\#|//|/\*|\*|--|<!--|;|%)\s{0,8}skillaudit:\s{0,8}ignore\[[^\r\n]*"
)
_REASON = re.compile(r'\breason\s{0,4}=\s{0,4}"([^"]{0,300})"')
_UNTIL = re.compile(r"\buntil\s{0,4}=\s{0,4}\"?([\w-]{1,20})")
_CHECK = re.compile(r"SA\d{3}")


class Problem(msgspec.Struct, frozen=True):
    """Something in the repository's words to the auditor that is not honoured, and why."""

    location: Location
    text: str


class Ignore(msgspec.Struct, frozen=True):
    """One wish to leave a check's findings out, with its reason.

    ``place`` is where the wish stands. It is for one line of one file where ``line`` is set, else for the files that
    ``pattern`` matches. ``until`` is the last day it holds, an ISO date or empty.
    """

    place: Location
    check: str
    reason: str
    until: str = ""
    line: int = 0
    pattern: str = ""

    def covers(self, check: str, location: Location) -> bool:
        """Whether a finding of the check at the location is meant."""
        if check != self.check:
            return False
        if self.line:
            last = max(location.line, location.end_line)
            return location.path == self.place.path and location.line <= self.line <= last
        return fnmatchcase(location.path, self.pattern)


class Settings(msgspec.Struct, frozen=True):
    """All that the repository says; ``baseline`` are the findings it has accepted for now."""

    ignores: tuple[Ignore, ...] = ()
    baseline: tuple[BaselineEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def take_settings(root: Path, inventory: Inventory) -> Settings:
    """Read the comments, the settings files and the baseline of a tree; nothing is run."""
    problems: list[Problem] = []
    ignores = [*_comments(root, inventory, problems), *_tables(root, inventory, problems)]
    return Settings(tuple(ignores), _baseline(root, inventory, problems), tuple(problems))


def without_wishes(line: str) -> str:
    """A line of source without the comments that are said to the auditor: with and without them it is the same line."""
    return _WISH.sub("", line).rstrip() if "skillaudit" in line else line


def _comments(root: Path, inventory: Inventory, problems: list[Problem]) -> Iterator[Ignore]:
    for file in inventory.files:
        if file.addressed and file.surface.analysed:
            lines = (_text(root, file.path, problems) or "").split("\n")
            for number, line in enumerate(lines, 1):
                for found in _COMMENT.finditer(line):
                    target = _next_line(lines, number) if not line[: found.start()].strip() else number
                    yield from _asked(found, Location(file.path, number), target, problems)


def _next_line(lines: list[str], number: int) -> int:
    """The line that a comment on a line of its own speaks for: the next one that is no such comment."""
    for later in range(number, len(lines)):
        found = _COMMENT.search(lines[later])
        if found is None or lines[later][: found.start()].strip():
            return later + 1
    return number


def _asked(found: re.Match[str], place: Location, target: int, problems: list[Problem]) -> Iterator[Ignore]:
    reason, until = _REASON.search(found["rest"]), _UNTIL.search(found["rest"])
    for check in filter(None, re.split(r"[\s,]+", found["checks"])):
        yield from _checked(
            Ignore(place, check, reason[1].strip() if reason else "", until[1] if until else "", line=target), problems
        )


def _tables(root: Path, inventory: Inventory, problems: list[Problem]) -> Iterator[Ignore]:
    present = {file.path for file in inventory.files}
    for name in _FILES:
        if name not in present or (text := _text(root, name, problems)) is None:
            continue
        place = Location(name, 1)
        try:
            document: Any = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            if name == _FILES[0]:
                problems.append(Problem(place, f"cannot be read: {str(error)[:80]}"))
            continue
        own = document if name == _FILES[0] else _mapping(_mapping(document, "tool"), "skillaudit")
        for number, table in enumerate(_list(own, "ignore"), 1):
            where = Location(name, _line_of(text, number))
            if not isinstance(table, dict) or not all(isinstance(table.get(key, ""), str | date) for key in table):
                problems.append(Problem(where, "an ignore table holds check, path, reason and until, all of them text"))
                continue
            wish = Ignore(
                where,
                str(table.get("check", "")),
                str(table.get("reason", "")).strip(),
                str(table.get("until", "")),
                pattern=str(table.get("path", "*")),
            )
            yield from _checked(wish, problems)


def _checked(wish: Ignore, problems: list[Problem]) -> Iterator[Ignore]:
    """The wish, where it names a check and a reason and its date is one."""
    if not _CHECK.fullmatch(wish.check):
        problems.append(
            Problem(wish.place, f"`{shorten(wish.check, 20)}` is no check: ignored findings are named one by one")
        )
    elif not wish.reason:
        problems.append(Problem(wish.place, f'{wish.check} is not ignored: give a reason="..."'))
    elif wish.until and not _is_date(wish.until):
        problems.append(Problem(wish.place, f"{wish.check} is not ignored: until={wish.until} is no date"))
    else:
        yield wish


def _baseline(root: Path, inventory: Inventory, problems: list[Problem]) -> tuple[BaselineEntry, ...]:
    if not any(file.path == BASELINE_FILE for file in inventory.files):
        return ()
    text = _text(root, BASELINE_FILE, problems)
    try:
        return parse_baseline(text) if text is not None else ()
    except InvalidBaselineError as error:
        problems.append(Problem(Location(BASELINE_FILE, 1), str(error)))
        return ()


def _text(root: Path, path: str, problems: list[Problem]) -> str | None:
    place = root / path
    try:
        if place.stat().st_size > _LIMIT and path in {*_FILES, BASELINE_FILE}:
            problems.append(Problem(Location(path, 1), f"larger than {_LIMIT >> 10} KiB, not read"))
            return None
        return place.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        problems.append(Problem(Location(path, 1), f"cannot be read ({error.strerror})"))
        return None


def _line_of(text: str, number: int) -> int:
    """The line of the ``number``-th ignore table, 1 where it is written in another form."""
    lines = [n for n, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[[\w.\s]*ignore\s*\]\]", line)]
    return lines[number - 1] if number <= len(lines) else 1


def _mapping(document: object, key: str) -> object:
    return document.get(key, {}) if isinstance(document, Mapping) else {}


def _list(document: object, key: str) -> list[Any]:
    value = document.get(key, []) if isinstance(document, Mapping) else []
    return value if isinstance(value, list) else []


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
