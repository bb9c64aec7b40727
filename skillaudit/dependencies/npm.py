"""Read ``package-lock.json`` and ``npm-shrinkwrap.json``, lockfile versions 1 to 3."""

import posixpath
from collections.abc import Iterator, Mapping

from skillaudit.dependencies._data import capped, json_lines, read_json, table, text_of
from skillaudit.dependencies._npm import npm_provenance
from skillaudit.dependency import NPM, Document, Graph, Importer, Node, UnreadableError

_RUNTIME = ("dependencies", "optionalDependencies")
_NEEDED = (*_RUNTIME, "peerDependencies")
_MARK = "node_modules/"
_DEPTH = 100


def read(document: Document) -> Graph:
    """Read an npm lockfile.

    Raises:
        UnreadableError: it is malformed or of an unknown version.
    """
    data = read_json(document.text)
    version = data.get("lockfileVersion", 1)
    form = f"{posixpath.basename(document.path)} v{version}"
    if version in {2, 3} and isinstance(data.get("packages"), dict):
        packages = {path: table(entry) for path, entry in table(data, "packages").items()}
        return _graph(form, packages, _importers(packages), json_lines(document.text))
    if version == 1:
        packages = dict(_flattened(table(data, "dependencies"), "", 0))
        importers = tuple(_declared(document, packages))
        return _graph(form, packages, importers, json_lines(document.text))
    raise UnreadableError(f"lockfile version {str(version)[:20]} is not known")


_Packages = Mapping[str, Mapping[str, object]]


def _graph(form: str, packages: _Packages, importers: tuple[Importer, ...], lines: Mapping[str, int]) -> Graph:
    capped(len(packages))
    nodes: dict[str, Node] = {}
    for path, entry in packages.items():
        if entry.get("link") is not True:
            nodes[path] = _node(path, entry, packages, lines)
    return Graph(form, NPM, nodes, importers)


def _node(path: str, entry: Mapping[str, object], packages: _Packages, lines: Mapping[str, int]) -> Node:
    inside = _MARK in path
    name = text_of(entry.get("name")) or path.rpartition(_MARK)[2]
    line = lines.get(path) or lines.get(path.rpartition(_MARK)[2], 1)
    version = text_of(entry.get("version"))
    unchecked = npm_provenance(text_of(entry.get("resolved"))) or npm_provenance(version)
    # Peers of the repository's own packages are the user's to install; peers of what is installed are installed.
    groups = _NEEDED if inside else _RUNTIME
    edges = tuple(_resolved(path, [name for group in groups for name in table(entry, group)], packages))
    return Node(name, version, line, edges, unchecked, own=not inside)


def _importers(packages: _Packages) -> tuple[Importer, ...]:
    return tuple(
        Importer(
            path,
            tuple(_resolved(path, [name for group in _NEEDED for name in table(entry, group)], packages)),
            tuple(_resolved(path, list(table(entry, "devDependencies")), packages)),
            declared={
                name: text_of(wanted)
                for group in (*_RUNTIME, "devDependencies")
                for name, wanted in table(entry, group).items()
            },
        )
        for path, entry in packages.items()
        if _MARK not in path and entry.get("link") is not True
    )


def _resolved(path: str, names: list[str], packages: _Packages) -> Iterator[str]:
    """The keys that Node finds for the names when it looks from a path upwards; what is not installed has none."""
    for name in names:
        base = path
        while True:
            found = f"{base}/{_MARK}{name}" if base else f"{_MARK}{name}"
            entry = packages.get(found)
            if entry is not None:
                yield posixpath.normpath(text_of(entry.get("resolved"))) if entry.get("link") is True else found
                break
            if not base:
                break
            base = (
                base.rpartition(_MARK)[0].rstrip("/")
                if base.rpartition("/")[0].endswith("node_modules")
                else (base.rpartition("/")[0])
            )


def _flattened(dependencies: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, dict[str, object]]]:
    """The nested tables of version 1 as the paths of version 2."""
    if depth > _DEPTH:
        raise UnreadableError("nested too deep")
    for name, value in dependencies.items():
        entry, path = table(value), f"{prefix}{_MARK}{name}"
        yield path, {**entry, "dependencies": table(entry, "requires")}
        yield from _flattened(table(entry, "dependencies"), f"{path}/", depth + 1)


def _declared(document: Document, packages: _Packages) -> Iterator[Importer]:
    """Version 1 does not say what the manifest declares: the manifest does."""
    for directory, requirements in document.manifests.items():
        runtime = [one.name for one in requirements if not one.development]
        development = [one.name for one in requirements if one.development]
        yield Importer(
            directory,
            tuple(_resolved("", runtime, packages)),
            tuple(_resolved("", development, packages)),
        )
    if not document.manifests:
        top = [path for path in packages if path.count(_MARK) == 1]
        yield Importer(
            "",
            loose=tuple(path for path in top if packages[path].get("dev") is not True),
            loose_development=tuple(path for path in top if packages[path].get("dev") is True),
        )
