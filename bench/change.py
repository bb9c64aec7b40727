"""A repository with a base and a pull request, made of a tree that stays as it is."""

import os
import shutil
import subprocess
from pathlib import Path

BASE = "base"
_LEFT_OUT = (".git", "node_modules", "vendor", ".venv")
_GIT = shutil.which("git") or "git"
_WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "bench"), ("EMAIL", "bench@example.org"), ("DATE", "2026-01-01T12:00:00Z"))
}


def pull_request(tree: Path, folder: Path) -> Path:
    """A repository in ``folder`` with a copy of the tree on the branch ``base``, and a head that edits a document.

    Raises:
        CalledProcessError: git failed.
    """
    repository = folder / "repository"
    shutil.copytree(tree, repository, symlinks=True, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    _git(repository, "init", "--quiet", f"--initial-branch={BASE}")
    _commit(repository)
    _git(repository, "checkout", "--quiet", "-b", "head")
    with (repository / "README.md").open("a", encoding="utf-8") as readme:
        readme.write("\nOne more line.\n")
    _commit(repository)
    return repository


def _commit(repository: Path) -> None:
    _git(repository, "add", "--all", "--force")
    _git(repository, "commit", "--quiet", "--message=a change")


def _git(repository: Path, *arguments: str) -> None:
    outside = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **_WHO}
    subprocess.run([_GIT, *arguments], cwd=repository, env=outside, check=True, capture_output=True)
