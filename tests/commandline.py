"""The program as a user runs it: a process of its own, whose leftovers are looked for."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audits import AS_OF

from skillaudit import cli

PROGRAM = "import sys; sys.path.append(sys.argv.pop(1)); from skillaudit.start import main; main()"
"""The console script, except that the package need not be installed; ``-I`` keeps the working directory out."""

COMMAND = [sys.executable, "-P", "-c", "from skillaudit.start import main; main()"]
"""The same as users of the package start it; it runs in ``ENVIRONMENT``, which names no home."""
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "PYTHONPATH": str(Path(cli.__file__).parents[1]),
    "SKILLAUDIT_ADVISORIES": "local",
}

SERVER = '''
import logging
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo")


@mcp.tool()
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


if __name__ == "__main__":
    mcp.run()
'''
"""A server with one tool and no records."""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run to the end, in the working directory."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended. ``report`` is the JSON report, empty where none was printed."""

    code: int
    out: str
    err: str
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def findings(self) -> set[tuple[str, str, int]]:
        return {(one["check"], one["path"], one["line"]) for one in self.report["findings"]}

    def gaps(self, kind: str = "") -> list[str]:
        """Path and reason of the gaps of a kind."""
        return [f"{one['path']}: {one['reason']}" for one in self.report["gaps"] if one["kind"] == kind or not kind]


class CommandLine:
    """Runs skillaudit with a private home and a private folder for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.temporary, self.home = folder / "tmp", folder / "home"
        self.temporary.mkdir()
        self.home.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "SKILLAUDIT_ADVISORIES": "local",
        }

    def start(self, arguments: Sequence[str | Path], cwd: Path, **more: Any) -> "subprocess.Popen[bytes]":
        root = str(Path(__file__).parents[1])
        command = [sys.executable, "-I", "-c", PROGRAM, root, *map(str, arguments)]
        return subprocess.Popen(command, cwd=cwd, env=self.environment, **more)

    def run(self, *arguments: str | Path, cwd: Path | None = None, seconds: float = 60) -> Ran:
        """Run to the end; kills what takes longer and fails."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = self.start(arguments, cwd or self.home, **pipes)
        try:
            out, err = process.communicate(timeout=seconds)
        finally:
            process.kill()
            process.wait()
        return Ran(process.returncode, out.decode(), err.decode())

    def audit(self, folder: Path, *arguments: str, cwd: Path | None = None, seconds: float = 60) -> Ran:
        """Audit a folder as JSON; what every audit owes its user is checked here."""
        common = ("--format", "json", "--no-cache", "--as-of", AS_OF)
        ran = self.run("audit", folder, *common, *arguments, cwd=cwd, seconds=seconds)
        assert ran.code in {0, 1, 2, 3, 4}, ran.err
        assert "Traceback" not in ran.err
        assert ran.err.count("\n") == (1 if ran.code in {2, 3} else 0), ran.err
        assert self.left() == []
        return Ran(ran.code, ran.out, ran.err, json.loads(ran.out) if ran.out else {})

    def left(self) -> list[str]:
        """Temporary files and processes that are still there after a moment."""
        patience = time.monotonic() + 2
        while (left := self._left()) and time.monotonic() < patience:
            time.sleep(0.02)
        return left

    def _left(self) -> list[str]:
        files = [path.name for path in self.temporary.iterdir()]
        return files + [path.name for path in Path("/proc").glob("[0-9]*") if self._works_here(path)]

    def _works_here(self, process: Path) -> bool:
        with suppress(OSError):
            return (process / "cwd").readlink().is_relative_to(self.temporary)
        return False
