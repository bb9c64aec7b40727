"""Read what a ``Pipfile`` declares."""

from skillaudit.dependencies._data import pypi_name, read_tables, table, text_of
from skillaudit.dependencies._python import exact, name_lines, source_of
from skillaudit.dependency import Document, Requirement


def read(document: Document) -> tuple[Requirement, ...]:
    """Read a manifest of pipenv.

    Raises:
        UnreadableError: it is malformed.
    """
    data, lines = read_tables(document.text), name_lines(document.text)
    return tuple(
        _requirement(pypi_name(name), value, lines, development=section != "packages")
        for section in ("dev-packages", "packages")
        for name, value in table(data, section).items()
    )


def _requirement(name: str, value: object, lines: dict[str, int], *, development: bool) -> Requirement:
    source = table(value)
    wanted = text_of(source.get("version")) if source else text_of(value)
    specifier = "" if wanted == "*" else wanted
    return Requirement(
        name, specifier, exact(specifier), lines.get(name, 1), development, "path" in source, source_of(source)
    )
