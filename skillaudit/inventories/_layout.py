"""Where a directory stands in a repository, and what the files below it show."""

import re
from collections import defaultdict
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

import msgspec

from skillaudit.inventories._content import Content

_SEPARATORS = re.compile(r"[-_. ]+")
_CONTAINERS = frozenset(
    {"packages", "apps", "libs", "crates", "services", "servers", "modules", "projects", "examples"}
)
SOURCE_ROOTS = frozenset({"src", "lib", "app", "source", "internal", "pkg", "python"})
_TEST_FILE = re.compile(
    r"(?:^test_.*|.*_test|^conftest)\.py$|_test\.(?:go|rs|exs|dart)$"
    r"|\.(?:test|e2e|e2e-spec|spec|test-d)\.[cm]?[jt]sx?$|(?:Tests?|IT|Spec)\.(?:java|cs|kt|scala|swift)$|_spec\.rb$",
)


class Level(IntEnum):
    """How far a directory is from where conventions hold: under a package root, under a source root, deeper."""

    TOP = 0
    SOURCE = 1
    DEEP = 2


class Signs(msgspec.Struct, frozen=True):
    """What the source files below a directory show; ``speakers`` counts those that speak MCP and are no tests."""

    tests: bool = False
    speakers: int = 0
    interactive: bool = False


class Layout(msgspec.Struct, frozen=True):
    """The shape of one repository: package roots with their own names, Python packages, signs by directory.

    ``files`` are the source files that are the project's own; ``commands`` are the Go programs that release and
    container files build, empty where they name none. ``helpers`` are packages that only help to build the others.
    """

    files: Mapping[str, Content]
    roots: Mapping[str, str]
    importable: frozenset[str]
    signs: Mapping[str, Signs]
    commands: frozenset[str]
    helpers: frozenset[str]

    def level(self, parts: tuple[str, ...], index: int) -> Level:
        """The level of the directory ``parts[index]``."""
        parent, directory = "/".join(parts[:index]), "/".join(parts[: index + 1])
        if parent in self.roots or directory in self.roots or (index == 1 and parts[0] in _CONTAINERS):
            return Level.TOP
        above = "/".join(parts[: index - 1])
        at_root = above in self.roots or (index == 2 and parts[0] in _CONTAINERS)  # noqa: PLR2004 - <container>/<one>
        if at_root and (parts[index - 1] in SOURCE_ROOTS or parent in self.importable):
            return Level.SOURCE
        if parent in self.importable and above not in self.importable and index > 1 and parts[index - 2] == "src":
            return Level.SOURCE
        return Level.DEEP

    def root_of(self, path: str) -> str:
        """The nearest package root above a path; the repository's root is always one."""
        while path:
            path = path.rpartition("/")[0]
            if path in self.roots:
                return path
        return ""

    def is_own_name(self, parts: tuple[str, ...], index: int) -> bool:
        """Whether a directory inside a package is called like the package: then it is the code, not a convention."""
        root = self.root_of("/".join(parts[: index + 1]))
        return "/".join(parts[: index + 1]) not in self.roots and normal(parts[index]) == self.roots.get(root, "")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A name without scope, case and choice of separator, for comparing directories with packages."""
    return _SEPARATORS.sub("_", name.rpartition("/")[2].lower()).strip("_")


def is_test_name(name: str) -> bool:
    """Whether a file name follows a test runner's convention."""
    return _TEST_FILE.search(name) is not None


def lay_out(
    files: Mapping[str, Content], roots: Mapping[str, str], commands: frozenset[str], helpers: frozenset[str]
) -> Layout:
    """Gather the shape of a repository from its source files and the names of its packages by directory."""
    tests: defaultdict[str, bool] = defaultdict(bool)
    speakers: defaultdict[str, int] = defaultdict(int)
    interactive: defaultdict[str, bool] = defaultdict(bool)
    importable: set[str] = set()
    for path, content in files.items():
        name = path.rpartition("/")[2]
        if name == "__init__.py":
            importable.add(path.rpartition("/")[0])
        is_test = is_test_name(name)
        directory = path
        while directory:
            directory = directory.rpartition("/")[0]
            tests[directory] |= is_test or content.tests
            speakers[directory] += content.speaks_mcp and not is_test
            interactive[directory] |= content.interactive and not is_test
    signs = {directory: Signs(tests[directory], speakers[directory], interactive[directory]) for directory in tests}
    named = {"": "", **{root: normal(name) for root, name in roots.items()}}
    return Layout(files, named, frozenset(importable), signs, commands, helpers)
