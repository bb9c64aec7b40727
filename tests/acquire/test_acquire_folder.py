import shutil
from pathlib import Path

import pytest
from acquiring import PLAIN, failure, files, gaps, names
from githttp import commit_all, git, new_repository

from skillaudit.acquire import acquire
from skillaudit.errors import AcquireError, RefusedError
from skillaudit.source import Source


def test_a_working_tree_is_tracked_files_and_untracked_ones_outside_build_folders(repository: Path) -> None:
    with acquire(Source(str(repository)), PLAIN) as tree:
        assert files(tree) == ["dist/index.js", "src/a.py", "src/new.py"]
        assert (tree.root / "src/a.py").read_text() == "dirty\n"
        assert tree.commit == git(repository, "rev-parse", "HEAD")
        skipped = {gap.path for gap in tree.gaps if gap.kind == "skipped-folder"}
    assert skipped == {"node_modules", ".venv", "src/__pycache__", "dist"}
    assert not tree.root.exists()
    assert (repository / "src/a.py").read_text() == "dirty\n"


def test_copies_are_not_hard_links(repository: Path) -> None:
    with acquire(Source(str(repository)), PLAIN) as tree:
        assert (tree.root / "src/a.py").stat().st_nlink == 1


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_every_index_version_is_read(repository: Path, version: str) -> None:
    git(repository, "update-index", "--index-version", version)
    if version == "3":
        git(repository, "update-index", "--skip-worktree", "dist/index.js")
    assert "dist/index.js" in names(repository)


def test_a_damaged_index_is_a_gap(repository: Path) -> None:
    for damage in (
        b"DIRC\0\0\0\2\0\0\0\5short",
        b"DIRC\0\0\0\x63\0\0\0\1",
        b"",
        b"DIRC\0\0\0\4\0\0\0\1" + b"\xff" * 90,
    ):
        (repository / ".git/index").write_bytes(damage)
        assert gaps(repository)[".git/index"] == "index"


def test_a_folder_inside_a_repository_is_its_own_root(repository: Path) -> None:
    with acquire(Source(str(repository / "src")), PLAIN) as tree:
        assert files(tree) == ["a.py", "new.py"]
        assert tree.commit == git(repository, "rev-parse", "HEAD")
    assert names(repository / "src", "HEAD") == ["a.py"]


def test_an_ignored_folder_inside_a_repository_has_no_commit(repository: Path) -> None:
    with acquire(Source(str(repository / "node_modules")), PLAIN) as tree:
        assert tree.commit == ""
        assert files(tree) == ["left-pad/x.py"]


def test_a_subdir_keeps_its_paths(repository: Path) -> None:
    assert names(repository, subdir="src") == ["src/a.py", "src/new.py"]
    assert names(repository, "HEAD", "src") == ["src/a.py"]


def test_a_subdir_may_not_leave_the_tree(repository: Path) -> None:
    (repository / "out").symlink_to("/etc")
    assert isinstance(failure(str(repository), subdir="../.."), RefusedError)
    assert isinstance(failure(str(repository), subdir="out"), AcquireError)
    assert isinstance(failure(str(repository), "HEAD", "out"), AcquireError)
    assert isinstance(failure(str(repository), subdir="absent"), AcquireError)


def test_a_folder_of_another_repository_in_the_tree_is_a_gap(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "outer")
    inner = new_repository(folder / "module")
    (inner / "x.py").write_text("x")
    commit_all(inner)
    (folder / "a.py").write_text("a")
    commit_all(folder)
    assert names(folder) == ["a.py"]
    assert gaps(folder) == {"module": "submodule"}
    shutil.rmtree(inner / ".git")
    assert names(folder) == ["a.py", "module/x.py"]
    (inner / "x.py").unlink()
    assert gaps(folder) == {"module": "submodule"}
