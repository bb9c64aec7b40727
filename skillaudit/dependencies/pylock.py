"""Read ``pylock.toml`` (PEP 751), validated by packaging's own model."""

from packaging.pylock import Package, Pylock, PylockValidationError

from skillaudit.dependencies._data import capped, pypi_name, read_tables, text_of
from skillaudit.dependencies._python import reached_from_manifest, table_lines
from skillaudit.dependency import Document, Graph, Node, UnreadableError


def read(document: Document) -> Graph:
    """Read a standard lockfile.

    Raises:
        UnreadableError: it is malformed or of an unknown version.
    """
    data = read_tables(document.text)
    try:
        packages = Pylock.from_dict(data).packages
    except (PylockValidationError, ValueError, TypeError) as error:
        raise UnreadableError(f"no valid pylock.toml ({type(error).__name__})") from error
    capped(len(packages))
    keys: dict[str, list[str]] = {}
    for number, package in enumerate(packages):
        keys.setdefault(pypi_name(package.name), []).append(str(number))
    nodes = {
        str(number): Node(
            pypi_name(package.name),
            str(package.version or ""),
            line,
            tuple(
                key
                for needed in package.dependencies or ()
                for key in keys.get(pypi_name(text_of(needed.get("name"))), ())
            ),
            _source(package),
        )
        for number, (package, line) in enumerate(zip(packages, table_lines(document.text, "packages"), strict=False))
    }
    return reached_from_manifest("pylock.toml", nodes, document.manifests, {})


def _source(package: Package) -> str:
    if package.vcs is not None:
        return "comes from a git repository"
    if package.directory is not None:
        return "comes from a local folder or file"
    return "comes from an address" if package.archive is not None else ""
