"""Read commits, trees and blobs with GitPython from a store of our own, whose configuration nobody else wrote."""

import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from itertools import islice
from typing import Any

import msgspec

from skillaudit.acquirers._git import environment, limit_memory
from skillaudit.acquirers._job import Job
from skillaudit.acquirers._stream import TOGETHER, Header, Stream
from skillaudit.acquirers._writer import TreeWriter
from skillaudit.errors import AcquireError
from skillaudit.source import MEBIBYTE

_MAX_METADATA_BYTES = 32 * MEBIBYTE
_AHEAD_BYTES = 64 * MEBIBYTE
_AHEAD_OVERHEAD = 1024
"""What is read of trees before anybody asks; the rest is read when it is asked for."""


class EntryKind(IntEnum):
    """The object type bits of a tree entry's mode."""

    FOLDER = 0o04
    FILE = 0o10
    LINK = 0o12
    SUBMODULE = 0o16


class MissingObjectError(Exception):
    """The store does not hold an object that was asked for."""


class Commit(msgspec.Struct, frozen=True):
    """A commit: full id, id of its tree."""

    sha: str
    tree: str


class ObjectStore:
    """Objects of one repository by id. Made by `open_store`, which ends its processes and keeps the time limit."""

    def __init__(self, git: Any, deadline: float) -> None:
        self._git = git
        self._deadline = deadline
        self._limited: set[int] = set()
        self._streams: dict[str, Stream] = {}
        self._trees: dict[str, bytes] = {}

    def headers(self, ids: Iterable[str]) -> Iterator[Header]:
        """Type and size of the objects that are there.

        Raises:
            MissingObjectError: git cannot go on.
            AcquireError: The time limit is over.
        """
        for some in _groups(ids):
            with self._reading():
                found = self._stream("--batch-check").headers(some)
            yield from (header for header in found if header is not None)

    def contents(self, ids: Iterable[str]) -> Iterator[bytes]:
        """What is in objects that are there, in their order, which must be read to the end.

        Raises:
            MissingObjectError: One is not there, or git cannot go on.
            AcquireError: The time limit is over.
        """
        for some in _groups(ids):
            with self._reading():
                yield from self._stream("--batch").contents(some)

    def read_trees(self, sha: str) -> None:
        """Read a tree and those below it ahead of use, one level after the other, as far as that is cheap.

        Whatever is wrong with one of them, it is read when somebody asks for it, and said then.

        Raises:
            AcquireError: The time limit is over.
        """
        wanted, left = [sha], _AHEAD_BYTES
        try:
            while wanted:
                headers = [one for one in self.headers(wanted) if one.kind == "tree"]
                left -= sum(one.size + _AHEAD_OVERHEAD for one in headers)
                if left < 0:
                    return
                ids = [one.sha for one in headers]
                self._trees |= dict(zip(ids, self.contents(ids), strict=True))
                below = {other: None for known in ids for other in _folders(self._trees[known])}
                wanted = [other for other in below if other not in self._trees]
        except MissingObjectError:
            self.end()

    def end(self) -> None:
        """Kill the processes that `headers` and `contents` use."""
        for stream in self._streams.values():
            stream.end()
        self._streams.clear()

    def header(self, name: str) -> Header:
        """Type and size of the object that `name` (an id, or an expression on one) stands for.

        Raises:
            MissingObjectError: There is none.
            AcquireError: The time limit is over.
        """
        with self._reading():
            sha, kind, size = self._git.get_object_header(name)
            self._limit(self._git.cat_file_header.pid)
        return Header(_text(sha), _text(kind), size)

    def read(self, sha: str) -> bytes:
        """The content of an object; ask for its size first.

        Raises:
            MissingObjectError: It is not there.
            AcquireError: The time limit is over.
        """
        with self._reading():
            data: bytes = self._git.get_object_data(sha)[3]
            self._limit(self._git.cat_file_all.pid)
        return data

    def commit(self, name: str) -> Commit:
        """The commit that `name` stands for, through annotated tags.

        Raises:
            MissingObjectError: There is none.
            AcquireError: The time limit is over, or it is no commit that git would write.
        """
        header = self.header(f"{name}^{{commit}}")
        head = self._metadata(header).partition(b"\n\n")[0].decode("utf-8", "replace").splitlines()
        fields = {key: value for key, _, value in (line.partition(" ") for line in head)}
        if "tree" not in fields:
            raise AcquireError(f"the commit {header.sha} is damaged")
        return Commit(header.sha, fields["tree"])

    def tree(self, sha: str) -> Iterator[tuple[int, str, str]]:
        """The entries of a tree as (object type bits of the mode, name, id), in the order they are stored.

        Raises:
            MissingObjectError: It is not there.
            AcquireError: It is damaged or larger than 32 MiB.
        """
        for entry in _entries(self._trees.get(sha) or self._metadata(self.header(sha))):
            if entry is None:
                raise AcquireError(f"the tree {sha} is damaged")
            yield entry

    def metadata(self, sha: str) -> bytes:
        """The content of a commit or tree.

        Raises:
            MissingObjectError: It is not there.
            AcquireError: It is larger than 32 MiB.
        """
        return self._metadata(self.header(sha))

    def _metadata(self, header: Header) -> bytes:
        if header.size > _MAX_METADATA_BYTES:
            raise AcquireError(f"the {header.kind} {header.sha} is {header.size} bytes large")
        return self.read(header.sha)

    def _stream(self, option: str) -> Stream:
        if option not in self._streams:
            self._streams[option] = Stream(self._git, option)
        return self._streams[option]

    def _limit(self, pid: int) -> None:
        if pid not in self._limited:
            self._limited.add(pid)
            limit_memory(pid)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:
            if time.monotonic() > self._deadline:
                raise AcquireError("the objects could not be read within the time limit") from error
            raise MissingObjectError("an object is missing or damaged") from error


@contextmanager
def open_store(job: Job) -> Iterator[ObjectStore]:
    """Open the bare repository of `job`; its reader is killed at the deadline and when the block ends.

    Raises:
        AcquireError: git is not installed.
    """
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    from git import Git, GitCommandNotFound  # noqa: PLC0415 - 80 ms that an audit of a plain folder does not need

    git = Git(str(job.store))
    objects = str(job.store / "objects")
    git.update_environment(**environment(job.home), GIT_DIR=str(job.store), GIT_OBJECT_DIRECTORY=objects)
    store = ObjectStore(git, job.deadline)
    watchdog = threading.Timer(max(0.0, job.deadline - time.monotonic()), _kill, [git, store])
    watchdog.daemon = True
    watchdog.start()
    try:
        yield store
    except GitCommandNotFound as error:
        raise AcquireError("git is not installed") from error
    finally:
        watchdog.cancel()
        store.end()
        git.clear_cache()


def write_tree(store: ObjectStore, tree: str, parts: tuple[str, ...], writer: TreeWriter) -> None:
    """Offer every entry of `tree`, which lies at `parts`, to `writer`; links and submodules are never followed."""
    store.read_trees(tree)
    files = _files(store, tree, parts, writer)
    while some := list(islice(files, TOGETHER)):
        _write_blobs(store, some, writer)


def _files(
    store: ObjectStore, tree: str, parts: tuple[str, ...], writer: TreeWriter
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Path and id of each file that `writer` admits, in the order of the tree."""
    for kind, name, sha in store.tree(tree):
        path = (*parts, name)
        if not writer.admit(path):
            if writer.full:
                return
            continue
        match kind:
            case EntryKind.FOLDER:
                yield from _files(store, sha, path, writer)
            case EntryKind.FILE:
                yield path, sha
            case EntryKind.LINK:
                writer.skip("symlink", path, "a symbolic link is not followed")
            case EntryKind.SUBMODULE:
                writer.skip("submodule", path, "a submodule is another repository")
            case _:
                writer.skip("special-file", path, "neither file, folder nor link")


def subtree(store: ObjectStore, tree: str, parts: tuple[str, ...]) -> str:
    """The id of the folder `parts` below `tree`.

    Raises:
        AcquireError: There is no such folder.
    """
    for part in parts:
        found = [sha for kind, name, sha in store.tree(tree) if kind == EntryKind.FOLDER and name == part]
        if not found:
            raise AcquireError(f"no such directory in the repository: {'/'.join(parts)}")
        tree = found[0]
    return tree


def _write_blobs(store: ObjectStore, files: list[tuple[tuple[str, ...], str]], writer: TreeWriter) -> None:
    """Write files: what another tree holds already is taken from there, git is asked for all others at once."""
    held = {sha: file for _, sha in files if (file := writer.held(sha)) is not None}
    sizes = {header.sha: header.size for header in store.headers([sha for _, sha in files if sha not in held])}
    contents = store.contents([sha for _, sha in files if sha in sizes and writer.fits(sizes[sha])])
    for path, sha in files:
        size = held[sha].size if sha in held else sizes.get(sha)
        if size is None:
            writer.skip("too-large", path, "not in the object store; blobs above the size limit are left on the server")
        elif writer.admit_size(path, size):
            writer.write(path, b"" if sha in held else next(contents), sha)
        elif writer.fits(size):
            return


def _entries(data: bytes) -> Iterator[tuple[int, str, str] | None]:
    """The entries of a tree, None where it is damaged and ends."""
    offset = 0
    while offset < len(data):
        space = data.find(b" ", offset)
        end = data.find(b"\0", space)
        if space < 0 or end < 0 or end + 21 > len(data) or not data[offset:space].isdigit():
            yield None
            return
        name = data[space + 1 : end].decode("utf-8", "surrogateescape")
        yield int(data[offset:space], 8) >> 12, name, data[end + 1 : end + 21].hex()
        offset = end + 21


def _folders(data: bytes) -> Iterator[str]:
    return (entry[2] for entry in _entries(data) if entry is not None and entry[0] == EntryKind.FOLDER)


def _groups(ids: Iterable[str]) -> Iterator[list[str]]:
    pending = iter(ids)
    while some := list(islice(pending, TOGETHER)):
        yield some


def _kill(git: Any, store: ObjectStore) -> None:
    store.end()
    for process in (git.cat_file_all, git.cat_file_header):
        if process is not None:
            process.kill()


def _text(word: str | bytes) -> str:
    # GitPython declares str and returns bytes.
    return word.decode() if isinstance(word, bytes) else word
