"""Two trees side by side: what both hold is taken from the first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from acquiring import PLAIN, failure, files, names
from githttp import commit_all, git, new_repository

from skillaudit.acquire import acquire
from skillaudit.acquirers._stream import TOGETHER, Stream
from skillaudit.contents import Contents, blob_id
from skillaudit.source import AcquireOptions, Limits, Source, Tree

MANY = 3 * TOGETHER + 7


@contextmanager
def both(path: Path, base: str, options: AcquireOptions = PLAIN) -> Iterator[tuple[Tree, Tree]]:
    contents = Contents()
    with (
        acquire(Source(str(path)), options, contents) as head,
        acquire(Source(str(path), base), options, contents) as before,
    ):
        yield head, before


def same_file(head: Tree, before: Tree, path: str) -> bool:
    return (head.root / path).samefile(before.root / path)


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """A commit of several requests' worth of files and folders, two of which hold the same."""
    folder = new_repository(tmp_path / "wide")
    for number in range(MANY):
        place = folder / f"d{number % 70}" / f"f{number}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"x = {number if number != 9 else 8}\n")
    commit_all(folder)
    return folder


def test_unchanged_files_are_taken_from_the_head(repository: Path) -> None:
    (repository / "src/kept.py").write_text("same\n")
    commit_all(repository)
    (repository / "src/a.py").write_text("edited\n")
    with both(repository, "HEAD") as (head, before):
        assert same_file(head, before, "src/kept.py")
        assert not same_file(head, before, "src/a.py")
        assert (before.root / "src/a.py").read_text() == "dirty\n"
        assert (head.root / "src/a.py").read_text() == "edited\n"
        assert before.ids["src/a.py"] == git(repository, "rev-parse", "HEAD:src/a.py")
        assert head.ids["src/a.py"] == blob_id(b"edited\n") == git(repository, "hash-object", "src/a.py")
    assert before.ids["src/kept.py"] == head.ids["src/kept.py"]


def test_a_tree_alone_has_no_ids(repository: Path) -> None:
    with acquire(Source(str(repository)), PLAIN) as tree:
        assert tree.ids == {}


def test_what_the_head_holds_is_not_asked_of_git(wide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Stream.contents

    def contents(stream: Stream, ids: list[str]) -> Iterator[bytes]:
        asked.extend(ids)
        return real(stream, ids)

    monkeypatch.setattr(Stream, "contents", contents)
    (wide / "d5/f5.py").write_text("x = 'edited'\n")
    changed = git(wide, "rev-parse", "HEAD:d5/f5.py")
    with both(wide, "HEAD") as (head, before):
        assert files(before) == files(head)
    kinds = [git(wide, "cat-file", "-t", sha) for sha in asked if sha != changed]
    assert changed in asked
    assert set(kinds) == {"tree"}


@pytest.mark.parametrize("error", [18, 31])  # other file system, too many links
def test_where_there_are_no_links_files_are_copied(wide: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    def link(_from: str, _to: str) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", link)
    with both(wide, "HEAD") as (head, before):
        assert not same_file(head, before, "d8/f8.py")
        for path in files(head):
            assert (before.root / path).read_bytes() == (head.root / path).read_bytes()


def test_many_files_come_whole_and_in_order(wide: Path) -> None:
    with acquire(Source(str(wide), "HEAD"), PLAIN, Contents()) as tree:
        assert same_file(tree, tree, "d8/f8.py")
        assert (tree.root / "d8/f8.py").samefile(tree.root / "d9/f9.py")
        for number in range(MANY):
            text = (tree.root / f"d{number % 70}" / f"f{number}.py").read_text()
            assert text == f"x = {number if number != 9 else 8}\n"
    with acquire(Source(str(wide), "HEAD"), PLAIN) as tree:
        assert len(files(tree)) == MANY


def test_what_was_admitted_before_a_cap_is_written(wide: Path) -> None:
    for contents in (None, Contents()):
        with acquire(Source(str(wide), "HEAD"), AcquireOptions(limits=Limits(files=20)), contents) as tree:
            folders = {Path(path).parent for path in files(tree)}
            assert len(files(tree)) + len(folders) == 20
            assert [gap.kind for gap in tree.gaps] == ["file-limit"]


def test_the_cap_on_all_bytes_counts_linked_files(wide: Path) -> None:
    with both(wide, "HEAD", AcquireOptions(limits=Limits(total_bytes=500))) as (head, before):
        for tree in (head, before):
            assert sum((tree.root / path).stat().st_size for path in files(tree)) <= 500
            assert [gap.kind for gap in tree.gaps] == ["size-limit"]


def test_both_trees_tell_their_gaps_in_the_same_order(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "links")
    (folder / "a").mkdir()
    (folder / "kept.py").write_text("x = 1\n")
    for name in ("a/link", "a.py", "a-b"):
        (folder / name).symlink_to("/etc/passwd")
    commit_all(folder)
    with both(folder, "HEAD") as (head, before):
        assert head.gaps == before.gaps
        assert len(head.gaps) == 3


def test_a_damaged_object_is_one_line(wide: Path) -> None:
    sha = git(wide, "rev-parse", "HEAD:d8/f8.py")
    path = wide / ".git/objects" / sha[:2] / sha[2:]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-4])
    assert "is incomplete" in str(failure(str(wide), "HEAD"))


def test_a_damaged_tree_that_nobody_looks_into_does_not_matter(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "hidden")
    (folder / "fine.py").write_text("x = 1\n")
    commit_all(folder)
    blob = git(folder, "rev-parse", "HEAD:fine.py")
    broken = git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=b"100644 name-without-end")
    for inner in (broken, "1" * 40):
        entries = b"40000 .git\0" + bytes.fromhex(inner) + b"100644 fine.py\0" + bytes.fromhex(blob)
        tree = git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=entries)
        git(folder, "update-ref", "refs/heads/main", git(folder, "commit-tree", tree, "-m", "x"))
        assert names(folder, "main") == ["fine.py"]
