"""Read ``pdm.lock``."""

from skillaudit.dependencies._data import capped, pypi_name, read_tables, strings, table, tables, text_of
from skillaudit.dependencies._python import reached_from_manifest, requirement, source_of, table_lines, without_files
from skillaudit.dependency import Document, Graph, Node, UnreadableError

_MAIN = "default"


def read(document: Document) -> Graph:
    """Read a lockfile of pdm.

    Raises:
        UnreadableError: it is malformed.
    """
    data = read_tables(without_files(document.text))
    packages = tables(data.get("package"))
    capped(len(packages))
    version = text_of(table(data, "metadata").get("lock_version"))
    if not version:
        raise UnreadableError("it does not say its version")
    keys: dict[str, list[str]] = {}
    for number, package in enumerate(packages):
        keys.setdefault(pypi_name(text_of(package.get("name"))), []).append(str(number))
    nodes: dict[str, Node] = {}
    aside: dict[str, bool] = {}
    for number, (package, line) in enumerate(zip(packages, table_lines(document.text, "package"), strict=False)):
        needed = (requirement(wanted, line).name for wanted in strings(package.get("dependencies")))
        nodes[str(number)] = Node(
            pypi_name(text_of(package.get("name"))),
            text_of(package.get("version")),
            line,
            tuple(key for name in needed for key in keys.get(name, ())),
            source_of(package),
        )
        aside[str(number)] = _MAIN not in (strings(package.get("groups")) or (_MAIN,))
    return reached_from_manifest(f"pdm.lock v{version}", nodes, document.manifests, aside)
