import errno
import os
import socket
from pathlib import Path

import pytest
from acquiring import PLAIN, files, gaps, names
from githttp import git

from skillaudit.acquire import acquire
from skillaudit.acquirers._files import read_regular
from skillaudit.errors import AcquireError
from skillaudit.source import AcquireOptions, Limits, Source


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


def test_pipes_in_place_of_git_files_do_not_block(repository: Path) -> None:
    for name in ("index", "packed-refs"):
        (repository / ".git" / name).unlink(missing_ok=True)
        os.mkfifo(repository / ".git" / name)
    assert gaps(repository)[".git/index"] == "index"


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
    assert gaps(Path(), "HEAD")["src/a.py"] == "too-large"
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


def test_local_trees_meet_the_caps(repository: Path) -> None:
    options = AcquireOptions(limits=Limits(files=2))
    assert "file-limit" in gaps(repository, options=options).values()
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


def test_sources_beyond_a_limit_are_estimated_also_where_they_are_only_counted(tmp_path: Path) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    for number in range(203):
        (folder / f"{number:03}.py").write_text("x" * 400)
        (folder / f"{number:03}.bin").write_text("x" * 400)
    options = AcquireOptions(limits=Limits(file_bytes=100))
    with acquire(Source(str(folder)), options) as tree:
        lines = {gap.path: gap.lines for gap in tree.gaps}
    assert (lines["000.py"], lines["000.bin"]) == (10, 0)
    assert sum(lines.values()) == 203 * 10


def test_behind_a_folder_too_deep_there_may_be_a_file_at_the_limit(tmp_path: Path) -> None:
    folder = tmp_path / "deep"
    (folder / "a" / "b" / "c").mkdir(parents=True)
    (folder / "a" / "b" / "c" / "x.py").write_text("x = 1\n")
    with acquire(Source(str(folder)), AcquireOptions(limits=Limits(depth=1, file_bytes=4000))) as tree:
        assert [(gap.kind, gap.path, gap.lines) for gap in tree.gaps] == [("depth-limit", "a/b/c", 100)]


def test_a_folder_of_nothing_but_folders_is_no_tree(tmp_path: Path) -> None:
    (tmp_path / "hollow" / "a" / "b").mkdir(parents=True)
    with pytest.raises(AcquireError, match="no file"), acquire(Source(str(tmp_path / "hollow")), PLAIN):
        pass
