"""Read ``pnpm-lock.yaml``, lockfile versions 6 to 9."""

import posixpath
from collections.abc import Iterator, Mapping

from skillaudit.dependencies._data import capped
from skillaudit.dependencies._indented import Block, read_indented, unquoted
from skillaudit.dependencies._npm import npm_provenance
from skillaudit.dependency import NPM, Document, Graph, Importer, Node, UnreadableError

_KNOWN = ("6.", "7.", "9.")
_RUNTIME, _DEVELOPMENT = ("dependencies", "optionalDependencies"), ("devDependencies",)
_LINK = "link:"


def read(document: Document) -> Graph:
    """Read a lockfile of pnpm.

    Raises:
        UnreadableError: it is malformed, cut off or of another version.
    """
    root = read_indented(document.text)
    version = root.text("lockfileVersion")
    if not version.startswith(_KNOWN):
        raise UnreadableError(f"lockfile version {version[:20] or 'unknown'} is not read")
    packages = root.items("packages")
    installed = root.items("snapshots") if version.startswith("9") else packages
    capped(len(installed))
    found = root.items("importers") or {".": root}
    nodes = {key: _node(key, block, packages, installed) for key, block in installed.items()}
    nodes |= {_own(directory): _project(directory, block, installed) for directory, block in found.items()}
    replaced = frozenset(_named(key.rpartition(">")[2])[0] for key in root.items("overrides"))
    importers = tuple(_importer(directory, block, installed, replaced) for directory, block in found.items())
    missing = next((key for node in nodes.values() for key in node.edges if key not in nodes), "")
    if missing:
        raise UnreadableError(f"it refers to {missing[:80]}, which it does not list: it may be cut off")
    return Graph(f"pnpm-lock.yaml v{version}", NPM, nodes, importers)


def _own(directory: str) -> str:
    return f"importer:{posixpath.normpath(directory)}"


def _node(key: str, block: Block, packages: Mapping[str, Block], installed: Mapping[str, Block]) -> Node:
    base = key.partition("(")[0]
    line = packages[base].line if base in packages else block.line
    name, version = _named(base)
    about = packages.get(base, block)
    unchecked = npm_provenance(version) or ("comes from an address" if ":" in version else "")
    wanted = {name: unquoted(one.value) for group in _RUNTIME for name, one in block.items(group).items()}
    edges = tuple(_key(name, version, ".", installed) for name, version in wanted.items())
    real = about.text("version")
    return Node(about.text("name") or name, real or ("" if unchecked else version), line, edges, unchecked)


def _named(base: str) -> tuple[str, str]:
    """Name and version of a key such as ``/name@1.0.0`` or ``@scope/name@1.0.0``."""
    base = base.removeprefix("/")
    at = base.find("@", 1)
    return (base[:at], base[at + 1 :]) if at > 0 else (base, "")


def _key(name: str, version: str, directory: str, installed: Mapping[str, Block]) -> str:
    """The key of what a package refers to: by name and version, or by a key of its own where that is an alias."""
    if version.startswith(_LINK):
        return _own(posixpath.join(directory, version.removeprefix(_LINK)))
    candidates = (f"{name}@{version}", f"/{name}@{version}", version, f"/{version}")
    return next((key for key in candidates if key in installed), candidates[0])


def _direct(block: Block, groups: tuple[str, ...], directory: str, installed: Mapping[str, Block]) -> Iterator[str]:
    for group in groups:
        for name, one in block.items(group).items():
            yield _key(name, one.text("version") or unquoted(one.value), directory, installed)


def _project(directory: str, block: Block, installed: Mapping[str, Block]) -> Node:
    return Node(directory, "", block.line, tuple(_direct(block, _RUNTIME, directory, installed)), own=True)


def _importer(directory: str, block: Block, installed: Mapping[str, Block], replaced: frozenset[str]) -> Importer:
    """``replaced`` are names whose range an override of the workspace sets, whatever the manifest says."""
    named = {
        name: "" if name in replaced else one.text("specifier")
        for group in (*_RUNTIME, *_DEVELOPMENT)
        for name, one in block.items(group).items()
        if one.text("specifier")
    }
    path = posixpath.normpath(directory)
    return Importer(
        "" if path == "." else path,
        tuple(_direct(block, _RUNTIME, directory, installed)),
        tuple(_direct(block, _DEVELOPMENT, directory, installed)),
        declared=named,
    )
