"""Copy a local working tree, or one commit of a local repository, without running git or anything else in it."""

import os
from pathlib import Path

import msgspec
from msgspec.structs import replace

from skillaudit.acquirers import _git, _gitdir
from skillaudit.acquirers._files import NotRegularError, TooLargeError, read_regular
from skillaudit.acquirers._history import read_history
from skillaudit.acquirers._job import Job
from skillaudit.acquirers._objects import Commit, MissingObjectError, open_store, subtree, write_tree
from skillaudit.acquirers._remembered import remembered
from skillaudit.acquirers._writer import TreeWriter
from skillaudit.address import LocalDirectory, printable, split_local_ref, subdir_parts
from skillaudit.errors import AcquireError
from skillaudit.history import NO_REPOSITORY, History
from skillaudit.source import Limits, Tree

_SKIPPED = frozenset({
    "node_modules", "bower_components", "site-packages", ".venv", "venv", ".tox", ".nox", ".eggs",
    "dist", "build", "target", ".next", ".nuxt", ".gradle",
    "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache",
})  # fmt: skip


class _Tracked(msgspec.Struct, frozen=True):
    """What the index says below the copied folder; paths are relative to it."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    submodules: frozenset[str] = frozenset()

    def holds(self, path: str) -> bool:
        """Whether `path` is tracked or leads to what is."""
        return path in self.files or path in self.folders or path in self.submodules


class _Copy(msgspec.Struct, frozen=True):
    """One running copy of a working tree."""

    writer: TreeWriter
    limits: Limits
    tracked: _Tracked = msgspec.field(default_factory=_Tracked)

    def folder(self, path: str, parts: tuple[str, ...], *, tracked_only: bool) -> None:
        """Copy what is in the folder `path`, which lies at `parts`; in order of names, so that caps cut the same."""
        try:
            with os.scandir(path) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.writer.skip("unreadable", parts, f"cannot be read: {error.strerror}")
            return
        untracked = 0
        for entry in ordered:
            if self.writer.full:
                return
            below = (*parts, entry.name)
            if tracked_only and not self.tracked.holds("/".join(below)):
                untracked += 1
            elif entry.name != ".git":
                self._entry(entry, below, tracked_only=tracked_only)
        if untracked:
            self.writer.skip("skipped-folder", parts, f"{untracked} untracked entries of a dependency or build folder")

    def _entry(self, entry: "os.DirEntry[str]", parts: tuple[str, ...], *, tracked_only: bool) -> None:
        if entry.is_dir(follow_symlinks=False):
            self._subfolder(entry, parts, tracked_only=tracked_only)
        elif self.writer.admit(parts):
            self._file(entry, parts)

    def _subfolder(self, entry: "os.DirEntry[str]", parts: tuple[str, ...], *, tracked_only: bool) -> None:
        skipped = entry.name in _SKIPPED or entry.name.endswith(".egg-info")
        if "/".join(parts) in self.tracked.submodules and _holds_no_plain_files(entry.path):
            self.writer.skip("submodule", parts, "a submodule is another repository")
        elif skipped and "/".join(parts) not in self.tracked.folders:
            self.writer.skip("skipped-folder", parts, "an untracked dependency or build folder")
        elif self.writer.admit(parts):
            self.folder(entry.path, parts, tracked_only=tracked_only or skipped)

    def _file(self, entry: "os.DirEntry[str]", parts: tuple[str, ...]) -> None:
        if entry.is_symlink():
            self.writer.skip("symlink", parts, "a symbolic link is not followed")
            return
        if not entry.is_file(follow_symlinks=False):
            self.writer.skip("special-file", parts, "neither file, folder nor link")
            return
        try:
            data = read_regular(entry.path, self.limits.file_bytes)
        except TooLargeError as error:
            self.writer.admit_size(parts, error.size)
        except NotRegularError:
            self.writer.skip("special-file", parts, "neither file, folder nor link")
        except OSError as error:
            self.writer.skip("unreadable", parts, f"cannot be read: {error.strerror}")
        else:
            if self.writer.admit_size(parts, len(data)):
                self.writer.write(parts, data)


def copy_tree(directory: LocalDirectory, job: Job) -> Tree:
    """Copy `directory`, or materialise the commit ``source.ref`` of its repository, to ``job.tree``.

    A working tree is its tracked files and its untracked ones outside dependency and build folders.

    Raises:
        RefusedError: The ref or the subdir has a form that is never used.
        AcquireError: There is no such ref or folder, or a limit was exceeded.
    """
    subdir = subdir_parts(job.source.subdir)
    repository = _gitdir.find(directory.path)
    writer = TreeWriter(job.tree, job.options.limits, job.deadline, job.contents)
    if job.source.ref:
        name, suffix = split_local_ref(job.source.ref)
        if repository is None:
            raise AcquireError(f"--ref needs a git repository, and {printable(job.source.address)} is none")
        prefix = directory.path.relative_to(repository.top).parts
        expression = (repository.resolve(name) or name) + suffix
        commit = _materialise(repository, expression, prefix, writer, job).sha
        part = bool(prefix or subdir)
    else:
        _check_folders(directory.path, subdir)
        tracked = _tracked(repository, directory.path, writer)
        copy = _Copy(writer, job.options.limits, tracked)
        copy.folder(str(directory.path.joinpath(*subdir)), subdir, tracked_only=False)
        commit = _head(repository, directory, tracked)
        part = bool(subdir) or (commit != "" and repository is not None and directory.path != repository.top)
        if commit and repository is not None and not part:
            _borrow(repository, job.store)
    if writer.is_empty:
        raise AcquireError(f"there is no file in {printable(job.source.address)}")
    history = _history(repository, commit, job) if repository is not None and not part else NO_REPOSITORY
    return Tree(job.tree, printable(job.source.address), commit, "", writer.gaps(), history, part, writer.ids)


def _history(repository: _gitdir.GitDirectory, commit: str, job: Job) -> History:
    """What lies behind the commit, read in our own store, which only borrows the repository's objects."""
    if not commit:
        return NO_REPOSITORY
    common, use = repository.common.resolve(), job.options.use_cache
    return replace(remembered(common, commit, lambda: read_history(job, commit), use=use), tags=repository.tags())


def _materialise(
    repository: _gitdir.GitDirectory, expression: str, prefix: tuple[str, ...], writer: TreeWriter, job: Job
) -> Commit:
    address = printable(job.source.address)
    subdir = subdir_parts(job.source.subdir)
    _borrow(repository, job.store)
    with open_store(job) as objects:
        try:
            commit = objects.commit(expression)
        except MissingObjectError:
            raise AcquireError(f"no ref {job.source.ref} in {address}") from None
        try:
            write_tree(objects, subtree(objects, commit.tree, prefix + subdir), subdir, writer)
        except MissingObjectError as error:
            raise AcquireError(f"the commit {commit.sha} is incomplete in {address}") from error
    return commit


def _head(repository: _gitdir.GitDirectory | None, directory: LocalDirectory, tracked: _Tracked) -> str:
    """The commit that is checked out; empty where the folder holds nothing of a repository."""
    if repository is None or (directory.path != repository.top and not tracked.files):
        return ""
    return repository.resolve("HEAD")


def _borrow(repository: _gitdir.GitDirectory, store: Path) -> None:
    objects = (repository.common / "objects").resolve()
    if "\n" in str(objects):
        raise AcquireError("a repository below a folder with a line break in its name cannot be read")
    _git.empty_store(store, borrow_from=objects)


def _tracked(repository: _gitdir.GitDirectory | None, folder: Path, writer: TreeWriter) -> _Tracked:
    if repository is None:
        return _Tracked()
    prefix = "".join(f"{part}/" for part in folder.relative_to(repository.top).parts)
    files: set[str] = set()
    submodules: set[str] = set()
    try:
        for path, is_submodule in repository.index():
            if path.startswith(prefix):
                (submodules if is_submodule else files).add(path[len(prefix) :])
    except _gitdir.IndexUnreadableError as error:
        writer.skip("index", (".git", "index"), f"tracked files in build folders may be missing: {error}")
    folders: set[str] = set()
    for path in (*files, *submodules):
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return _Tracked(frozenset(files), frozenset(folders), frozenset(submodules))


def _holds_no_plain_files(folder: str) -> bool:
    """Whether a folder is empty, a repository or closed; an index that nobody vouches for must not hide others."""
    try:
        names = {path.name for path in Path(folder).iterdir()}
    except OSError:
        return True
    return not names or ".git" in names


def _check_folders(root: Path, subdir: tuple[str, ...]) -> None:
    for depth in range(1, len(subdir) + 1):
        folder = root.joinpath(*subdir[:depth])
        if folder.is_symlink() or not folder.is_dir():
            raise AcquireError(f"no such directory in the repository: {printable('/'.join(subdir))}")
