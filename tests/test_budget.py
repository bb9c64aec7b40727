"""The size budget: code that outgrows it is split, not excused."""

import ast
import math
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {ROOT / "tests" / name for name in ("examples", "planted", "servers")}
"""Audited repositories in miniature: data, not code of this project."""

FUNCTION_MEDIAN, FUNCTION_95TH, FUNCTION_LONGEST = 10, 40, 60
FILE_MEDIAN, FILE_LONGEST = 130, 400


def _files(tree: str) -> list[Path]:
    return [path for path in sorted((ROOT / tree).rglob("*.py")) if NOT_OURS.isdisjoint(path.parents)]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def _excess(sizes: Sequence[tuple[str, int]], longest: int) -> list[str]:
    return [f"{name}: {size} lines" for name, size in sizes if size > longest]


def _percentile(sizes: Sequence[int], share: float) -> int:
    return sorted(sizes)[math.ceil(share * len(sizes)) - 1]


@pytest.mark.parametrize("tree", ["skillaudit", "tests", "bench"])
def test_functions_stay_short(tree: str) -> None:
    functions = [function for path in _files(tree) for function in _functions(path)]
    lengths = [length for _, length in functions]
    assert _excess(functions, FUNCTION_LONGEST) == []
    assert _percentile(lengths, 0.95) <= FUNCTION_95TH
    assert statistics.median(lengths) <= FUNCTION_MEDIAN


@pytest.mark.parametrize("tree", ["skillaudit", "tests", "bench"])
def test_files_stay_short(tree: str) -> None:
    files = [(str(path.relative_to(ROOT)), len(path.read_bytes().splitlines())) for path in _files(tree)]
    assert _excess(files, FILE_LONGEST) == []
    assert statistics.median(length for _, length in files) <= FILE_MEDIAN
