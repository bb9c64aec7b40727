"""Read what a ``pyproject.toml`` declares: PEP 621, dependency groups (PEP 735), poetry and uv."""

import re
from collections.abc import Iterator, Mapping

from skillaudit.dependencies._data import pypi_name, read_tables, strings, table, text_of
from skillaudit.dependencies._python import is_development, name_lines, requirement, source_of
from skillaudit.dependency import Document, Requirement

_POETRY_EXACT = re.compile(r"\s*(?:==)?\s*(\d[\w.+!-]*)\s*$")


def read(document: Document) -> tuple[Requirement, ...]:
    """Read a manifest of Python; a name in several groups is what the strongest says.

    Raises:
        UnreadableError: it is malformed.
    """
    data = read_tables(document.text)
    lines = name_lines(document.text)
    found = sorted((*_standard(data, lines), *_poetry(data, lines)), key=lambda one: not one.development)
    sources = {pypi_name(name): table(value) for name, value in table(data, "tool", "uv", "sources").items()}
    return tuple({one.name: _from(one, sources.get(one.name, {})) for one in found}.values())


def _from(one: Requirement, source: Mapping[str, object]) -> Requirement:
    """The requirement with where uv takes it from, unless that is an index."""
    own = source.get("workspace") is True or "path" in source
    why = "is part of the repository" if source.get("workspace") is True else source_of(source)
    return Requirement(one.name, one.wanted, one.version, one.line, one.development, own, one.unchecked or why)


def _standard(data: Mapping[str, object], lines: Mapping[str, int]) -> Iterator[Requirement]:
    project = table(dict(data), "project")
    yield from _listed(project.get("dependencies"), lines, development=False)
    for extra, wanted in table(project, "optional-dependencies").items():
        yield from _listed(wanted, lines, development=is_development(extra))
    groups = table(dict(data), "dependency-groups").values()
    for wanted in (*groups, table(dict(data), "tool", "uv").get("dev-dependencies")):
        yield from _listed(wanted, lines, development=True)


def _listed(value: object, lines: Mapping[str, int], *, development: bool) -> Iterator[Requirement]:
    """A list of requirements; ``{include-group = …}`` among them is a group that is read by itself."""
    for text in strings(value):
        one = requirement(text, 1, development=development)
        yield Requirement(
            one.name, one.wanted, one.version, lines.get(one.name, 1), development, one.local, one.unchecked
        )


def _poetry(data: Mapping[str, object], lines: Mapping[str, int]) -> Iterator[Requirement]:
    poetry = table(dict(data), "tool", "poetry")
    groups = [(table(poetry, "dependencies"), False), (table(poetry, "dev-dependencies"), True)]
    groups += [(table(group, "dependencies"), name != "main") for name, group in table(poetry, "group").items()]
    for wanted, development in groups:
        for name, value in wanted.items():
            if name != "python":
                yield _of_poetry(pypi_name(name), value, lines.get(pypi_name(name), 1), development=development)


def _of_poetry(name: str, value: object, line: int, *, development: bool) -> Requirement:
    source = table(value)
    wanted = text_of(source.get("version")) if source else text_of(value)
    match = _POETRY_EXACT.match(wanted)
    own = "path" in source
    return Requirement(name, wanted, match[1] if match else "", line, development, own, source_of(source))
