"""Read what a ``package.json`` declares."""

from skillaudit.dependencies._data import json_lines, read_json, table, text_of
from skillaudit.dependencies._npm import exact, is_local, npm_provenance
from skillaudit.dependency import Document, Requirement

_GROUPS = (("devDependencies", True), ("optionalDependencies", False), ("dependencies", False))


def read(document: Document) -> tuple[Requirement, ...]:
    """Read a manifest of npm's ecosystem; a name in several groups is what the strongest says.

    Raises:
        UnreadableError: it is malformed.
    """
    data = read_json(document.text)
    lines = json_lines(document.text)
    found: dict[str, Requirement] = {}
    for group, development in _GROUPS:
        for name, value in table(data, group).items():
            wanted = text_of(value)
            alias = wanted.removeprefix("npm:").rpartition("@") if wanted.startswith("npm:") else ("", "", wanted)
            found[name] = Requirement(
                name,
                wanted,
                exact(alias[2]),
                lines.get(name, 1),
                development,
                is_local(wanted),
                npm_provenance(wanted) or ("is installed under another name" if alias[0] else ""),
            )
    return tuple(found.values())
