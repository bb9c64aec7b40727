"""Imports go down, never up and never round."""

import ast
import graphlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import skillaudit

PACKAGE = Path(skillaudit.__file__).parent

ORDER = (
    "skillaudit",
    *(
        "errors",
        "beside",
        "demands",
        "model",
        "languages",
        "history",
        "contents",
        "source",
        "ir",
        "builder",
        "lowering",
        "resources",
        "rulefiles",
        "worker",
        "isolation",
        "cache",
        "credentials",
        "clean",
        "secretshapes",
    ),
    *("address", "acquirers", "acquire"),
    *(
        "inventories",
        "inventory",
        "baseline",
        "settings",
        "settingsfiles",
        "trails",
        "toolsurface",
        "guards",
        "hosting",
        "lapses",
        "codeflows",
        "events",
        "forward",
        "alert",
        "dependency",
        "advisory",
        "upkeep",
        "facts",
    ),
    *("pool", "relevance", "collect", "collectors"),
    *(
        "configuration",
        "configurations",
        "treefiles",
        "cisteps",
        "targets",
        "environment",
        "linking",
        "link",
        "forwarding",
        "chain",
        "alerting",
        "paging",
        "afresh",
        "gather",
    ),
    *("dependencies", "resolve", "advisories", "lookup", "standing", "survey", "upkeeps"),
    *("excerpt", "rubric", "check", "checks", "fingerprint", "suppress", "evaluate", "grade", "improve"),
    *(
        "explain",
        "matrix",
        "toollock",
        "report",
        "change",
        "sarif_profile",
        "formats",
        "published",
        "summary",
        "evidence",
        "sheet",
        "sheet_json",
        "render",
    ),
    *(
        "pipeline",
        "terminal",
        "commands",
        "toolcommands",
        "baselines",
        "feeds",
        "github",
        "comment",
        "action",
        "completion",
        "manual",
        "cli",
        "start",
        "__main__",
    ),
)
"""Every module and folder directly in the package, lowest first: each may import only what stands before it."""

LINKING = (
    "knowledge",
    "names",
    "calls",
    "values",
    "origins",
    "registrations",
    "tools",
    "serving",
    "flows",
    "loggers",
    "records",
    "events",
)
"""The folders of ``linking``, lowest first: each may import only what stands before it."""

IMPLEMENTATIONS = {
    "acquirers",
    "inventories",
    "collectors",
    "configurations",
    "dependencies",
    "advisories",
    "upkeeps",
    "checks",
    "formats",
}
"""Folders of implementations of one contract: their public modules know nothing of each other."""


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _targets(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield from (name if (name := f"{module}.{alias.name}") in MODULES else module for alias in names)


@cache
def _imports(module: str) -> frozenset[str]:
    """The project's modules that ``module`` imports, at any depth of its code."""
    nodes = ast.walk(ast.parse(MODULES[module].read_bytes()))
    return frozenset(target for node in nodes for target in _targets(node) if target in MODULES)


def _top(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def test_the_order_names_every_layer_once() -> None:
    assert len(ORDER) == len(set(ORDER))
    assert set(ORDER) == {_top(module) for module in MODULES}


@pytest.mark.parametrize("layer", ORDER)
def test_imports_go_down(layer: str) -> None:
    allowed = set(ORDER[: ORDER.index(layer) + 1])
    upward = {
        f"{module} imports {target}"
        for module in MODULES
        if _top(module) == layer
        for target in _imports(module)
        if _top(target) not in allowed
    }
    assert upward == set()


def _floor(module: str) -> str:
    """The folder of ``linking`` that a module stands in, empty for everything else."""
    return module.split(".")[2] if module.startswith("skillaudit.linking.") else ""


def test_every_folder_of_linking_has_its_place() -> None:
    assert len(LINKING) == len(set(LINKING))
    assert set(LINKING) == {_floor(module) for module in MODULES} - {""}


@pytest.mark.parametrize("folder", LINKING)
def test_linking_stands_on_what_is_below(folder: str) -> None:
    allowed = {"", *LINKING[: LINKING.index(folder) + 1]}
    upward = {
        f"{module} imports {target}"
        for module in MODULES
        if _floor(module) == folder
        for target in _imports(module)
        if _floor(target) not in allowed
    }
    assert upward == set()


@pytest.mark.parametrize("folder", LINKING)
def test_private_modules_of_linking_are_used_beside_them_alone(folder: str) -> None:
    outside = {module for module in MODULES if _floor(module) != folder}
    private = {module for module in set(MODULES) - outside if module.rpartition(".")[2].startswith("_")}
    assert {f"{module} imports {target}" for module in outside for target in _imports(module) & private} == set()


def test_there_is_no_cycle() -> None:
    graph = {module: _imports(module) - {module} for module in MODULES}
    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(MODULES)


@pytest.mark.parametrize("folder", sorted(IMPLEMENTATIONS))
def test_implementations_do_not_import_each_other(folder: str) -> None:
    inside = {module for module in MODULES if module.startswith(f"skillaudit.{folder}.")}
    public = {module for module in inside if not module.rpartition(".")[2].startswith("_")}
    assert public
    assert {f"{module} imports {target}" for module in inside for target in _imports(module) & public} == set()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_are_absolute_and_real(module: str) -> None:
    nodes = list(ast.walk(ast.parse(MODULES[module].read_bytes())))
    assert not [node.lineno for node in nodes if isinstance(node, ast.ImportFrom) and node.level]
    assert not [node.lineno for node in nodes if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"]
    assert not [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING"]
