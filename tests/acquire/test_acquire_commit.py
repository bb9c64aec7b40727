import os
from pathlib import Path

import pytest
from acquiring import PLAIN, failure, files
from githttp import blob, commit_entries, git, new_repository

from skillaudit.acquire import acquire
from skillaudit.errors import AcquireError, RefusedError
from skillaudit.source import AcquireOptions, Limits, Source


def test_a_ref_is_read_from_the_objects(repository: Path) -> None:
    git(repository, "tag", "--annotate", "v1", "--message=x", "HEAD~1")
    git(repository, "gc", "--quiet")
    for ref in ("v1", "HEAD~1", "main^", git(repository, "rev-parse", "--short=8", "HEAD~1")):
        with acquire(Source(str(repository), ref), PLAIN) as tree:
            assert files(tree) == ["dist/index.js", "src/a.py"]
            assert (tree.root / "src/a.py").read_text() == "first\n"
            assert tree.commit == git(repository, "rev-parse", "HEAD~1")


def test_a_linked_worktree_knows_its_commit(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), "HEAD~1")
    with acquire(Source(str(tmp_path / "linked")), PLAIN) as tree:
        assert tree.commit == git(repository, "rev-parse", "HEAD~1")


def test_a_missing_ref_and_a_ref_without_repository(repository: Path, tmp_path: Path) -> None:
    assert str(failure(str(repository), "nope")) == f"no ref nope in {repository}"
    (tmp_path / "bare-folder").mkdir()
    assert "needs a git repository" in str(failure(str(tmp_path / "bare-folder"), "main"))
    assert isinstance(failure(str(repository), "--output=x"), RefusedError)


def test_hostile_entry_names_in_a_commit_are_gaps(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "hostile")
    sha = blob(folder, b"evil\n")
    commit_entries(folder, [(b"100644", b"hooks", sha)])
    inner = git(folder, "rev-parse", "main^{tree}")
    commit_entries(
        folder,
        [
            (b"100644", b"..", sha),
            (b"40000", b".GIT", inner),
            (b"40000", b".git", inner),
            (b"100644", b"a/../../b", sha),
            (b"100644", b"fine.py", sha),
            (b"60000", b"odd", sha),
        ],
    )
    with acquire(Source(str(folder), "main"), PLAIN) as tree:
        assert files(tree) == ["fine.py"]
        found = {gap.path: gap.kind for gap in tree.gaps}
    unsafe = dict.fromkeys(["..", ".GIT", ".git", "a/../../b"], "unsafe-name")
    assert found == unsafe | {"odd": "special-file"}


def test_a_damaged_tree_is_one_line(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "damaged")
    tree = git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=b"100644 name-without-end")
    git(folder, "update-ref", "refs/heads/main", git(folder, "commit-tree", tree, "-m", "x"))
    assert "is damaged" in str(failure(str(folder), "main"))


def test_objects_that_are_missing_are_said(repository: Path) -> None:
    tree = git(repository, "rev-parse", "HEAD:src")
    (repository / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert "is incomplete" in str(failure(str(repository), "HEAD"))


def test_a_pipe_among_the_objects_does_not_block(repository: Path) -> None:
    head = git(repository, "rev-parse", "HEAD")
    path = repository / ".git/objects" / head[:2] / head[2:]
    path.unlink()
    os.mkfifo(path)
    options = AcquireOptions(limits=Limits(seconds=1.0))
    with pytest.raises(AcquireError, match="time limit"), acquire(Source(str(repository), "HEAD"), options):
        pytest.fail("there is a tree")
