"""``python -m bench.real_servers CHECKOUTS``: audit a folder of repositories and write the page about them.

The folder holds one checkout for each server, named ``<owner>__<name>``. Nothing of it is run.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bench.real_servers_page import Audited, page

_GRACE = 10.0
"""Seconds between asking an audit to end and ending it."""
_DONE = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to audit: ``reports`` is where ``<owner>__<name>.json`` goes, ``seconds`` what one audit may take."""

    reports: Path
    seconds: float
    jobs: int


def last_commit_date(checkout: Path) -> str:
    """The day of the newest commit (``rev-list`` runs nothing that a repository could configure), empty without one."""
    argv = ["git", "-C", str(checkout), "rev-list", "--max-count=1", "--no-commit-header", "--format=%cs", "HEAD"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, env=_git_environment())
    return done.stdout.strip()


def _git_environment() -> dict[str, str]:
    nothing = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_NO_LAZY_FETCH": "1"}
    trust = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    return {"PATH": os.environ.get("PATH", os.defpath), **nothing, **trust}


def audit(checkout: Path, plan: Plan) -> Audited:
    """Audit one checkout in a child process that is stopped when its time is over."""
    target = plan.reports / f"{checkout.name}.json"
    target.unlink(missing_ok=True)
    argv = [str(Path(sys.executable).parent / "skillaudit"), "audit", str(checkout), "--format", "json", "--no-cache"]
    argv += ["--jobs", str(plan.jobs)]
    if dated := last_commit_date(checkout):
        argv += ["--as-of", dated]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryDirectory(prefix="real-servers-") as scratch:
        code, errors = _run(argv, printed.fileno(), plan.seconds, {**os.environ, "TMPDIR": scratch})
        seconds = time.perf_counter() - started
        printed.seek(0)
        report: dict[str, Any] | None = None
        if code == _DONE:
            with target.open("wb") as out:
                shutil.copyfileobj(printed, out)
            report = json.loads(target.read_bytes())
    return Audited(checkout.name.replace("__", "/", 1), seconds, report, "" if report else errors)


def _run(argv: list[str], stdout: int, seconds: float, environment: Mapping[str, str]) -> tuple[int, str]:
    """Exit code and why it is not 0: the last line of stderr, or that the time was over."""
    process = subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _stop(process)
        return -1, f"stopped after {seconds:g} s"
    lines = errors.strip().splitlines() or [f"exit code {process.returncode}"]
    return process.returncode, lines[-1]


def _stop(process: subprocess.Popen[str]) -> None:
    """Let it clean up, then leave nothing of its session."""
    process.terminate()
    try:
        process.communicate(timeout=_GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def checkouts_in(folder: Path) -> Iterable[Path]:
    """Every checkout, in the order of its name."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and "__" in path.name)


@click.command()
@click.argument("checkouts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--reports", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for JSON reports."
)
@click.option("--page", "target", type=click.Path(dir_okay=False, path_type=Path), default=Path("docs/real-servers.md"))
@click.option("--seconds", default=900.0, show_default=True, help="What one audit may take.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Processes of one audit.")
def main(checkouts: Path, reports: Path, target: Path, seconds: float, jobs: int) -> None:
    """Audit every repository in CHECKOUTS, one after the other, and write the page.

    What stands below the marker at the page's end is somebody's own text and stays.
    """
    reports.mkdir(parents=True, exist_ok=True)
    plan = Plan(reports.resolve(), seconds, jobs)
    audited = []
    for checkout in checkouts_in(checkouts.resolve()):
        one = audit(checkout, plan)
        audited.append(one)
        click.echo(f"{one.seconds:7.1f} s  {one.letter:<10}  {one.repository}  {one.failure}", err=True)
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(page(audited, before), encoding="utf-8")


if __name__ == "__main__":
    main()
