"""Packages by manifest: what they are called, what they need, and which lockfiles cover them."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

import msgspec
from msgspec.structs import replace

from skillaudit.inventories import _compiled, _lockfiles, _npm, _python
from skillaudit.inventories._manifest import Ecosystem, Kind, Manifest, ManifestError
from skillaudit.model import Gap

MAX_MANIFEST = 1 << 20

Read = Callable[[str], str | None]
"""Path to text; None where the file is missing, too large or no text, which the reader itself records as a gap."""

# In the order of authority: the first manifest of an ecosystem that describes a package speaks for its directory.
_READERS: tuple[tuple[str, Ecosystem, Callable[[str], Manifest | None]], ...] = (
    ("package.json", "npm", _npm.read_package_json),
    ("pyproject.toml", "pypi", _python.read_pyproject),
    ("setup.cfg", "pypi", _python.read_setup_cfg),
    ("setup.py", "pypi", _python.read_setup_py),
    ("Pipfile", "pypi", _python.read_pipfile),
    ("requirements.txt", "pypi", _python.read_requirements),
    ("go.mod", "go", _compiled.read_go_mod),
    ("Cargo.toml", "cargo", _compiled.read_cargo),
    (".csproj", "nuget", _compiled.read_csproj),
    ("pom.xml", "maven", _compiled.read_pom),
    ("build.gradle", "gradle", _compiled.read_gradle),
    ("build.gradle.kts", "gradle", _compiled.read_gradle),
)


class Package(msgspec.Struct, frozen=True):
    """A directory with a manifest: what is built, released and graded as one.

    ``path`` is '' for the repository's root. ``lockfiles`` are paths, own ones and those of the workspace root that
    lists the package as a member; a ``requirements.txt`` counts when every line pins one version. ``ships`` is False
    for examples, tests, documentation and build helpers, and for workspace roots without production code.
    ``runtime_dependencies`` are names, canonical ones (PEP 503) for PyPI, without those the repository provides.
    ``entries`` are paths where the files may be that its manifest names as its start.
    """

    path: str
    name: str
    ecosystem: Ecosystem
    manifest: str
    lockfiles: tuple[str, ...]
    declares_dependencies: bool
    ships: bool
    kind: Kind
    runtime_dependencies: tuple[str, ...]
    entries: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether the path lies in the package's directory, at any depth."""
        return not self.path or path == self.path or path.startswith(f"{self.path}/")


def find_packages(paths: Iterable[str], read: Read) -> tuple[tuple[Package, ...], tuple[Gap, ...]]:
    """Read every manifest among ``paths``, at most one per directory and ecosystem, sorted by path and ecosystem.

    ``ships`` is False for tools that only help to build the other packages, and provisionally True for the rest: it
    takes the surfaces to decide.
    """
    directories = _directories(paths)
    packages: list[Package] = []
    members: dict[tuple[str, Ecosystem], tuple[str, ...]] = {}
    manifests: dict[str, Manifest] = {}
    gaps: list[Gap] = []
    for directory, names in sorted(directories.items()):
        taken: set[Ecosystem] = set()
        for name, ecosystem, manifest in _manifests(directory, names, read, gaps):
            if ecosystem not in taken:
                taken.add(ecosystem)
                found = _members(directory, names, ecosystem, manifest, read)
                if found:
                    members[directory, ecosystem] = found
                    manifest = replace(manifest, kind="workspace-root")  # noqa: PLW2901 - same manifest, more known
                manifests[_join(directory, name)] = manifest
                packages.append(_package(directory, name, ecosystem, manifest))
    used = {name for manifest in manifests.values() for name in manifest.uses}
    building = {name for manifest in manifests.values() for name in manifest.builds_with} - used
    covered = [
        replace(
            package,
            lockfiles=_covering(package, directories, members, read),
            ships=not (manifests[package.manifest].tool and package.name in building),
        )
        for package in packages
    ]
    return tuple(sorted(covered, key=lambda package: (package.path, package.ecosystem))), tuple(gaps)


def _directories(paths: Iterable[str]) -> dict[str, frozenset[str]]:
    """File names by directory."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        directory, _, name = path.rpartition("/")
        names[directory].add(name)
    return {directory: frozenset(found) for directory, found in names.items()}


def _manifests(
    directory: str, names: frozenset[str], read: Read, gaps: list[Gap]
) -> Iterable[tuple[str, Ecosystem, Manifest]]:
    """The readable manifests of one directory; an unreadable one is a gap, and still marks a package."""
    for pattern, ecosystem, reader in _READERS:
        for name in sorted(name for name in names if name == pattern or (name.endswith(pattern) and pattern[0] == ".")):
            path = _join(directory, name)
            source = read(path)
            try:
                manifest = None if source is None else reader(source)
            except ManifestError as error:
                gaps.append(Gap("manifest", path, str(error)))
                manifest = Manifest(name="", kind="application", declares=True)
            if manifest is not None:
                yield name, ecosystem, manifest


def _package(directory: str, name: str, ecosystem: Ecosystem, manifest: Manifest) -> Package:
    fallback = PurePosixPath(name).stem if ecosystem == "nuget" else directory.rpartition("/")[2]
    return Package(
        path=directory,
        name=manifest.name or fallback,
        ecosystem=ecosystem,
        manifest=_join(directory, name),
        lockfiles=(),
        declares_dependencies=manifest.declares,
        ships=True,
        kind=manifest.kind,
        runtime_dependencies=manifest.runtime,
        entries=tuple(posixpath.normpath(_join(directory, entry)) for entry in manifest.entries),
    )


def _members(
    directory: str, names: frozenset[str], ecosystem: Ecosystem, manifest: Manifest, read: Read
) -> tuple[str, ...] | None:
    """The member patterns of a workspace root, None where the package is none."""
    if ecosystem == "npm" and "pnpm-workspace.yaml" in names:
        return _npm.read_pnpm_workspace(read(_join(directory, "pnpm-workspace.yaml")) or "")
    if ecosystem == "go" and "go.work" in names:
        return _compiled.read_go_work(read(_join(directory, "go.work")) or "")
    return manifest.members


def _covering(
    package: Package,
    directories: Mapping[str, frozenset[str]],
    members: Mapping[tuple[str, Ecosystem], tuple[str, ...]],
    read: Read,
) -> tuple[str, ...]:
    """The lockfiles of the package's directory and of each workspace root above that lists it."""
    found = _locks(package.path, directories, package.ecosystem)
    for (root, ecosystem), patterns in members.items():
        inside = package.path[len(root) :].lstrip("/") if package.path.startswith(f"{root}/" if root else "") else ""
        if inside and ecosystem == package.ecosystem and _lockfiles.is_member(inside, patterns):
            found |= _locks(root, directories, ecosystem)
    pins = _join(package.path, "requirements.txt")
    if package.ecosystem == "pypi" and "requirements.txt" in directories[package.path]:
        source = read(pins) or ""
        if _python.is_pinned(source) and set(package.runtime_dependencies) <= set(
            _python.read_requirements(source).runtime
        ):
            found |= {pins}
    return tuple(sorted(found))


def _locks(directory: str, directories: Mapping[str, frozenset[str]], ecosystem: Ecosystem) -> set[str]:
    return {
        _join(directory, name) for name in _lockfiles.lockfiles_in(directories.get(directory, frozenset()), ecosystem)
    }


def _join(directory: str, name: str) -> str:
    return f"{directory}/{name}" if directory else name
