"""``python -m bench [TREE …]``: measure the auditor beside semgrep, in one run."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from bench.compare import Row, compare_on, compare_start
from bench.generate import generate
from bench.results import start_line, trees_table, write_json

WIDTH = 180
"""Columns of the table, wherever it goes."""
STARTS = 5
"""Starting takes milliseconds: it is measured so many times as often as an audit."""


def _measure_all(
    trees: tuple[Path, ...], growth: tuple[int, ...], servers: int, runs: int, scratch: Path
) -> Iterator[Row]:
    """Every row as soon as it is there; each tree has a home directory, and so a cache, of its own."""
    for position, tree in enumerate(trees):
        yield compare_on(tree.resolve(), tree.resolve().name, runs, _folder(scratch / f"home-{position}"))
    for factor in growth:
        generated = _folder(scratch / f"generated-{factor}")
        generate(generated, servers * factor)
        yield compare_on(generated, f"generated x{factor}", runs, _folder(scratch / f"home-generated-{factor}"))


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@click.command()
@click.argument("trees", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--runs", default=3, show_default=True, help="Runs of every command on every tree.")
@click.option("--growth", default="1,2,4,8", show_default=True, help="Sizes of the generated tree; empty: none.")
@click.option(
    "--servers", default=12, show_default=True, help="Servers of each language at size 1, 700 lines in all each."
)
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write every run there.")
def main(trees: tuple[Path, ...], runs: int, growth: str, servers: int, target: Path | None) -> None:
    """Compare full, second and pull-request audits and `semgrep scan` on TREES and on a generated tree that grows."""
    factors = tuple(int(factor) for factor in growth.split(",") if factor)
    console, rows = Console(width=WIDTH), []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = Path(folder)
        start = compare_start(STARTS * runs, _folder(scratch / "home-start"))
        for row in _measure_all(trees, factors, servers, runs, scratch):
            console.print(f"measured {row.subject}", style="dim", highlight=False)
            rows.append(row)
    if rows:
        console.print(trees_table(rows))
    console.print(start_line(start), highlight=False)
    if target is not None:
        write_json([start, *rows], target)


main()
