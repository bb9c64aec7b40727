"""Per-file results on disk, so that a second audit pays for changed files only.

A result depends on nothing but a file's bytes and the code that made it; the key says both, so there is nothing to
invalidate. The directory is used only while nobody else could have written to it, an entry only if its checksum and its
type are right. Whatever is wrong with an entry, it is a miss.
"""

import contextlib
import hashlib
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from skillaudit import resources
from skillaudit.errors import SkillauditError
from skillaudit.isolation import trusted_directories

T = TypeVar("T")

SIZE = 512 << 20
"""Bytes that the cache may hold; beyond it, what was not used for longest goes first."""

_ENTRY_CAP = 128 << 20
_CHECKSUM = hashlib.sha256().digest_size
_DAY, _HOUR = 86_400, 3_600
_KEPT_SHARE = 0.8
_ENGINES = ("libcst-", "tree_sitter", "semgrep-", "msgspec-")


class CacheRefusedError(SkillauditError):
    """The cache directory cannot be trusted or used; the audit goes on without it."""


class Cache(Protocol):
    """Results by kind and by the content digest of the file they were made from."""

    def get(self, kind: str, digest: str, shape: type[T]) -> T | None:
        """The stored result, decoded and checked, or None."""
        ...

    def put(self, kind: str, digest: str, value: bytes) -> None:
        """Store a result as JSON."""
        ...

    def close(self) -> str:
        """Tidy up. Returns one line for the user if results could not be stored, else ''."""
        ...


class NullCache:
    """Remembers nothing."""

    def get(self, kind: str, digest: str, shape: type[T]) -> T | None:  # noqa: ARG002 - the protocol's signature
        """Nothing, always."""
        return None

    def put(self, kind: str, digest: str, value: bytes) -> None:
        """Forget it."""

    def close(self) -> str:
        """Nothing can have gone wrong."""
        return ""


class DiskCache:
    """One file for each result in a private directory.

    Args:
        directory: created if absent, with its parents.
        stamp: changes whenever the same bytes would give another result.
        size: bytes it may hold.

    Raises:
        CacheRefusedError: somebody else could write to it, or it cannot be created.
    """

    def __init__(self, directory: Path, stamp: str, size: int = SIZE) -> None:
        self._directory = _open_private(directory)
        self._stamp = stamp
        self._size = size
        self._written = False
        self._trouble = ""

    def get(self, kind: str, digest: str, shape: type[T]) -> T | None:
        """The stored result, decoded and checked, or None."""
        name = self._name(kind, digest)
        try:
            entry = self._read(name)
        except OSError:
            return None
        value = entry[_CHECKSUM:]
        if entry[:_CHECKSUM] != _checksum(name, value):
            return None
        try:
            return msgspec.json.decode(value, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def put(self, kind: str, digest: str, value: bytes) -> None:
        """Store a result as JSON; after the first failure (a full disk) no more is tried."""
        if self._trouble or len(value) > _ENTRY_CAP:
            return
        name = self._name(kind, digest)
        temporary = f".{secrets.token_hex(16)}"
        try:
            self._write(temporary, _checksum(name, value) + value)
            os.rename(temporary, name, src_dir_fd=self._directory, dst_dir_fd=self._directory)
        except OSError as error:
            self._trouble = f"the cache was not written: {error.strerror}"
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary, dir_fd=self._directory)
        self._written = True

    def close(self) -> str:
        """Remove what is too much. Returns one line for the user if results could not be stored, else ''."""
        try:
            if self._written:
                self._prune()
        except OSError as error:
            self._trouble = self._trouble or f"the cache could not be tidied: {error.strerror}"
        finally:
            os.close(self._directory)
        return self._trouble

    def _name(self, kind: str, digest: str) -> str:
        return hashlib.sha256(f"{self._stamp}\0{kind}\0{digest}".encode()).hexdigest()

    def _read(self, name: str) -> bytes:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=self._directory)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid() or status.st_size > _ENTRY_CAP:
                return b""
            if time.time() - status.st_mtime > _DAY:
                os.utime(descriptor)
            return file.read(status.st_size)

    def _write(self, name: str, entry: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(name, flags, 0o600, dir_fd=self._directory), "wb", buffering=0) as file:
            view = memoryview(entry)
            while view:
                view = view[file.write(view) :]

    def _prune(self) -> None:
        """Delete abandoned temporary files and, beyond the size, the entries that were not used for longest."""
        with os.scandir(self._directory) as listing:
            found = [(entry.stat(follow_symlinks=False), entry.name) for entry in listing]
        entries = sorted((status.st_mtime, status.st_size, name) for status, name in found if name[0] != ".")
        doomed = [name for status, name in found if name[0] == "." and time.time() - status.st_mtime > _HOUR]
        total = sum(size for _, size, _ in entries)
        if total > self._size:
            for _, size, name in entries:
                if total <= self._size * _KEPT_SHARE:
                    break
                doomed.append(name)
                total -= size
        for name in doomed:
            with contextlib.suppress(FileNotFoundError):  # another audit may be pruning too
                os.unlink(name, dir_fd=self._directory)


def cache_directory(environment: Mapping[str, str]) -> Path:
    """Where results are kept: ``SKILLAUDIT_CACHE_DIR``, or below ``XDG_CACHE_HOME`` or ``~/.cache``.

    Raises:
        CacheRefusedError: the variable is a relative path, or there is no home directory.
    """
    if chosen := environment.get("SKILLAUDIT_CACHE_DIR"):
        directory = Path(chosen)
    elif base := environment.get("XDG_CACHE_HOME"):
        directory = Path(base) / "skillaudit"
    elif home := environment.get("HOME"):
        directory = Path(home) / ".cache" / "skillaudit"
    else:
        raise CacheRefusedError("cache off: there is no home directory")
    if not directory.is_absolute():
        raise CacheRefusedError("cache off: its directory is not an absolute path")
    return directory


def open_cache(stamp: Callable[[], str], *, use: bool) -> tuple[Cache, str]:
    """The user's cache, or one that remembers nothing, with one line for the user where that was not asked for."""
    if not use:
        return NullCache(), ""
    try:
        return DiskCache(cache_directory(os.environ), stamp()), ""
    except CacheRefusedError as error:
        return NullCache(), str(error)


def collector_stamp(further: Iterable[str] = ()) -> str:
    """A digest of all that decides a result beside the file's bytes: code, rules, parsers, interpreter.

    Args:
        further: modules and folders of the package that the result depends on beyond the collectors.
    """
    package = Path(__file__).parent
    sources = [package / name for name in ("ir.py", "builder.py", "lowering.py", "collect.py")]
    for name in ("collectors", *further):
        sources += _sources(package / name)
    sources += sorted(resources.directory("rules").glob("*/*.yaml"))
    return stamp(sources, *_engines())


def _sources(place: Path) -> list[Path]:
    """A module, or the modules and tables of a folder and of those in it."""
    return sorted(p for p in place.rglob("*") if p.suffix in {".py", ".toml"}) if place.is_dir() else [place]


def stamp(sources: Iterable[Path], *engines: str) -> str:
    """A digest of files of code, of names and versions of what they use, and of the interpreter."""
    state = hashlib.sha256(repr((sys.implementation.cache_tag, sys.version_info, *engines)).encode())
    for path in sources:
        state.update(path.name.encode())
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()


def _engines() -> Iterable[str]:
    """Names and versions of the installed parsers, as their metadata directories are called.

    Reading them by ``importlib.metadata`` costs 40 ms, a good part of a second audit.
    """
    for place in trusted_directories():
        names = sorted(path.name for path in Path(place).iterdir())
        yield from (name for name in names if name.startswith(_ENGINES) and name.endswith((".dist-info", ".egg-info")))


def _checksum(name: str, value: bytes) -> bytes:
    state = hashlib.sha256(name.encode())
    state.update(value)
    return state.digest()


def _open_private(directory: Path) -> int:
    """A descriptor of the directory, after making sure that only we can write to it or replace it."""
    try:
        for place in reversed((directory, *directory.parents)):
            with contextlib.suppress(FileExistsError):
                place.mkdir(0o700)
        parent = directory.parent.resolve(strict=True)
        for place in (parent, *parent.parents):
            _require_safe(place.stat(), {os.getuid(), 0}, shared=stat.S_ISVTX)
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(parent / directory.name, flags)
    except OSError as error:
        raise CacheRefusedError(f"cache off: its directory cannot be used: {error.strerror}") from error
    try:
        _require_safe(os.fstat(descriptor), {os.getuid()}, shared=0)
    except CacheRefusedError:
        os.close(descriptor)
        raise
    return descriptor


def _require_safe(status: os.stat_result, owners: set[int], *, shared: int) -> None:
    """Refuse what others own or may write to.

    With the mode bit ``shared`` they may: in a sticky directory such as /tmp nobody can replace what is ours.
    """
    if status.st_uid not in owners:
        raise CacheRefusedError("cache off: its directory, or one above it, belongs to another user")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not status.st_mode & shared:
        raise CacheRefusedError("cache off: its directory, or one above it, can be written by other users")
