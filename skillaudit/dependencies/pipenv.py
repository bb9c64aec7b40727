"""Read ``Pipfile.lock``."""

from collections.abc import Iterator

from skillaudit.dependencies._data import capped, json_lines, pypi_name, read_json, table, text_of
from skillaudit.dependencies._python import exact, source_of
from skillaudit.dependency import PYPI, Document, Graph, Importer, Node, UnreadableError


def read(document: Document) -> Graph:
    """Read a lockfile of pipenv; it does not say what needs what.

    Raises:
        UnreadableError: it is malformed.
    """
    data = read_json(document.text)
    if not table(data, "_meta"):
        raise UnreadableError("it has no _meta section")
    lines = json_lines(document.text)
    default, develop = (dict(_nodes(table(data, section), section, lines)) for section in ("default", "develop"))
    capped(len(default) + len(develop))
    declared = {one.name for one in document.manifests.get("", ())}
    importer = Importer(
        "",
        tuple(key for key, node in default.items() if node.name in declared),
        tuple(key for key, node in develop.items() if node.name in declared),
        tuple(key for key, node in default.items() if node.name not in declared),
        tuple(key for key, node in develop.items() if node.name not in declared),
        declared={node.name: "" for node in (*default.values(), *develop.values())},
    )
    return Graph("Pipfile.lock", PYPI, {**default, **develop}, (importer,))


def _nodes(section: dict[str, object], kind: str, lines: dict[str, int]) -> Iterator[tuple[str, Node]]:
    for name, value in section.items():
        entry = table(value)
        version = exact(text_of(entry.get("version")))
        yield f"{kind}/{name}", Node(pypi_name(name), version, lines.get(name, 1), unchecked=source_of(entry))
