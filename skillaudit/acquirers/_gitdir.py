"""Find out what a local ``.git`` says without running git in it: the repository's top, refs, and the index.

Only plain reads: its configuration, hooks, filters and attributes are never opened.
"""

import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec

from skillaudit.acquirers._files import read_regular
from skillaudit.source import MEBIBYTE

_SMALL = 64 * 1024
_MAX_PACKED_REFS = 64 * MEBIBYTE
_MAX_INDEX = 256 * MEBIBYTE
_MAX_SYMBOLIC = 5
_MAX_TAGS = 100_000
_PACKED_TAG = re.compile(rb"^[0-9a-f]{40} refs/tags/(.+)$", re.MULTILINE)
_SHA = re.compile(r"[0-9a-f]{40}")
_NAMES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
_INDEX_ENTRY = struct.Struct(">24xI12x20xH")
_EXTENDED, _NAME_MASK, _SUBMODULE = 0x4000, 0x0FFF, 0o16


class IndexUnreadableError(Exception):
    """The index is damaged or of a version this reader does not know."""


class GitDirectory(msgspec.Struct, frozen=True):
    """A repository on disk: its working tree, its own ``.git`` and the one it shares with other worktrees."""

    top: Path
    own: Path
    common: Path

    def resolve(self, name: str) -> str:
        """The id that a ref or HEAD points at, by git's own order of namespaces; empty if there is none."""
        return next((sha for form in _NAMES if (sha := self._read(form.format(name)))), "")

    def tags(self) -> int:
        """How many tags there are, up to a cap."""
        try:
            packed = read_regular(self.common / "packed-refs", _MAX_PACKED_REFS)
        except OSError:
            packed = b""
        found = {match[1].decode("utf-8", "replace") for match in _PACKED_TAG.finditer(packed)}
        folder = self.common / "refs/tags"
        for parent, _, names in os.walk(folder) if not folder.is_symlink() else ():
            found |= {os.path.relpath(os.path.join(parent, name), folder) for name in names}  # noqa: PTH118 - as walked
            if len(found) > _MAX_TAGS:
                break
        return len(found)

    def index(self) -> Iterator[tuple[str, bool]]:
        """The tracked paths, relative to the top, and whether each is a submodule.

        Raises:
            IndexUnreadableError: The index is damaged or of an unknown version.
        """
        try:
            data = read_regular(self.own / "index", _MAX_INDEX)
        except FileNotFoundError:
            return iter(())
        except OSError as error:
            raise IndexUnreadableError(str(error)) from error
        return _entries(data)

    def _read(self, name: str) -> str:
        for _ in range(_MAX_SYMBOLIC):
            text = self._loose(name) or self._packed(name)
            if not text.startswith("ref: refs/") or ".." in text:
                return text if _SHA.fullmatch(text) else ""
            name = text.removeprefix("ref: ")
        return ""

    def _loose(self, name: str) -> str:
        for folder in (self.own, self.common):
            try:
                return read_regular(folder / name, _SMALL).decode("utf-8", "replace").strip()
            except OSError:
                continue
        return ""

    def _packed(self, name: str) -> str:
        try:
            data = read_regular(self.common / "packed-refs", _MAX_PACKED_REFS)
        except OSError:
            return ""
        match = re.search(rb"^([0-9a-f]{40}) " + re.escape(name.encode()) + rb"$", data, re.MULTILINE)
        return match[1].decode() if match else ""


def find(folder: Path) -> GitDirectory | None:
    """The repository whose working tree holds `folder`, if any."""
    for top in (folder, *folder.parents):
        try:
            own = _own(top / ".git")
            read_regular(own / "HEAD", _SMALL)
        except OSError:
            continue
        return GitDirectory(top, own, _common(own))
    return None


def _own(path: Path) -> Path:
    if path.is_dir():
        return path
    text = read_regular(path, _SMALL).decode("utf-8", "surrogateescape")
    return path.parent / text.removeprefix("gitdir:").strip()


def _common(own: Path) -> Path:
    try:
        text = read_regular(own / "commondir", _SMALL).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return own
    return own / text


def _entries(data: bytes) -> Iterator[tuple[str, bool]]:
    """Parse an index, https://git-scm.com/docs/index-format, versions 2 to 4 with SHA-1."""
    try:
        signature, version, count = struct.unpack_from(">4sII", data)
        if signature != b"DIRC" or version not in {2, 3, 4}:
            raise IndexUnreadableError(f"index version {version} is not known")
        offset, name = 12, b""
        for _ in range(count):
            mode, flags = _INDEX_ENTRY.unpack_from(data, offset)
            start = offset + _INDEX_ENTRY.size + (2 if flags & _EXTENDED else 0)
            keep = 0
            if version == 4:  # noqa: PLR2004 - the number is the format's name for prefix compression
                strip, start = _varint(data, start)
                keep = len(name) - strip
            end = data.index(b"\0", start)
            name = name[:keep] + data[start:end]
            offset = end + 1 if version == 4 else offset + ((end - offset) // 8 + 1) * 8  # noqa: PLR2004
            yield name.decode("utf-8", "surrogateescape"), mode >> 12 == _SUBMODULE
    except (struct.error, ValueError, IndexError) as error:
        raise IndexUnreadableError("the index is damaged") from error


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    byte = data[offset]
    value = byte & 0x7F
    while byte & 0x80:
        offset += 1
        byte = data[offset]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, offset + 1
