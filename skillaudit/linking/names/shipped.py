"""What production code imports ships with it, whatever its folder is called."""

from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names._imports import joined
from skillaudit.linking.names.program import Fn, Program
from skillaudit.model import Surface

_RUNS: Final = frozenset({Surface.PRODUCTION, Surface.CLI})


def shipped(program: Program) -> Iterator[str]:
    """Paths of files on other surfaces that production code imports, directly or through each other.

    A folder's name says what its files are for; an import says that they run. Files that only a test runner starts are
    not imported by anything that runs.
    """
    waiting = [number for number in range(len(program.modules)) if program.surface(number) in _RUNS]
    known = set(waiting)
    while waiting:
        for number in _imported(program, waiting.pop()):
            if number not in known:
                known.add(number)
                waiting.append(number)
                yield program.modules[number].path


def _imported(program: Program, importer: int) -> Iterator[int]:
    module = program.modules[importer]
    for name in dict.fromkeys(_names(program, importer)):
        found = program.resolver.find(importer, name)
        if found is not None:
            yield found
            if module.language == "go":
                yield from program.resolver.siblings(found)


def _names(program: Program, importer: int) -> Iterator[str]:
    """Modules as an importer writes them; a name imported from a Python package may be a module in it."""
    module = program.modules[importer]
    for function in range(len(module.functions)):
        for _, value in program.of_kind(Fn(importer, function), ir.Import):
            yield value.module
            if module.language == "python" and value.symbol:
                yield joined(value.module, value.symbol)
