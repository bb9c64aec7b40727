"""What the readers of Python's files have in common."""

import re
from collections.abc import Iterable, Iterator, Mapping

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Pep508
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from skillaudit.dependencies._data import pypi_name, text_of
from skillaudit.dependency import PYPI, Graph, Importer, Node, Requirement, UnreadableError

_DEVELOPMENT = re.compile(
    r"(?:^|[-_./])(?:dev|devel|develop|development"
    r"|(?:integ|integration|unit|func|functional|smoke|system|acceptance|regression|e2e|py)?[-_]?(?:tests?|testing)|e2e"
    r"|lint|linting|linters?|(?:code)?style|format|formatting|formatters?|fmt|mypy|ruff|tox|nox|pre-?commit|cov|coverage"
    r"|docs?|documentation|typing|types|typecheck|type-?checking|ci|qa|bench\w*|examples?)"
    r"(?:$|[-_./])"
)
_FILES = re.compile(r"^(?:wheels|files) = \[\n(?: +\{[^\n]*\},?\n)*\]\n", re.MULTILINE)
_EXACT = re.compile(r"\s*={2,3}\s*([^\s,*;]+)\s*$")


def is_development(group: str) -> bool:
    """Whether a group, extra or file is for those who work on the package, by its name."""
    return _DEVELOPMENT.search(group.lower()) is not None


def exact(specifier: str) -> str:
    """The one version that a specifier allows, empty where it allows several."""
    match = _EXACT.match(specifier)
    return match[1] if match else ""


def requirement(line: str, number: int, *, development: bool = False) -> Requirement:
    """One PEP 508 requirement.

    Raises:
        UnreadableError: it is none.
    """
    try:
        parsed = Pep508(line)
    except InvalidRequirement as error:
        raise UnreadableError(f"line {number} is no requirement") from error
    unchecked = "" if not parsed.url else _origin(parsed.url)
    wanted = str(parsed.specifier)
    return Requirement(
        pypi_name(parsed.name),
        wanted,
        exact(wanted),
        number,
        development,
        local=bool(parsed.url and parsed.url.startswith("file:")),
        unchecked=unchecked,
    )


def _origin(url: str) -> str:
    return "comes from a git repository" if url.startswith("git+") else "comes from an address"


def without_files(text: str) -> str:
    """A lockfile without its lists of archives: most of the text, none of it needed, and most of tomllib's time."""
    return _FILES.sub("", text)


def table_lines(text: str, heading: str) -> list[int]:
    """The lines that follow each ``[[heading]]``, in their order: where a lockfile names the package."""
    return [number + 1 for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{heading}]]"]


def name_lines(text: str) -> dict[str, int]:
    """The first line that begins with each name, quoted or not, in a manifest."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for match in _NAMED.finditer(line[:2000]):
            lines.setdefault(pypi_name(match[1]), number)
    return lines


_NAMED = re.compile(r"""(?:^\s*|["'\[,]\s*)([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)""")


def source_of(source: Mapping[str, object]) -> str:
    """Why a locked package is on no index, from what a lockfile says of its source; empty where it may be."""
    kind = text_of(source.get("type"))
    if "git" in source or kind == "git":
        return "comes from a git repository"
    if "url" in source or kind == "url":
        return "comes from an address"
    if any(key in source for key in ("path", "directory", "editable", "virtual")) or kind in {"file", "directory"}:
        return "comes from a local folder or file"
    return ""


def allows(specifier: str, version: str) -> bool:
    """Whether a version is within a specifier; what cannot be compared is."""
    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def reached_from_manifest(
    form: str,
    nodes: Mapping[str, Node],
    requirements: Mapping[str, tuple[Requirement, ...]],
    groups: Mapping[str, bool],
) -> Graph:
    """A lockfile that does not say what the manifest declares.

    Args:
        form: what the file is.
        nodes: what it locks.
        requirements: what the manifests beside it declare, by directory.
        groups: by key, whether the lockfile itself calls a package one for development.
    """
    keys: dict[str, list[str]] = {}
    for key, node in nodes.items():
        keys.setdefault(node.name, []).append(key)
    declared = requirements.get("", ())
    runtime = tuple(_keys((one for one in declared if not one.development), keys))
    development = tuple(_keys((one for one in declared if one.development), keys))
    loose = {} if runtime or development else {key: groups.get(key, False) for key in nodes}
    return Graph(
        form,
        PYPI,
        nodes,
        (
            Importer(
                "",
                runtime,
                development,
                tuple(key for key, aside in loose.items() if not aside),
                tuple(key for key, aside in loose.items() if aside),
                declared={one.name: "" for one in declared if one.name in keys},
            ),
        ),
    )


def _keys(requirements: Iterable[Requirement], keys: Mapping[str, list[str]]) -> Iterator[str]:
    for one in requirements:
        yield from keys.get(one.name, ())
