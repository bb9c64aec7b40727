"""Tiny repositories with a history of their own, written as lines."""

import os
import re
import shutil
import subprocess
from pathlib import Path

_COMMIT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<name>.+) <(?P<email>.+)>")
_GIT = shutil.which("git") or "git"


def record(folder: Path, history: str) -> None:
    """Make a folder a repository: one commit a line ``day name <email>``, ``tag name``, or ``shallow`` at the end."""
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", "--all", "--force")
    for line in history.splitlines():
        if line.startswith("tag "):
            _git(folder, "tag", line.removeprefix("tag "))
        elif line == "shallow":
            head = _git(folder, "rev-parse", "HEAD")
            parent = _git(folder, "rev-parse", "HEAD~1")
            (folder / ".git/shallow").write_text(f"{head}\n", encoding="utf-8")
            (folder / ".git/objects" / parent[:2] / parent[2:]).unlink()
        else:
            found = _COMMIT.fullmatch(line)
            assert found, line
            _git(folder, "commit", "--quiet", "--allow-empty", "--message=x", **found.groupdict())


ENVIRONMENT = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull} | {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", "2026-01-01T12:00:00Z"))
}
"""Git of nobody in particular."""


def _git(folder: Path, *arguments: str, day: str = "2026-01-01", name: str = "A", email: str = "a@example.org") -> str:
    who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER")
           for part, value in (("NAME", name), ("EMAIL", email), ("DATE", f"{day}T12:00:00Z"))}  # fmt: skip
    env = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **who}
    done = subprocess.run([_GIT, *arguments], cwd=folder, env=env, capture_output=True, check=True)
    return done.stdout.decode().strip()
