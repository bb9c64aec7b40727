"""The steps of the Action that other tests do not run: what is installed, and the comment's own script."""

import os
from pathlib import Path

import pytest
from actions import STEPS, Job

STAND_IN = """#!/bin/sh
# A Python that writes down how it is called, and makes environments that hold itself.
printf '%s|' "$@" >> "$HOME/calls"; echo >> "$HOME/calls"
case "$*" in
  *version_info*) exit "${TOO_OLD:-0}" ;;
  *"-m venv"*) shift 3; mkdir -p "$1/bin"; cp "$0" "$1/bin/python" ;;
esac
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = Job(tmp_path, "http://127.0.0.1:1")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("python3.14", "python3.13", "python3.12", "python3.11", "python3"):
        (programs / name).write_text(STAND_IN, encoding="utf-8")
        (programs / name).chmod(0o755)
    return made


def _path(job: Job) -> str:
    return f"{job.folder / 'programs'}{os.pathsep}{os.environ['PATH']}"


def test_it_installs_from_its_own_commit_and_by_hash(job: Job, tmp_path: Path) -> None:
    own = tmp_path / "actions" / "$(touch planted) 'a' b"
    own.mkdir(parents=True)
    done = job.run("Install", {"PATH": _path(job), "ACTION_PATH": str(own)})
    assert done.code == 0
    calls = [line.rstrip("|").split("|") for line in (tmp_path / "home" / "calls").read_text().splitlines()]
    assert calls[1][:3] == ["-I", "-m", "venv"]
    pip = ["-I", "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    assert [one[: len(pip)] for one in calls[2:]] == [pip, pip]
    locked = ["--require-hashes", "--only-binary", ":all:", "--requirement", f"{own}/requirements-action.txt"]
    assert [one[len(pip) :] for one in calls[2:]] == [
        locked,
        ["--no-deps", "--no-index", "--no-build-isolation", str(own)],
    ]
    assert list(tmp_path.rglob("planted")) == []


def test_without_a_python_it_says_what_to_add(job: Job) -> None:
    done = job.run("Install", {"PATH": _path(job), "TOO_OLD": "1"})
    assert done.code == 3
    assert "::error title=skillaudit::Python 3.11 or newer is needed: add actions/setup-python" in done.log


@pytest.mark.parametrize("report", ["none.json", "$(touch planted)", "-h; touch planted"])
def test_the_comment_is_written_by_its_own_step(report: str, tmp_path: Path) -> None:
    job = Job(tmp_path, "http://127.0.0.1:1", "workflow_run", {"workflow_run": {"head_sha": "a" * 40}})
    done = job.run("Comment", {"REPORT": report, "INPUT_TOKEN": "the-token"})
    assert done.code == 2
    assert "planted" not in {path.name for path in tmp_path.rglob("*")}


def test_every_step_that_runs_something_is_run_by_a_test() -> None:
    assert {name for name, step in STEPS.items() if "run" in step} == {"Install", "Comment", "Audit"}
