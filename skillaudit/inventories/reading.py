"""List a tree and read each of its files once, whatever an adversary has put there."""

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from skillaudit.inventories._content import Content, read_content
from skillaudit.languages import estimated_lines, language_of, lines_of_unknown
from skillaudit.model import Gap, Language

MAX_SOURCE = 8 << 20
"""Bytes up to which a source file is read; a longer one is listed without lines and is a gap."""

_ADDRESS = b"skillaudit:"
_MAX_DEPTH = 80
"""Deeper than any tree that was acquired; what is deeper still was put there by somebody else."""
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Entry(msgspec.Struct, frozen=True):
    """A file as it was read: enough to classify it without its bytes.

    ``content`` is None for what is no source code, not the project's own, or too large. ``addressed``: it mentions the
    auditor by name, as a comment to it does.
    """

    size: int
    digest: str
    language: Language | None
    content: Content | None
    addressed: bool = False


class Readings:
    """What files of a tree were found to be, for another tree that holds mostly the same.

    Only a file whose path and content are the same is taken for granted, and none that left a gap.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str, bool], Entry] = {}

    def entry(self, root: Path, path: str, gaps: list[Gap], content: str, *, foreign: bool) -> Entry | None:
        """As `read_entry`; ``content`` is the id of what is in the file, empty where nobody knows it."""
        known = self._entries.get((path, content, foreign)) if content else None
        if known is not None:
            return known
        before = len(gaps)
        read = read_entry(root, path, gaps, foreign=foreign)
        if content and read is not None and len(gaps) == before:
            self._entries[path, content, foreign] = read
        return read


def walk(root: Path, gaps: list[Gap]) -> Iterator[str]:
    """The regular files of a tree, relative, without git's own folder; what is left out is added to ``gaps``."""
    pending = [""]
    while pending:
        below = pending.pop()
        if below.count("/") >= _MAX_DEPTH:
            gaps.append(
                Gap("directory", below, f"more than {_MAX_DEPTH} directories deep", lines_of_unknown(MAX_SOURCE))
            )
            continue
        try:
            entries = list(os.scandir(root / below))
        except OSError as error:
            gaps.append(Gap("directory", below, f"cannot be listed ({error.strerror})", 1))
            continue
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.name == ".git":
                continue
            if _UNSHOWABLE.search(entry.name):
                gaps.append(Gap("file", ascii(path)[1:-1], "its name holds control characters or is no UTF-8"))
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield path
            else:
                gaps.append(Gap("file", path, "a link or special file, not followed"))


def read_entry(root: Path, path: str, gaps: list[Gap], *, foreign: bool) -> Entry | None:
    """Digest a file, and look at its content unless it is no source code or ``foreign``; None where unreadable."""
    try:
        with _open(root / path) as file:
            data = file.read(MAX_SOURCE + 1)
            language = language_of(path, data[:1024])
            if len(data) <= MAX_SOURCE:
                content = None if foreign or language is None else read_content(data, language)
                return Entry(len(data), hashlib.sha256(data).hexdigest(), language, content, _ADDRESS in data)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        gaps.append(Gap("file", path, f"cannot be read ({error.strerror})", 0 if foreign else estimated_lines(path, 0)))
        return None
    if language is not None and not foreign:
        gaps.append(Gap("file", path, f"larger than {MAX_SOURCE >> 20} MiB", estimated_lines(path, size)))
    return Entry(size, digest, language, None)


def read_text(root: Path, path: str, limit: int, gaps: list[Gap]) -> str | None:
    """The text of a small UTF-8 file; None where there is none, and a gap where it is too large or no text."""
    try:
        with _open(root / path) as file:
            data = file.read(limit + 1)
    except OSError as error:
        gaps.append(Gap("manifest", path, f"cannot be read ({error.strerror})"))
        return None
    if len(data) > limit:
        gaps.append(Gap("manifest", path, f"larger than {limit >> 10} KiB"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        gaps.append(Gap("manifest", path, "not UTF-8 text"))
        return None


def _open(path: Path) -> io.BufferedReader:
    """Open a regular file without following a link or waiting on a pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "not a regular file")
    return os.fdopen(descriptor, "rb")
