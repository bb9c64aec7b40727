import stat
from pathlib import Path

import pytest
from acquiring import LOOPBACK, failure, gaps, limited, taken
from githttp import GitServer, git

from skillaudit.acquire import acquire
from skillaudit.errors import AcquireError, ExitCode
from skillaudit.source import Source


def test_the_default_branch_is_fetched_with_commit_and_date(server: GitServer, served: Path) -> None:
    with acquire(Source(server.url("plain")), LOOPBACK) as tree:
        assert (tree.root / "src/server.py").read_text() == "print('hello')\n"
        assert tree.commit == git(served / "plain", "rev-parse", "HEAD")
        assert (tree.note, tree.gaps) == ("", ())
        assert tree.subject_source == server.url("plain")
        assert stat.S_IMODE(tree.root.stat().st_mode) == 0o700
        assert stat.S_IMODE((tree.root / "README.md").stat().st_mode) == 0o600
        assert sorted(path.name for path in tree.root.parent.iterdir()) == ["home", "tree"]
    assert not tree.root.exists()


def test_a_tag_a_branch_and_a_commit_can_be_named(server: GitServer, served: Path) -> None:
    first = git(served / "plain", "rev-parse", "v1^{commit}")
    assert taken(server.url("plain"), "v1")["README.md"] == "old\n"
    assert taken(server.url("plain"), "main")["README.md"] == "new\n"
    assert taken(server.url("plain"), first)["README.md"] == "old\n"


def test_a_subdir_keeps_its_paths(server: GitServer) -> None:
    assert list(taken(server.url("plain"), subdir="src/")) == ["src/server.py"]


def test_a_subdir_that_is_not_there(server: GitServer) -> None:
    error = failure(server.url("plain"), subdir="docs")
    assert (type(error), str(error)) == (AcquireError, "no such directory in the repository: docs")


def test_a_missing_ref(server: GitServer) -> None:
    error = failure(server.url("plain"), "nope")
    assert error.exit_code is ExitCode.NOTHING_AUDITED
    assert str(error) == f"no ref nope in {server.url('plain')}"
    assert failure(server.url("plain"), "1" * 40).exit_code is ExitCode.NOTHING_AUDITED


def test_an_empty_repository(server: GitServer) -> None:
    error = failure(server.url("empty"))
    assert isinstance(error, AcquireError)
    assert "is empty" in str(error)


def test_a_repository_that_does_not_exist(server: GitServer) -> None:
    error = failure(server.url("absent"))
    assert isinstance(error, AcquireError)
    assert "no repository at" in str(error)


def test_links_submodules_pointers_and_odd_names(server: GitServer) -> None:
    with acquire(Source(server.url("odd")), LOOPBACK) as tree:
        names = sorted(path.name for path in tree.root.iterdir())
        assert names == ["bell\\x1b[31m\\x0aname.py", "caf\\xe9.py", "kept.py"]
        kinds = {gap.path: gap.kind for gap in tree.gaps}
    assert kinds == {"passwd": "symlink", "module": "submodule", "pointer.bin": "lfs-pointer"}


@pytest.mark.parametrize(
    ("limits", "kind"),
    [({"files": 2}, "file-limit"), ({"total_bytes": 6}, "size-limit"), ({"depth": 0}, "depth-limit")],
)
def test_caps_cut_the_tree_and_say_so(server: GitServer, limits: dict[str, float], kind: str) -> None:
    found = gaps(server.url("plain"), options=limited(**limits))
    assert list(found.values()) == [kind]
    assert len(taken(server.url("plain"), options=limited(**limits))) == 1
