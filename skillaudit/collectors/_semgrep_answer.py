"""What both ways to run the engine have in common: files in, matches and troubles out."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeAlias

import msgspec

from skillaudit.collectors._semgrep_process import Failure
from skillaudit.errors import SkillauditError

NOT_ANALYSED: Final = "not-analysed"
PARTLY_ANALYSED: Final = "partly-analysed"

FILE_BYTES: Final = 1 << 20
"""Larger files are not given to the engine."""
RULE_SECONDS: Final = 5
RULE_TIMEOUTS: Final = 3
MEMORY_MIB: Final = 2000

_SUFFIXES: Final = {"typescript": ".ts", "javascript": ".js", "go": ".go"}
_PARTIAL: Final = {"PartialParsing", "Timeout", "Fixpoint timeout", "Internal matching error", "Too many matches"}


class ContractError(SkillauditError):
    """The engine is not the one this reader was written for, or does not answer as that one does."""


class File(msgspec.Struct, frozen=True):
    """One file to analyse and the ``name`` under which the engine sees it: never a name of the audited tree."""

    path: str
    language: str
    source: bytes
    name: str


class Match(msgspec.Struct, frozen=True):
    """One match in the file called ``name``; offsets are bytes, lines count from 1."""

    rule: str
    name: str
    line: int
    end_line: int
    start: int
    end: int
    captures: tuple[tuple[str, str], ...]


class Trouble(msgspec.Struct, frozen=True):
    """What the engine says it could not do with one file."""

    name: str
    kind: str
    reason: str


class Answer(msgspec.Struct, frozen=True):
    """Everything one run of the engine found."""

    matches: tuple[Match, ...]
    troubles: tuple[Trouble, ...]


Outcome: TypeAlias = Answer | Failure


class Position(msgspec.Struct, frozen=True):
    """A place in a file as the engine prints it: ``offset`` counts bytes from 0, ``line`` from 1."""

    line: int
    offset: int


class Place(msgspec.Struct, frozen=True):
    """The file an error is about, and the line if it is about one."""

    path: str
    start: Position | None = None


def file(number: int, path: str, language: str, source: bytes) -> File:
    """Give a file the neutral name under which the engine gets it."""
    suffix = ".tsx" if language == "typescript" and path.endswith(".tsx") else _SUFFIXES[language]
    return File(path, language, source, f"{number:06d}{suffix}")


def write(batch: Sequence[File], home: Path) -> Path:
    """Write the batch into a new folder of the private directory ``home``."""
    folder = home / "files"
    folder.mkdir()
    for entry in batch:
        (folder / entry.name).write_bytes(entry.source)
    return folder


def known(batch: Sequence[File], path: str) -> File:
    """The file of the batch that the engine means by ``path``.

    Raises:
        ContractError: it means none that it was given.
    """
    name = PurePosixPath(path).name
    for entry in batch:
        if entry.name == name:
            return entry
    raise ContractError("the engine names a file that it was not given")


def kind_of(error_type: Any) -> str:
    """The name of an error type: a string, or the first of a pair with details."""
    return str(error_type[0] if isinstance(error_type, list) and error_type else error_type)


def trouble(batch: Sequence[File], error_type: Any, place: Place, rule: str | None) -> Trouble:
    """Classify one error of the engine.

    Raises:
        ContractError: it is about none of the files, so about the rules.
    """
    name = kind_of(error_type)
    entry = known(batch, place.path)
    where = f" at line {place.start.line}" if name == "PartialParsing" and place.start else ""
    what = "syntax error" if name == "PartialParsing" else name.lower()
    reason = f"rules: {what}{where}" + (f" in {rule}" if rule else "")
    return Trouble(entry.name, PARTLY_ANALYSED if name in _PARTIAL else NOT_ANALYSED, reason)


def cut(entry: File, captures: Mapping[str, tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    """The source text of each metavariable, without the dollar sign, in order of their names."""
    texts = ((name.lstrip("$."), entry.source[start:end]) for name, (start, end) in captures.items())
    return tuple(sorted((name, text.decode(errors="replace")) for name, text in texts))
