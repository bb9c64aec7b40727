"""What each package of a tree installs, as its manifests and lockfiles say; nothing is asked of a package manager.

Lockfiles speak first; a package that none covers is listed by its manifest, and a requirements file by itself.
"""

import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from skillaudit.dependencies._drift import drift
from skillaudit.dependencies._walk import walk
from skillaudit.dependency import (
    GO,
    NPM,
    PYPI,
    Coordinate,
    Dependency,
    Document,
    Graph,
    Importer,
    Listing,
    LockReader,
    ManifestReader,
    Requirement,
    Requirements,
    UnreadableError,
)
from skillaudit.inventories.reading import read_text
from skillaudit.inventory import Inventory, Package
from skillaudit.model import Gap, Surface

MAX_LOCKFILE = 16 << 20
"""Bytes of a file that is read; the largest of real servers holds one."""

_LOCKS = (
    ("package-lock.json", "npm", NPM),
    ("npm-shrinkwrap.json", "npm", NPM),
    ("pnpm-lock.yaml", "pnpm", NPM),
    ("yarn.lock", "yarn", NPM),
    ("bun.lock", "bun", NPM),
    ("uv.lock", "uv", PYPI),
    ("poetry.lock", "poetry", PYPI),
    ("pdm.lock", "pdm", PYPI),
    ("pylock.toml", "pylock", PYPI),
    ("pylock.*.toml", "pylock", PYPI),
    ("Pipfile.lock", "pipenv", PYPI),
    ("go.sum", "go_sum", GO),
    ("Cargo.lock", "inventoried", "crates.io"),
    ("Gemfile.lock", "inventoried", "RubyGems"),
    ("composer.lock", "inventoried", "Packagist"),
    ("packages.lock.json", "inventoried", "NuGet"),
    ("gradle.lockfile", "inventoried", "Maven"),
    ("buildscript-gradle.lockfile", "inventoried", "Maven"),
    ("Package.resolved", "inventoried", "SwiftURL"),
    ("mix.lock", "inventoried", "Hex"),
    ("pubspec.lock", "inventoried", "Pub"),
    ("deno.lock", "inventoried", NPM),
    ("bun.lockb", "", NPM),
)
"""File name pattern, the module that reads it (none for a binary form), and the ecosystem."""

_MANIFESTS = {
    "package.json": "package_json",
    "pyproject.toml": "pyproject",
    "setup.cfg": "setuptools",
    "setup.py": "setuptools",
    "Pipfile": "pipfile",
    "requirements.txt": "requirements",
    "go.mod": "go_mod",
}
_ECOSYSTEMS = {"pypi": PYPI, "npm": NPM, "go": GO, "cargo": "crates.io", "nuget": "NuGet", "maven": "Maven"}
_REQUIREMENTS = re.compile(r"(?:.*[-_.])?requirements(?:[-_.].*)?\.txt$|.*\.requirements\.txt$", re.IGNORECASE)
_UNLOCKED = "no lockfile pins what these need in turn"
_FLAT = "it does not say that it lists what its entries need in turn"


def resolve(root: Path, inventory: Inventory) -> tuple[Listing, ...]:
    """Read every manifest and lockfile of the tree's own packages, sorted by file and package.

    Args:
        root: the tree that the inventory lists.
        inventory: its files and packages.
    """
    found = _Resolver(root, inventory).listings()
    return tuple(sorted(found, key=lambda one: (one.path, one.package)))


class _Resolver:
    def __init__(self, root: Path, inventory: Inventory) -> None:
        self.root = root
        self.files = {file.path: file for file in inventory.files if file.surface is not Surface.VENDORED}
        self.inventory = inventory
        self.texts: dict[str, str | UnreadableError] = {}
        self.declared: dict[str, tuple[Requirement, ...]] = {}
        self.lost = {gap.path: gap.reason for gap in inventory.gaps}

    def listings(self) -> Iterator[Listing]:
        covered: set[tuple[str, str]] = set()
        for path in sorted({*self.files, *self.lost}):
            found = _lock_of(path)
            if found is not None:
                for listing in self._locked(path, *found):
                    covered.add((listing.package, listing.ecosystem))
                    yield listing
        for path in self._requirement_files():
            listing = self._required(path)
            if listing.locked:
                covered.add((listing.package, PYPI))
            yield listing
        for package in self.inventory.packages:
            ecosystem = _ECOSYSTEMS.get(package.ecosystem, package.ecosystem)
            is_requirements = _REQUIREMENTS.match(posixpath.basename(package.manifest))
            if package.declares_dependencies and not is_requirements and (package.path, ecosystem) not in covered:
                yield self._unlocked(package, ecosystem)

    def _text(self, path: str) -> str | None:
        """The text of a file of the tree; None where there is none that can be read."""
        if path not in self.files:
            return None
        if path not in self.texts:
            gaps: list[Gap] = []
            text = read_text(self.root, path, MAX_LOCKFILE, gaps)
            self.texts[path] = UnreadableError(gaps[0].reason) if text is None else text
        held = self.texts[path]
        return held if isinstance(held, str) else None

    def _document(self, path: str, manifests: dict[str, tuple[Requirement, ...]] | None = None) -> Document:
        text = self._text(path)
        if text is None:
            held = self.texts.get(path)
            raise held if isinstance(held, UnreadableError) else UnreadableError(self.lost.get(path, "is not there"))
        return Document(path, text, manifests or {}, self._text)

    def _requirements_of(self, manifest: str) -> tuple[Requirement, ...]:
        """What a manifest declares; nothing where it cannot be read, which its own listing says."""
        if manifest not in self.declared:
            module = _MANIFESTS.get(posixpath.basename(manifest))
            try:
                found = _manifest_reader(module)(self._document(manifest)) if module else ()
            except UnreadableError:
                found = ()
            self.declared[manifest] = found
        return self.declared[manifest]

    def _locked(self, path: str, module: str, ecosystem: str) -> Iterator[Listing]:
        directory = posixpath.dirname(path)
        speaking = path if ecosystem != GO else posixpath.join(directory, "go.mod")
        served = {
            _relative(posixpath.relpath(one.path or ".", directory or ".")): one
            for one in self.inventory.packages
            if path in one.lockfiles or (one.path == directory and _ECOSYSTEMS.get(one.ecosystem) == ecosystem)
        }
        try:
            manifests = {relative: self._requirements_of(one.manifest) for relative, one in served.items()}
            graph = _lock_reader(module)(self._document(path, manifests))
        except UnreadableError as error:
            for package in served.values() or (None,):
                yield self._listing(speaking, ecosystem, package, directory, trouble=str(error))
            return
        for importer in graph.importers:
            inside = _relative(posixpath.normpath(posixpath.join(directory, importer.directory)))
            package = served.get(importer.directory) or self._at(inside, ecosystem)
            yield self._of_importer(speaking, graph, importer, package, inside)

    def _at(self, path: str, ecosystem: str) -> Package | None:
        return next(
            (
                one
                for one in self.inventory.packages
                if one.path == path and _ECOSYSTEMS.get(one.ecosystem) == ecosystem
            ),
            None,
        )

    def _of_importer(
        self, path: str, graph: Graph, importer: Importer, package: Package | None, directory: str
    ) -> Listing:
        dependencies = walk(graph, importer)
        declared = self._requirements_of(package.manifest) if package else ()
        return self._listing(
            path,
            graph.ecosystem,
            package,
            directory,
            form=graph.form,
            dependencies=dependencies,
            drift=tuple(sorted(drift(graph, importer, declared, dependencies), key=lambda one: one.development)),
            partial=graph.partial,
            compared=importer.declared is not None and package is not None,
            notes=graph.notes,
        )

    def _requirement_files(self) -> Iterator[str]:
        """Files that pip is given, and those of the tree that they take in; constraints are none."""
        waiting = [
            path
            for path in sorted(self.files)
            if _REQUIREMENTS.match(posixpath.basename(path))
            or (posixpath.basename(posixpath.dirname(path)) == "requirements" and path.endswith(".txt"))
        ]
        seen: set[str] = set()
        while waiting:
            path = waiting.pop(0)
            if path not in seen:
                seen.add(path)
                yield path
                try:
                    waiting += _requirements(self._document(path)).includes
                except UnreadableError:
                    continue  # its own listing says why

    def _required(self, path: str) -> Listing:
        directory = posixpath.dirname(path)
        package = self._nearest(path)
        try:
            found = _requirements(self._document(path))
        except UnreadableError as error:
            return self._listing(path, PYPI, package, directory, trouble=str(error))
        outside = f"it takes in {found.outside[0][:80]}, which is not in the tree" if found.outside else ""
        manifest = package.manifest if package else path
        declared = {one.name for one in self._requirements_of(manifest)} if manifest != path else set()
        pinned = bool(found.listed) and all(one.version or one.local or one.unchecked for one in found.listed)
        return self._listing(
            path,
            PYPI,
            package,
            directory,
            form=posixpath.basename(path),
            dependencies=tuple(
                _listed(one, PYPI, direct=one.name not in found.transitive or one.name in declared)
                for one in found.listed
            ),
            floating=tuple(one for one in found.listed if not (one.version or one.local or one.unchecked)),
            locked=pinned,
            partial=outside or ("" if found.complete and pinned else _FLAT),
            notes=found.notes,
        )

    def _unlocked(self, package: Package, ecosystem: str) -> Listing:
        manifest = package.manifest
        module = _MANIFESTS.get(posixpath.basename(manifest), "")
        trouble = ""
        requirements: tuple[Requirement, ...] = ()
        try:
            requirements = _manifest_reader(module)(self._document(manifest))
        except UnreadableError as error:
            trouble = str(error)
        return self._listing(
            manifest,
            ecosystem,
            package,
            package.path,
            form=posixpath.basename(manifest),
            dependencies=tuple(_listed(one, ecosystem, direct=True) for one in requirements if not one.local),
            floating=tuple(one for one in requirements if not (one.version or one.local or one.unchecked)),
            locked=False,
            partial=_UNLOCKED,
            trouble=trouble,
        )

    def _nearest(self, path: str) -> Package | None:
        holding = [one for one in self.inventory.packages if one.ecosystem == "pypi" and one.holds(path)]
        return max(holding, key=lambda one: len(one.path), default=None)

    def _listing(self, path: str, ecosystem: str, package: Package | None, directory: str, **known: Any) -> Listing:
        """A listing with what every one has; ``known`` are further fields of it."""
        file = self.files.get(path)
        manifest = package.manifest if package else path
        surface = file.surface if file else Surface.PRODUCTION
        if surface.counts and package is not None and not package.ships:
            surface = Surface.SCRIPT
        return Listing(
            **{
                "path": path,
                "form": posixpath.basename(path),
                "ecosystem": ecosystem,
                "package": package.path if package else directory,
                "manifest": manifest,
                "locked": True,
                "surface": surface,
                **known,
            }
        )


def _requirements(document: Document) -> Requirements:
    """The parser costs a tenth of a second to load, and most trees have no such file."""
    from skillaudit.dependencies.requirements import read_requirements  # noqa: PLC0415

    return read_requirements(document)


def _listed(one: Requirement, ecosystem: str, *, direct: bool) -> Dependency:
    """A requirement as a dependency; without a version, or from elsewhere, it cannot be looked up."""
    why = one.unchecked or ("" if one.version else "comes from a local folder or file" if one.local else "not pinned")
    return Dependency(Coordinate(ecosystem, one.name, one.version), one.line, direct, one.development, (), why)


def _relative(path: str) -> str:
    """The inventory calls a root by an empty path."""
    return "" if path == "." else path


def _lock_of(path: str) -> tuple[str, str] | None:
    name = posixpath.basename(path)
    return next(((module, known) for pattern, module, known in _LOCKS if fnmatchcase(name, pattern)), None)


def _lock_reader(module: str) -> LockReader:
    if not module:
        raise UnreadableError("a binary form that only its package manager reads")
    return cast("LockReader", import_module(f"skillaudit.dependencies.{module}").read)


def _manifest_reader(module: str) -> ManifestReader:
    if not module:
        raise UnreadableError("packages of this kind are listed from lockfiles only")
    return cast("ManifestReader", import_module(f"skillaudit.dependencies.{module}").read)
