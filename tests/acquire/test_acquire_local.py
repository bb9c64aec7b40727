import errno
import os
import shutil
import socket
from pathlib import Path

import pytest
from githttp import blob, commit_all, commit_entries, git, new_repository

from skillaudit.acquire import acquire
from skillaudit.acquirers._files import read_regular
from skillaudit.errors import AcquireError, RefusedError, SkillauditError
from skillaudit.source import AcquireOptions, Limits, Source, Tree

PLAIN = AcquireOptions()


def files(tree: Tree) -> list[str]:
    return sorted(path.relative_to(tree.root).as_posix() for path in tree.root.rglob("*") if path.is_file())


def names(path: Path, ref: str = "", subdir: str = "") -> list[str]:
    with acquire(Source(str(path), ref, subdir), PLAIN) as tree:
        return files(tree)


def kinds(path: Path, ref: str = "", options: AcquireOptions = PLAIN) -> dict[str, str]:
    with acquire(Source(str(path), ref), options) as tree:
        return {gap.path: gap.kind for gap in tree.gaps}


def failure(address: str, ref: str = "", subdir: str = "") -> SkillauditError:
    with pytest.raises(SkillauditError) as caught, acquire(Source(address, ref, subdir), PLAIN):
        pytest.fail("there is a tree")
    assert str(caught.value).isprintable()
    return caught.value


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, then changes in the working tree, one of them untracked."""
    folder = new_repository(tmp_path / "checkout")
    (folder / "dist").mkdir()
    (folder / "src").mkdir()
    (folder / "dist/index.js").write_text("1\n")
    (folder / "src/a.py").write_text("first\n")
    commit_all(folder)
    (folder / "src/a.py").write_text("second\n")
    commit_all(folder)
    (folder / "src/a.py").write_text("dirty\n")
    (folder / "src/new.py").write_text("untracked\n")
    (folder / "dist/untracked.js").write_text("2\n")
    for skipped in ("node_modules/left-pad", ".venv/lib", "src/__pycache__"):
        (folder / skipped).mkdir(parents=True)
        (folder / skipped / "x.py").write_text("no\n")
    return folder


def test_a_working_tree_is_tracked_files_and_untracked_ones_outside_build_folders(repository: Path) -> None:
    with acquire(Source(str(repository)), PLAIN) as tree:
        assert files(tree) == ["dist/index.js", "src/a.py", "src/new.py"]
        assert (tree.root / "src/a.py").read_text() == "dirty\n"
        assert (tree.commit, tree.committed) == (git(repository, "rev-parse", "HEAD"), "2026-03-04")
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
        assert kinds(repository)[".git/index"] == "index"


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


def test_a_folder_inside_a_repository_is_its_own_root(repository: Path) -> None:
    with acquire(Source(str(repository / "src")), PLAIN) as tree:
        assert files(tree) == ["a.py", "new.py"]
        assert tree.commit == git(repository, "rev-parse", "HEAD")
    assert names(repository / "src", "HEAD") == ["a.py"]


def test_an_ignored_folder_inside_a_repository_has_no_commit(repository: Path) -> None:
    with acquire(Source(str(repository / "node_modules")), PLAIN) as tree:
        assert (tree.commit, tree.committed) == ("", "")
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


def test_a_missing_ref_and_a_ref_without_repository(repository: Path, tmp_path: Path) -> None:
    assert str(failure(str(repository), "nope")) == f"no ref nope in {repository}"
    (tmp_path / "bare-folder").mkdir()
    assert "needs a git repository" in str(failure(str(tmp_path / "bare-folder"), "main"))
    assert isinstance(failure(str(repository), "--output=x"), RefusedError)


def test_a_path_that_is_not_there_or_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert str(failure(f"{tmp_path}/absent\x1b[0m")) == f"no such directory: {tmp_path}/absent [0m"
    assert isinstance(failure(str(tmp_path / "file")), AcquireError)
    assert isinstance(failure("nul\0byte"), AcquireError)


def test_an_existing_folder_beats_owner_and_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "owner/name").mkdir(parents=True)
    (tmp_path / "owner/name/x.py").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert names(Path("owner/name")) == ["x.py"]


def test_a_folder_named_like_a_url_is_not_taken_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "https:/127.0.0.1/a").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert isinstance(failure("https://127.0.0.1/a"), RefusedError)


def test_links_pipes_sockets_and_large_files_are_gaps(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "passwd").symlink_to("/etc/passwd")
    (folder / "etc").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind(str(folder / "s"))
    (folder / "new\nline\x1b.py").write_text("x")
    (folder / "large.js").write_bytes(b"x" * 11)
    options = AcquireOptions(limits=Limits(file_bytes=10))
    with acquire(Source(str(folder)), options) as tree:
        assert files(tree) == ["new\\x0aline\\x1b.py"]
        found = {gap.path: gap.kind for gap in tree.gaps}
    assert found == {
        "passwd": "symlink",
        "etc": "symlink",
        "pipe": "special-file",
        "s": "special-file",
        "large.js": "too-large",
    }


def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic link"):
        read_regular(tmp_path / "link", 1_000_000)


def test_two_names_that_become_one_are_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "same"
    folder.mkdir()
    (folder / "a\n").write_text("first")
    (folder / "a\\x0a").write_text("second")
    with acquire(Source(str(folder)), PLAIN) as tree:
        assert (tree.root / "a\\x0a").read_text() == "first"
        assert [gap.kind for gap in tree.gaps] == ["unwritable"]


def test_many_gaps_of_one_kind_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    for number in range(205):
        (folder / f"{number:03}").symlink_to("x")
    with acquire(Source(str(folder)), PLAIN) as tree:
        assert len(tree.gaps) == 201
        assert tree.gaps[-1].reason == "5 more of this kind"


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


def test_pipes_in_place_of_git_files_do_not_block(repository: Path) -> None:
    for name in ("index", "packed-refs"):
        (repository / ".git" / name).unlink(missing_ok=True)
        os.mkfifo(repository / ".git" / name)
    assert kinds(repository)[".git/index"] == "index"


def test_nothing_of_a_hostile_git_directory_runs(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    program = tmp_path / "payload"
    program.write_text(f"#!/bin/sh\necho ran >> {marker}\ncat\n")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.gitProxy", "credential.helper",
        "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.external", "diff.evil.textconv",
        "uploadpack.packObjectsHook", "alias.cat-file", "core.askPass", "gpg.program", "core.alternateRefsCommand",
    ):  # fmt: skip
        git(repository, "config", key, str(program))
    git(repository, "config", "core.hooksPath", str(tmp_path))
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "remote.origin.url", f"ext::{program}")
    git(repository, "config", "protocol.ext.allow", "always")
    git(repository, "config", "extensions.partialClone", "origin")
    (repository / ".gitattributes").write_text("* filter=evil diff=evil\n")
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (repository / ".git/hooks").mkdir(exist_ok=True)
        (repository / ".git/hooks" / hook).symlink_to(program)
        (tmp_path / hook).symlink_to(program)
    monkeypatch.chdir(repository)
    assert "src/a.py" in names(Path())
    assert "src/a.py" in names(Path(), "HEAD")
    missing = git(repository, "rev-parse", "HEAD:src/a.py")
    (repository / ".git/objects" / missing[:2] / missing[2:]).unlink()
    assert kinds(Path(), "HEAD")["src/a.py"] == "too-large"
    assert not marker.exists()
    # The trap is armed: git itself, run in there, springs it.
    git(repository, "status")
    assert marker.exists()


def test_variables_of_a_surrounding_git_command_do_not_matter(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, "/nonexistent")
    assert names(repository, "HEAD") == ["dist/index.js", "src/a.py"]


def test_a_folder_of_another_repository_in_the_tree_is_a_gap(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "outer")
    inner = new_repository(folder / "module")
    (inner / "x.py").write_text("x")
    commit_all(inner)
    (folder / "a.py").write_text("a")
    commit_all(folder)
    assert names(folder) == ["a.py"]
    assert kinds(folder) == {"module": "submodule"}
    shutil.rmtree(inner / ".git")
    assert names(folder) == ["a.py", "module/x.py"]
    (inner / "x.py").unlink()
    assert kinds(folder) == {"module": "submodule"}


def test_local_trees_meet_the_caps(repository: Path) -> None:
    options = AcquireOptions(limits=Limits(files=2))
    assert "file-limit" in kinds(repository, options=options).values()
    options = AcquireOptions(limits=Limits(seconds=-1))
    with pytest.raises(AcquireError, match="time limit"), acquire(Source(str(repository)), options):
        pytest.fail("there is a tree")


def test_an_unreadable_folder_is_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r/closed").mkdir(parents=True)
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with acquire(Source(str(tmp_path / "r")), PLAIN) as tree:
        found = {gap.path: gap.kind for gap in tree.gaps}
        monkeypatch.undo()
    assert found == {"closed": "unreadable"}


def test_a_full_disk_is_one_line_and_no_partial_tree(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("skillaudit.acquirers._writer.os.write", write)
    with pytest.raises(AcquireError, match="no space"), acquire(Source(str(repository)), PLAIN):
        pytest.fail("there is a tree")
    assert list((tmp_path / "private").iterdir()) == []
