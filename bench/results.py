"""Measurements as a table and as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from rich import box
from rich.table import Table

from bench.compare import CHANGE, COLD, IMPORT, SEMGREP, VERSION, WARM, Row


def trees_table(rows: Sequence[Row]) -> Table:
    """One line for each tree: medians and the ratios that the aims are about."""
    table = Table(title="Wall time (s) and peak memory (MiB), medians", box=box.MARKDOWN)
    for heading in (
        "tree",
        "lines",
        COLD,
        SEMGREP,
        WARM,
        CHANGE,
        "audit : semgrep",
        "again : first",
        "pull request : first",
        "MiB",
        "MiB semgrep",
        "µs/line",
    ):
        table.add_column(heading, justify="left" if heading == "tree" else "right", no_wrap=True)
    for row in rows:
        cold, warm, change, scan = (row.seconds(name) for name in (COLD, WARM, CHANGE, SEMGREP))
        table.add_row(
            row.subject,
            f"{row.lines:,}",
            *(f"{seconds:.2f}" for seconds in (cold, scan, warm, change)),
            *(f"{ratio:.2f}" for ratio in (cold / scan, warm / cold, change / cold)),
            *(f"{row.peak(name):.0f}" for name in (COLD, SEMGREP)),
            f"{1e6 * cold / max(row.lines, 1):.0f}",
        )
    return table


def start_line(row: Row) -> str:
    """How much more than its interpreter and click the program takes to start."""
    ours, least = row.seconds(VERSION), row.seconds(IMPORT)
    return f"{VERSION}: {1000 * ours:.0f} ms; {IMPORT}: {1000 * least:.0f} ms; {ours / least:.2f} times"


def write_json(rows: Sequence[Row], path: Path) -> None:
    """Write every single run, and what it ran on."""
    machine = {
        "cpus": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "skillaudit": version("skillaudit"),
        "semgrep": version("semgrep"),
    }
    document = {"machine": machine, "rows": [asdict(row) for row in rows]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
