"""Read ``uv.lock``."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from skillaudit.dependencies._data import capped, pypi_name, read_tables, strings, table, tables, text_of
from skillaudit.dependencies._python import is_development, source_of, table_lines, without_files
from skillaudit.dependency import PYPI, Document, Graph, Importer, Node, UnreadableError

_LOCAL = ("editable", "virtual", "directory")

_Table = Mapping[str, object]


def read(document: Document) -> Graph:
    """Read a lockfile of uv.

    Raises:
        UnreadableError: it is malformed, cut off or of an unknown version.
    """
    data = read_tables(without_files(document.text))
    if data.get("version") != 1:
        raise UnreadableError(f"lockfile version {str(data.get('version'))[:20]} is not known")
    packages = tables(data.get("package"))
    capped(len(packages))
    versions: dict[str, list[str]] = {}
    for package in packages:
        versions.setdefault(pypi_name(text_of(package.get("name"))), []).append(_key(package))
    lines = table_lines(document.text, "package")
    lines += [1] * (len(packages) - len(lines))
    nodes: dict[str, Node] = {}
    for package, line in zip(packages, lines, strict=False):
        nodes |= _nodes(package, line, versions)
    missing = next((key for node in nodes.values() for key in node.edges if key not in nodes), "")
    if missing:
        raise UnreadableError(f"it refers to {missing[:80]}, which it does not list: it may be cut off")
    importers = tuple(one for package in packages for one in _importers(package, versions))
    return Graph("uv.lock", PYPI, nodes, importers)


def _key(package: _Table) -> str:
    return f"{pypi_name(text_of(package.get('name')))}@{text_of(package.get('version'))}"


def _nodes(package: _Table, line: int, versions: Mapping[str, Sequence[str]]) -> dict[str, Node]:
    """The package, and one node that stands for each of its extras."""
    key, source = _key(package), table(package.get("source"))
    name, own = pypi_name(text_of(package.get("name"))), _folder(source) is not None
    needed = tuple(_edges(package.get("dependencies"), versions))
    found = {key: Node(name, text_of(package.get("version")), line, needed, source_of(source), own)}
    for extra, wanted in table(package.get("optional-dependencies")).items():
        found[f"{key}[{extra}]"] = Node(name, found[key].version, line, (key, *_edges(wanted, versions)), own=True)
    return found


def _folder(source: _Table) -> str | None:
    """Where in the repository the package's code is, None where it is not there."""
    folder = next((text_of(source[kind]) for kind in _LOCAL if kind in source), None)
    return None if folder is None or folder.startswith(("/", "..")) else posixpath.normpath(folder)


def _edges(value: object, versions: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The keys of a list of dependencies; where the version is left out, there is one."""
    for one in tables(value):
        name = pypi_name(text_of(one.get("name")))
        version = text_of(one.get("version"))
        for key in [f"{name}@{version}"] if version else versions.get(name, [f"{name}@"]):
            yield key
            for extra in strings(one.get("extra")):
                yield f"{key}[{extra}]"


def _importers(package: _Table, versions: Mapping[str, Sequence[str]]) -> Iterator[Importer]:
    folder = _folder(table(package.get("source")))
    if folder is None:
        return
    extras, groups = table(package.get("optional-dependencies")), table(package.get("dev-dependencies"))
    aside = [wanted for name, wanted in extras.items() if is_development(name)]
    shipped = [wanted for name, wanted in extras.items() if not is_development(name)]
    metadata = table(package.get("metadata"))
    recorded = [
        *tables(metadata.get("requires-dist")),
        *(one for group in table(metadata, "requires-dev").values() for one in tables(group)),
    ]
    yield Importer(
        "" if folder == "." else folder,
        tuple(key for wanted in (package.get("dependencies"), *shipped) for key in _edges(wanted, versions)),
        tuple(key for wanted in (*groups.values(), *aside) for key in _edges(wanted, versions)),
        declared={pypi_name(text_of(one.get("name"))): text_of(one.get("specifier")) for one in recorded},
    )
