"""When almost nothing is left as production, the server itself was taken for something else."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from skillaudit.model import Surface

_SMALL_SHARE = 0.1
_SMALL_LINES = 200
_ORDER = (Surface.GENERATED, Surface.EXAMPLE, Surface.SCRIPT, Surface.DOCUMENTATION, Surface.TEST)


class Candidate(msgspec.Struct, frozen=True):
    """One source file as it was classified; ``promotable`` is False where the file itself says what it is for."""

    path: str
    package: str
    surface: Surface
    lines: int
    speaks_mcp: bool
    promotable: bool


def promoted(candidates: Iterable[Candidate]) -> frozenset[str]:
    """The paths to count as production after all.

    A package whose hand-written part holds no server, while its generated part does, is its generated code. A
    repository without a server in production is the first of its generated, example, script, documentation or test
    code that holds one. Both only where production is next to nothing beside it.
    """
    files = tuple(candidates)
    by_package: defaultdict[str, list[Candidate]] = defaultdict(list)
    for file in files:
        by_package[file.package].append(file)
    found = {path for group in by_package.values() for path in _server_in(group, (Surface.GENERATED,))}
    if found or any(file.lines for file in _own(files) if _speaks([file])):
        return frozenset(found)
    return _server_in(files, _ORDER) or _largest(files)


def _server_in(files: Iterable[Candidate], order: tuple[Surface, ...]) -> frozenset[str]:
    """The files of the first surface that speaks MCP, unless production already does in more than a few lines."""
    everything = tuple(files)
    own = _own(everything)
    lines = sum(file.lines for file in own)
    for surface in order:
        chosen = [file for file in everything if file.surface is surface and file.promotable]
        shell = surface is Surface.GENERATED and lines < _SMALL_LINES
        if _speaks(chosen) and (shell or not _speaks(own)):
            is_small = not lines or lines < _SMALL_SHARE * sum(file.lines for file in chosen)
            return frozenset(file.path for file in chosen) if is_small else frozenset()
    return frozenset()


def _largest(files: tuple[Candidate, ...]) -> frozenset[str]:
    """A server of no known SDK, in a repository without any production code: the surface with most lines."""
    if any(file.lines for file in _own(files)):
        return frozenset()
    sized = {surface: [file for file in files if file.surface is surface and file.promotable] for surface in _ORDER}
    best = max(_ORDER, key=lambda surface: sum(file.lines for file in sized[surface]))
    return frozenset(file.path for file in sized[best])


def _own(files: Iterable[Candidate]) -> list[Candidate]:
    return [file for file in files if file.surface in {Surface.PRODUCTION, Surface.CLI}]


def _speaks(files: Iterable[Candidate]) -> bool:
    return any(file.speaks_mcp for file in files)
