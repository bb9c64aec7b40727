"""What is compared with what, taking turns on the same tree."""

import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.change import BASE, pull_request
from bench.measure import Command, Measurement, environment, measure
from skillaudit import resources

COLD, WARM, CHANGE, SEMGREP = "audit", "audit again", "pull request", "semgrep scan"
VERSION, IMPORT = "skillaudit --version", 'python -c "import click"'

SOURCES = frozenset({".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".go"})
_NOT_READ = frozenset({".git", "node_modules", "vendor"})
_PROGRAMS = Path(sys.executable).parent
_PYTHON_RULES = Path(__file__).with_name("semgrep-python.yaml")
_SCAN = ("scan", "--quiet", "--json", "--no-git-ignore", "--disable-nosem", "--metrics=off", "--disable-version-check")


@dataclass(slots=True)
class Row:
    """All runs of all commands on one subject; ``lines`` of source code, 0 where there is no tree."""

    subject: str
    lines: int
    runs: dict[str, list[Measurement]] = field(default_factory=dict)

    def seconds(self, name: str) -> float:
        """The median wall time of a command."""
        return statistics.median(run.seconds for run in self.runs[name])

    def peak(self, name: str) -> float:
        """The median peak memory of a command, in MiB."""
        return statistics.median(run.peak for run in self.runs[name]) / (1 << 20)


def source_lines(tree: Path) -> int:
    """Lines of the files that both sides can read, dependencies left out."""
    files = (path for path in tree.rglob("*") if path.suffix in SOURCES and _NOT_READ.isdisjoint(path.parts))
    return sum(path.read_bytes().count(b"\n") for path in files if path.is_file() and not path.is_symlink())


def compare_on(tree: Path, subject: str, runs: int, home: Path) -> Row:
    """Audit a tree without and with the cache, then a pull request that edits a document, and scan it with semgrep.

    Raises:
        CommandFailedError: a command failed; there is nothing to compare.
    """
    outside = environment(home)
    audit = [str(_PROGRAMS / "skillaudit"), "audit", str(tree), "--format", "json"]
    scan = [
        str(_PROGRAMS / "semgrep"),
        *_SCAN,
        "--config",
        str(resources.directory("rules")),
        "--config",
        str(_PYTHON_RULES),
    ]
    commands = {
        COLD: Command([*audit, "--no-cache"], outside),
        SEMGREP: Command([*scan, str(tree)], outside),
        WARM: Command(audit, outside),
        CHANGE: Command([*audit[:2], str(pull_request(tree, home)), *audit[3:], "--base", BASE], outside),
    }
    for name in (WARM, CHANGE):
        measure(commands[name])  # fills the cache
    return take_turns(Row(subject, source_lines(tree)), commands, runs)


def compare_start(runs: int, home: Path) -> Row:
    """What merely starting costs, beside the least that a click program can cost.

    Raises:
        CommandFailedError: a command failed.
    """
    outside = environment(home)
    commands = {
        VERSION: Command([str(_PROGRAMS / "skillaudit"), "--version"], outside),
        IMPORT: Command([sys.executable, "-c", "import click"], outside),
    }
    for command in commands.values():
        measure(command)  # compiles what is not compiled yet
    return take_turns(Row("start", 0), commands, runs)


def take_turns(row: Row, commands: Mapping[str, Command], runs: int) -> Row:
    """Run the commands A B A B, so that whatever else the machine does hits all of them."""
    for _ in range(runs):
        for name, command in commands.items():
            row.runs.setdefault(name, []).append(measure(command))
    return row
