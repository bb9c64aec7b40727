"""Read ``poetry.lock``."""

from skillaudit.dependencies._data import capped, pypi_name, read_tables, strings, table, tables, text_of
from skillaudit.dependencies._python import reached_from_manifest, source_of, table_lines, without_files
from skillaudit.dependency import Document, Graph, Node, UnreadableError

_MAIN = "main"


def read(document: Document) -> Graph:
    """Read a lockfile of poetry.

    Raises:
        UnreadableError: it is malformed or cut off.
    """
    data = read_tables(without_files(document.text))
    packages = tables(data.get("package"))
    capped(len(packages))
    if "metadata" not in data:
        raise UnreadableError("it has no metadata at its end: it may be cut off")
    keys: dict[str, list[str]] = {}
    for number, package in enumerate(packages):
        keys.setdefault(pypi_name(text_of(package.get("name"))), []).append(str(number))
    lines = table_lines(document.text, "package")
    nodes: dict[str, Node] = {}
    aside: dict[str, bool] = {}
    for number, (package, line) in enumerate(zip(packages, lines, strict=False)):
        needed = (pypi_name(name) for name in table(package.get("dependencies")))
        nodes[str(number)] = Node(
            pypi_name(text_of(package.get("name"))),
            text_of(package.get("version")),
            line,
            tuple(key for name in needed for key in keys.get(name, ())),
            source_of(table(package.get("source"))),
        )
        groups = strings(package.get("groups")) or (text_of(package.get("category")) or _MAIN,)
        aside[str(number)] = _MAIN not in groups
    form = f"poetry.lock v{text_of(table(data, 'metadata').get('lock-version')) or '1'}"
    return reached_from_manifest(form, nodes, document.manifests, aside)
