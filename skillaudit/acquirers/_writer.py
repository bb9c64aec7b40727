"""Write the files of an untrusted tree below a private folder, within limits, and keep account of what was left out."""

import errno
import os
import re
import time
from collections import Counter
from pathlib import Path

from skillaudit.address import is_git_part
from skillaudit.contents import Contents, HeldFile, blob_id
from skillaudit.errors import AcquireError
from skillaudit.languages import estimated_lines, lines_of_unknown
from skillaudit.model import Gap
from skillaudit.source import Limits

_MAX_GAPS_PER_KIND = 200
# Lone surrogates stand for bytes that are no UTF-8 (PEP 383).
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ANYTHING = frozenset({"unsafe-name", "depth-limit", "file-limit", "size-limit"})
"""Kinds of gaps behind which there may be any code, whatever the name of what was left out."""
_ELSEWHERE = frozenset({"symlink", "special-file", "submodule", "skipped-folder"})
"""Kinds behind which there is no code of this repository that a link-free tree does not hold anyway."""
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_LFS_POINTER_BYTES = 1024


class TreeWriter:
    r"""Creates plain files below ``root``; every refusal becomes a `Gap`.

    Paths are tuples of names as the repository has them; control characters are renamed to ``\xNN`` on the way.

    Attributes:
        full: A cap on the whole tree was reached; nothing more needs to be offered.
        written: Files that were created.
        ids: git's id of each file's content by path, where there are contents to share.

    Args:
        root: The folder; it must not exist.
        limits: Caps on files, sizes, depth.
        deadline: On the `time.monotonic` clock.
        contents: Files of other trees that stay while this one does: equal ones become links to them.
    """

    def __init__(self, root: Path, limits: Limits, deadline: float, contents: Contents | None = None) -> None:
        root.mkdir(mode=0o700)
        self.full = False
        self.written = 0
        self.ids: dict[str, str] = {}
        self._contents = contents
        self._root = str(root)
        self._limits = limits
        self._deadline = deadline
        self._entries = 0
        self._bytes = 0
        self._folders: set[str] = {""}
        self._gaps: list[Gap] = []
        self._counts: Counter[str] = Counter()
        self._untold: Counter[str] = Counter()

    def admit(self, parts: tuple[str, ...]) -> bool:
        """Count one entry of the tree; False if it is not to be looked at.

        Raises:
            AcquireError: The time limit is over.
        """
        if self.full:
            return False
        if time.monotonic() > self._deadline:
            raise AcquireError("the tree could not be copied within the time limit")
        name = parts[-1]
        if name in {"", ".", ".."} or "/" in name or is_git_part(name):
            self.skip("unsafe-name", parts, "a name that no honest repository holds")
            return False
        if len(parts) > self._limits.depth + 1:
            self.skip("depth-limit", parts, f"more than {self._limits.depth} folders deep")
            return False
        self._entries += 1
        if self._entries > self._limits.files:
            self._stop("file-limit", parts, f"more than {self._limits.files} entries; this one and all after it")
        return not self.full

    def fits(self, size: int) -> bool:
        """Whether a file of `size` bytes is within the limit for one."""
        return size <= self._limits.file_bytes

    def held(self, sha: str) -> HeldFile | None:
        """The file with this content that there is already, here or in another tree."""
        return self._contents.find(sha) if self._contents is not None else None

    def admit_size(self, parts: tuple[str, ...], size: int) -> bool:
        """Whether a file of `size` bytes may still be written."""
        if not self.fits(size):
            self.skip("too-large", parts, f"{size} bytes, the limit is {self._limits.file_bytes}", size)
            return False
        if self._bytes + size > self._limits.total_bytes:
            self._stop("size-limit", parts, f"more than {self._limits.total_bytes} bytes; this file and all after it")
            return False
        return True

    def write(self, parts: tuple[str, ...], data: bytes, sha: str = "") -> None:
        """Create one file with `data`, or with the content `sha` (git's id of it) that is held already."""
        if len(data) < _LFS_POINTER_BYTES and data.startswith(_LFS_POINTER):
            self.skip("lfs-pointer", parts, "the content is kept outside the repository (Git LFS)")
            return
        if self._contents is not None:
            sha = sha or blob_id(data)
        held = self.held(sha)
        size = held.size if held is not None else len(data)
        relative = _renamed(parts)
        path = f"{self._root}/{relative}"
        try:
            self._folder(relative.rpartition("/")[0])
            if held is None:
                _create(path, data)
            else:
                _link(held.path, path)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise AcquireError("there is no space for the tree in the temporary folder") from error
            self.skip("unwritable", parts, f"cannot be written here: {error.strerror}", size)
            return
        self._bytes += size
        self.written += 1
        if self._contents is not None:
            self.ids[relative] = sha
            self._contents.add(sha, HeldFile(path, size))

    def skip(self, kind: str, parts: tuple[str, ...], reason: str, size: int = 0) -> None:
        """Record that the entry at `parts` was left out; a file of unknown `size` (0) counts as one at the limit."""
        path = _renamed(parts)
        size = size or self._limits.file_bytes
        lines = 0
        if kind in _ANYTHING:
            lines = lines_of_unknown(size)
        elif kind not in _ELSEWHERE:
            lines = estimated_lines(path, size)
        self._counts[kind] += 1
        if self._counts[kind] <= _MAX_GAPS_PER_KIND:
            self._gaps.append(Gap(kind, path, reason, lines))
        else:
            self._untold[kind] += lines

    @property
    def is_empty(self) -> bool:
        """Whether nothing was offered: no file, and none that was left out."""
        return not self.written and not self._gaps

    def gaps(self) -> tuple[Gap, ...]:
        """All that was left out, by path; beyond 200 of one kind only their number."""
        more = (
            Gap(kind, "", f"{count - _MAX_GAPS_PER_KIND} more of this kind", self._untold[kind])
            for kind, count in sorted(self._counts.items())
            if count > _MAX_GAPS_PER_KIND
        )
        return (*sorted(self._gaps, key=lambda gap: (gap.path, gap.kind, gap.reason)), *more)

    def _stop(self, kind: str, parts: tuple[str, ...], reason: str) -> None:
        self.full = True
        self.skip(kind, parts, reason)

    def _folder(self, relative: str) -> None:
        if relative not in self._folders:
            self._folder(relative.rpartition("/")[0])
            Path(f"{self._root}/{relative}").mkdir(mode=0o700)
            self._folders.add(relative)


def _create(path: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    target = os.open(path, flags, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(target, view) :]
    finally:
        os.close(target)


def _link(held: str, path: str) -> None:
    """A second name for a file that nobody changes, or a copy where the file system has none."""
    try:
        os.link(held, path)
    except FileExistsError:
        raise
    except OSError:
        _create(path, Path(held).read_bytes())


def _renamed(parts: tuple[str, ...]) -> str:
    return _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", "/".join(parts))
