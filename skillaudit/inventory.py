"""What is in a tree: every file with its language, surface and package, and every package with its lockfiles."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from skillaudit.inventories._languages import language_of
from skillaudit.inventories._layout import Layout, lay_out
from skillaudit.inventories.packages import MAX_MANIFEST, Package, find_packages
from skillaudit.inventories.promotion import Candidate, promoted
from skillaudit.inventories.reading import Entry, read_entry, read_text, walk
from skillaudit.inventories.surfaces import is_promotable, is_vendored, surface_of
from skillaudit.model import Gap, Language, Surface

__all__ = ["Inventory", "Package", "SourceFile", "take_inventory"]

_VENDOR_MARKS = frozenset({"modules.txt", "vendor.txt", "autoload.php", "vendor.json"})
_LEAST_LINES = 3
_RELEASE_FILE = re.compile(r"(?:Dockerfile.*|.*\.Dockerfile|\.?goreleaser.*\.ya?ml|\.ko\.yaml)$", re.IGNORECASE)
_COMMAND = re.compile(r"\bcmd/([\w.-]{1,100})")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the tree.

    ``lines`` are the non-blank ones, 0 for what is no source code or too large to read. ``digest`` is the SHA-256 of
    the bytes in hexadecimal. ``package`` is the path of the nearest package above it, '' for the repository's root.
    """

    path: str
    language: Language | None
    surface: Surface
    lines: int
    size: int
    digest: str
    package: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files and packages of a tree, sorted by path.

    ``test_files`` counts the source files on the test surface, shell scripts apart: most of those are fixtures.
    """

    files: tuple[SourceFile, ...]
    packages: tuple[Package, ...]
    gaps: tuple[Gap, ...]
    test_files: int

    @property
    def production_lines(self) -> int:
        """Non-blank lines of production code in any language."""
        return sum(self.languages().values())

    def languages(self) -> dict[str, int]:
        """Non-blank production lines by language label, most first."""
        lines: Counter[str] = Counter()
        for file in self.of(Surface.PRODUCTION):
            if file.language is not None and file.lines:
                lines[file.language.label] += file.lines
        return dict(sorted(lines.items(), key=lambda item: (-item[1], item[0])))

    def of(self, *surfaces: Surface) -> tuple[SourceFile, ...]:
        """The files on any of the surfaces."""
        return tuple(file for file in self.files if file.surface in surfaces)

    def package_of(self, path: str) -> Package | None:
        """The nearest package that holds the path, None where no manifest is above it.

        Where a directory has manifests of several ecosystems, that of the file's language is meant.
        """
        holding = [package for package in self.packages if package.holds(path)]
        ecosystem = _ECOSYSTEMS.get(language.label, "") if (language := language_of(path, b"")) else ""
        return max(holding, key=lambda package: (len(package.path), package.ecosystem == ecosystem), default=None)

    def tests_of(self, package: Package) -> int:
        """How many test files cover a package.

        Its own count; a package that has none is covered by those that belong to no package that ships: a test
        folder at the repository's root, or a test package beside it.
        """
        tests = [file for file in self.of(Surface.TEST) if _is_code(file)]
        own = sum(package.holds(file.path) for file in tests)
        shipping = {other.path for other in self.packages if other.ships and other.path}
        return own or sum(file.package not in shipping for file in tests)


_ECOSYSTEMS = {"python": "pypi", "typescript": "npm", "javascript": "npm", "go": "go", "rust": "cargo", "java": "maven"}


def take_inventory(root: Path, gaps: tuple[Gap, ...] = ()) -> Inventory:
    """List a tree: each file is read once, links are not followed, nothing is run.

    Args:
        root: the directory to list; its own name plays no part.
        gaps: what acquiring the tree already left out; they lead the inventory's gaps.
    """
    found: list[Gap] = []
    paths = sorted(walk(root, found))
    marked = frozenset(path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] in _VENDOR_MARKS)
    foreign = frozenset(path for path in paths if is_vendored(path, marked))
    entries = {
        path: entry for path in paths if (entry := read_entry(root, path, found, foreign=path in foreign)) is not None
    }
    own = [path for path in entries if path not in foreign]
    packages, unread = find_packages(own, lambda path: read_text(root, path, MAX_MANIFEST, found))
    layout = _lay_out(root, own, entries, packages, found)
    files = tuple(_files(entries, foreign, layout))
    return Inventory(
        files=files,
        packages=_judged(packages, files, layout),
        gaps=(*gaps, *sorted({*found, *unread}, key=lambda gap: (gap.path, gap.kind, gap.reason))),
        test_files=sum(file.surface is Surface.TEST and _is_code(file) for file in files),
    )


def _is_code(file: SourceFile) -> bool:
    return file.language not in {None, Language.SHELL}


def _lay_out(
    root: Path, own: list[str], entries: Mapping[str, Entry], packages: tuple[Package, ...], gaps: list[Gap]
) -> Layout:
    contents = {path: content for path in own if (content := entries[path].content) is not None}
    roots = {package.path: package.name for package in packages}
    commands: set[str] = set()
    for path in own:
        if _RELEASE_FILE.match(path.rpartition("/")[2]):
            commands |= set(_COMMAND.findall(read_text(root, path, MAX_MANIFEST, gaps) or ""))
    real = {path.split("cmd/")[1].split("/")[0] for path in contents if path.endswith(".go") and "cmd/" in path}
    helpers = frozenset(package.path for package in packages if not package.ships)
    return lay_out(contents, roots, frozenset(commands & real), helpers)


def _files(entries: Mapping[str, Entry], foreign: frozenset[str], layout: Layout) -> Iterator[SourceFile]:
    surfaces = {
        path: Surface.VENDORED if path in foreign else surface_of(path, entry.language, layout)
        for path, entry in entries.items()
    }
    server = promoted(
        Candidate(
            path, layout.root_of(path), surfaces[path], content.lines, content.speaks_mcp, is_promotable(path, layout)
        )
        for path, content in layout.files.items()
    )
    for path, entry in entries.items():
        surface = Surface.PRODUCTION if path in server else surfaces[path]
        lines = entry.content.lines if entry.content else 0
        yield SourceFile(path, entry.language, surface, lines, entry.size, entry.digest, layout.root_of(path))


def _judged(packages: tuple[Package, ...], files: tuple[SourceFile, ...], layout: Layout) -> tuple[Package, ...]:
    """Packages that hold production code ship; a Go module with a main package among it is an application.

    A line or two are the ``__init__`` of a generated or documentation package.
    """
    shipping: Counter[str] = Counter()
    programs: set[str] = set()
    for file in files:
        if file.language is not None and file.surface in {Surface.PRODUCTION, Surface.CLI}:
            shipping[file.package] += file.lines
            if (content := layout.files.get(file.path)) is not None and content.go_main:
                programs.add(file.package)
    return tuple(
        replace(
            package,
            ships=shipping[package.path] >= _LEAST_LINES,
            kind="application" if package.ecosystem == "go" and package.path in programs else package.kind,
        )
        for package in packages
    )
