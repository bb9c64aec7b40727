"""What is in a tree: every file with its language, surface and package, and every package with its lockfiles."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from skillaudit.inventories._content import Content
from skillaudit.inventories._layout import Layout, lay_out
from skillaudit.inventories.packages import MAX_MANIFEST, Package, find_packages
from skillaudit.inventories.promotion import Candidate, promoted
from skillaudit.inventories.reading import Entry, Readings, read_text, walk
from skillaudit.inventories.surfaces import is_promotable, is_start, is_vendored, surface_of
from skillaudit.languages import language_of
from skillaudit.model import Gap, Language, Surface

__all__ = ["Inventory", "Package", "Readings", "SourceFile", "take_inventory"]

_VENDOR_MARKS = frozenset({"modules.txt", "vendor.txt", "autoload.php", "vendor.json"})
_WHOSE = re.compile(
    r"(?:licen[cs]e|copying|notice)(?:[.-].*)?$|(?:package\.json|go\.mod|cargo\.toml|pyproject\.toml|setup\.py|metadata|pkg-info|"
    r"bower\.json|pyvenv\.cfg|modules\.txt|vendor\.txt|vendor\.json|autoload\.php)$",
    re.IGNORECASE,
)
"""Files that say whose code lies in a folder."""
_NO_IDS: Mapping[str, str] = {}
_LEAST_LINES = 3
_RELEASE_FILE = re.compile(r"(?:Dockerfile.*|.*\.Dockerfile|\.?goreleaser.*\.ya?ml|\.ko\.yaml)$", re.IGNORECASE)
_COMMAND = re.compile(r"\bcmd/([\w.-]{1,100})")


class SourceFile(msgspec.Struct, frozen=True):
    """One file of the tree.

    ``lines`` are the non-blank ones, 0 for what is no source code, and an estimate for what could not be read (a file,
    or a folder with all in it). ``digest`` is the SHA-256 of the bytes in hexadecimal, empty where there are none.
    ``package`` is the path of the nearest package above it, '' for the repository's root; ``addressed`` says that it
    holds words to the auditor, ``empty_test`` that it is called like a test and holds none,
    ``unbuilt`` that it is Go which no build takes by its header (``//go:build ignore``).
    """

    path: str
    language: Language | None
    surface: Surface
    lines: int
    size: int
    digest: str
    package: str
    addressed: bool = False
    empty_test: bool = False
    unbuilt: bool = False


class Inventory(msgspec.Struct, frozen=True):
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


def take_inventory(
    root: Path, gaps: tuple[Gap, ...] = (), ids: Mapping[str, str] = _NO_IDS, readings: Readings | None = None
) -> Inventory:
    """List a tree: each file is read once, links are not followed, nothing is run.

    Args:
        root: the directory to list; its own name plays no part.
        gaps: what acquiring the tree already left out; they lead the inventory's gaps.
        ids: an id of each file's content by path, where known.
        readings: what was read in other trees; what is read here is added.
    """
    readings = readings or Readings()
    found: list[Gap] = []
    paths = sorted(walk(root, found))
    unread = {gap.path: gap.lines for gap in gaps if gap.lines and language_of(gap.path, b"")}
    marked = frozenset(path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] in _VENDOR_MARKS)
    licensed = frozenset(above for path in paths if _WHOSE.match(path.rpartition("/")[2]) for above in _above(path))
    vendored = partial(is_vendored, vendor_marked=marked, licensed=licensed)
    foreign = frozenset(filter(vendored, (*paths, *unread)))
    entries = {
        path: entry
        for path in paths
        if (entry := readings.entry(root, path, found, ids.get(path, ""), foreign=path in foreign)) is not None
    }
    unread |= {gap.path: gap.lines for gap in found if gap.lines and language_of(gap.path, b"")}
    entries |= {path: _unread_entry(path, lines, entries.get(path)) for path, lines in unread.items()}
    entries = _believed(dict(sorted(entries.items())))
    own = [path for path in entries if path not in foreign]
    packages, unreadable = find_packages(own, lambda path: read_text(root, path, MAX_MANIFEST, found))
    layout = _lay_out(root, own, entries, packages, found)
    starts = frozenset(path for package in packages for path in package.entries)
    files = tuple(_files(entries, foreign, layout, starts))
    missed = (*gaps, *sorted({*found, *unreadable}, key=lambda gap: (gap.path, gap.kind, gap.reason)))
    files = tuple(sorted((*files, *_behind(missed, files, vendored, layout)), key=lambda file: file.path))
    production = {file.path for file in files if file.surface is Surface.PRODUCTION}
    return Inventory(
        files=files,
        packages=_judged(packages, files, layout),
        gaps=tuple(gap if gap.path in production else replace(gap, lines=0) for gap in missed),
        test_files=sum(file.surface is Surface.TEST and _is_code(file) for file in files),
    )


def _believed(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries; where one file says wrongly that a program wrote it, no file of the folder is believed in that."""
    lying = {path.rpartition("/")[0] for path, entry in entries.items() if entry.content and entry.content.acts}
    return {
        path: replace(entry, content=replace(entry.content, acts=True))
        if entry.content and entry.content.generated and path.rpartition("/")[0] in lying
        else entry
        for path, entry in entries.items()
    }


def _above(path: str) -> Iterator[str]:
    """The folders above a path."""
    while path := path.rpartition("/")[0]:
        yield path


def _unread_entry(path: str, lines: int, entry: Entry | None) -> Entry:
    """A source file of which nothing but its name and size is known; it is classified as if it were empty."""
    size, digest = (entry.size, entry.digest) if entry else (0, "")
    return Entry(size, digest, language_of(path, b""), Content(lines, unread=True))


def _behind(
    gaps: Iterable[Gap], files: Sequence[SourceFile], vendored: Callable[[str], bool], layout: Layout
) -> Iterator[SourceFile]:
    """What may lie in folders, and beyond caps, that were not looked at: code in the language that prevails there."""
    known = {file.path for file in files}
    for path, lines in {gap.path: gap.lines for gap in gaps if gap.lines and gap.path not in known}.items():
        inside = f"{path}/_"
        surface = Surface.VENDORED if vendored(inside) else surface_of(inside, None, layout)
        package = layout.root_of(path)
        yield SourceFile(path, _prevailing(files, package), surface, lines, 0, "", package)


def _prevailing(files: Sequence[SourceFile], package: str) -> Language:
    """The supported language with most production lines in a package, else in the repository, else any."""
    lines: Counter[Language] = Counter()
    for file in files:
        if file.language is not None and file.language.supported and file.surface is Surface.PRODUCTION:
            lines[file.language] += file.lines * (len(files) if file.package == package else 1)
    return max(lines, key=lambda language: lines[language], default=Language.PYTHON)


def _is_code(file: SourceFile) -> bool:
    return file.language not in {None, Language.SHELL} and not file.empty_test


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


def _files(
    entries: Mapping[str, Entry], foreign: frozenset[str], layout: Layout, starts: frozenset[str]
) -> Iterator[SourceFile]:
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
        started = path in starts and path in layout.files and is_start(path, surfaces[path], layout)
        surface = Surface.PRODUCTION if started or path in server else surfaces[path]
        lines = entry.content.lines if entry.content else 0
        package = layout.root_of(path)
        said = (entry.addressed, surface is Surface.TEST and _only_named_so(path, package, entry))
        unbuilt = entry.content is not None and entry.content.build_ignored and entry.language is Language.GO
        yield SourceFile(path, entry.language, surface, lines, entry.size, entry.digest, package, *said, unbuilt)


def _only_named_so(path: str, package: str, entry: Entry) -> bool:
    """Whether a file beside the manifest is called like a test and holds none, as ``test_connection.py``."""
    beside = path.rpartition("/")[0] == package
    return beside and entry.content is not None and not entry.content.tests


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
