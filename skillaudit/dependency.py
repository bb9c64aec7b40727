"""What a repository installs: the words that readers of manifests and lockfiles answer with, and what checks read.

A reader turns the text of one file into a ``Graph``; walking it gives, for each package of the repository, a
``Listing`` of what that file makes of it. Nothing is resolved, fetched or run: a version that no file names is not
known.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from skillaudit.model import Surface

PYPI, NPM, GO = "PyPI", "npm", "Go"
"""The ecosystems that are looked up, as OSV names them; others are listed only."""

MOST = 50_000
"""Packages that one file may list; the largest real lockfiles hold a tenth of that."""


class UnreadableError(Exception):
    """A manifest or lockfile cannot be read; the text says why in a few words."""


class Requirement(msgspec.Struct, frozen=True):
    """One dependency as a manifest declares it.

    Attributes:
        name: As the ecosystem compares names (PEP 503 for PyPI).
        wanted: The range as it is written, empty for any version.
        version: The one version that it allows, empty where it leaves a choice.
        line: Where it stands in the manifest, 1 where that is not known.
        development: It is not installed where the package runs.
        local: It is part of the repository or comes from a folder beside it.
        unchecked: Why no index can be asked about it, such as a git address; empty where one can.
    """

    name: str
    wanted: str
    version: str
    line: int
    development: bool = False
    local: bool = False
    unchecked: str = ""


class Requirements(msgspec.Struct, frozen=True):
    """A requirements file.

    Attributes:
        listed: What it names; a constraint that holds for one is its version.
        transitive: Names that its comments call needed by others only.
        complete: It says of itself that it lists all that gets installed: hashes or the note of a compiler.
        includes: Files of the tree that it takes in, constraints apart.
        outside: Files that it names and that are not in the tree.
        notes: Options that say where packages come from.
    """

    listed: tuple[Requirement, ...]
    transitive: frozenset[str]
    complete: bool
    includes: tuple[str, ...]
    outside: tuple[str, ...]
    notes: tuple[str, ...]


class Node(msgspec.Struct, frozen=True):
    """One locked package. ``edges`` are keys of what it needs; ``own`` is code of the repository, passed through."""

    name: str
    version: str
    line: int
    edges: tuple[str, ...] = ()
    unchecked: str = ""
    own: bool = False


class Importer(msgspec.Struct, frozen=True):
    """One package of the repository in a lockfile.

    Attributes:
        directory: Relative to the lockfile's, empty for the same.
        runtime: Keys of its direct dependencies.
        development: The same for development.
        loose: Keys of what is installed for it by a way that the file does not say.
        loose_development: The same for development.
        declared: What the lockfile says the manifest wanted, by name; None where it does not record that.
    """

    directory: str
    runtime: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    loose_development: tuple[str, ...] = ()
    declared: Mapping[str, str] | None = None


class Graph(msgspec.Struct, frozen=True):
    """One file as it was read.

    Attributes:
        form: What the file is, such as ``package-lock.json v3``.
        ecosystem: As OSV names it.
        nodes: Packages by a key that means something to the reader only.
        importers: For whom it locks.
        partial: Why packages that get installed may be missing from it, empty where it is complete.
        notes: What the reader of the report should know, such as another package index.
    """

    form: str
    ecosystem: str
    nodes: Mapping[str, Node]
    importers: tuple[Importer, ...]
    partial: str = ""
    notes: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True):
    """A file to read, with what it may refer to.

    Attributes:
        path: Relative to the tree.
        text: Its text.
        manifests: What the manifests of the packages that it serves declare, by directory relative to its own.
        near: The text of another file of the tree by its path; None where there is none.
    """

    path: str
    text: str
    manifests: Mapping[str, tuple[Requirement, ...]] = msgspec.field(default_factory=dict)
    near: Callable[[str], str | None] = lambda _: None


class LockReader(Protocol):
    """The one function of a module that reads lockfiles."""

    def __call__(self, document: Document) -> Graph:
        """Read a lockfile.

        Raises:
            UnreadableError: it is malformed, of an unknown version, or too much.
        """
        ...


class ManifestReader(Protocol):
    """The one function of a module that reads manifests."""

    def __call__(self, document: Document) -> tuple[Requirement, ...]:
        """Read what a manifest declares.

        Raises:
            UnreadableError: it is malformed.
        """
        ...


class Coordinate(msgspec.Struct, frozen=True, order=True):
    """What an advisory is looked up by."""

    ecosystem: str
    name: str
    version: str


class Dependency(msgspec.Struct, frozen=True):
    """One package that gets installed, with the file line that says so.

    Attributes:
        coordinate: Ecosystem, name and version; the version is empty where no file names one.
        line: In the listing's file.
        direct: The manifest itself declares it.
        development: Nothing that is installed at run time needs it.
        via: The way it gets in, from the direct dependency to its parent, each as ``name@version``.
        unchecked: Why it cannot be looked up, empty where it can.
    """

    coordinate: Coordinate
    line: int
    direct: bool
    development: bool
    via: tuple[str, ...] = ()
    unchecked: str = ""


class Drift(msgspec.Struct, frozen=True):
    """A direct dependency on which manifest and lockfile disagree; ``line`` is the manifest's."""

    name: str
    reason: str
    line: int
    development: bool


class Listing(msgspec.Struct, frozen=True):
    """What one file says that a package of the repository installs.

    Attributes:
        path: The file.
        form: What kind of file it is.
        ecosystem: As OSV names it.
        package: Directory of the package, empty for the root.
        manifest: The package's manifest, the file itself where it is one.
        locked: It pins versions; otherwise it is a manifest that no lockfile covers.
        dependencies: Sorted by name and version, each version once.
        drift: Where it contradicts the manifest.
        floating: Requirements that leave a choice of versions, for what is not locked.
        partial: Why packages that get installed may be missing, empty where it is complete.
        trouble: Why nothing could be read, empty where it could.
        compared: The lockfile says what it was made for, so that it can be held against the manifest.
        surface: What the package is for; only production counts in full.
        notes: Facts for the reader, such as another package index.
    """

    path: str
    form: str
    ecosystem: str
    package: str
    manifest: str
    locked: bool
    dependencies: tuple[Dependency, ...] = ()
    drift: tuple[Drift, ...] = ()
    floating: tuple[Requirement, ...] = ()
    partial: str = ""
    trouble: str = ""
    compared: bool = False
    surface: Surface = Surface.PRODUCTION
    notes: tuple[str, ...] = ()
