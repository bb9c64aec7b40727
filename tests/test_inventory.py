"""Listing a tree: languages, lines, digests, and what an adversary puts in the way."""

import hashlib
import os
from pathlib import Path

import pytest

from skillaudit.inventories import reading
from skillaudit.inventories.reading import MAX_SOURCE
from skillaudit.inventory import Readings, take_inventory
from skillaudit.model import Gap, Language, Surface


@pytest.mark.parametrize(
    ("name", "data", "language"),
    [
        ("a.py", b"x", Language.PYTHON),
        ("a.TSX", b"x", Language.TYPESCRIPT),
        ("a.mjs", b"x", Language.JAVASCRIPT),
        ("a.go", b"x", Language.GO),
        ("a.rs", b"x", Language.RUST),
        ("a.ts", b"\x47\0\x11", None),
        ("a.ts", b"<?xml version='1.0'?><TS/>", None),
        ("a.md", b"#!/bin/sh", None),
        ("run", b"#!/usr/bin/env python3.12\n", Language.PYTHON),
        ("run", b"#!/usr/bin/env -S uv run --script\n", Language.PYTHON),
        ("run", b"#!/usr/local/bin/node --x\n", Language.JAVASCRIPT),
        ("run", b"#!/bin/bash\n", Language.SHELL),
        ("run", b"#!\n", None),
        ("LICENSE", b"MIT", None),
        ("empty", b"", None),
    ],
)
def test_language(tmp_path: Path, name: str, data: bytes, language: Language | None) -> None:
    (tmp_path / name).write_bytes(data)
    (file,) = take_inventory(tmp_path).files
    assert file.language is language
    assert (file.size, file.digest) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"", 0), (b"a", 1), (b"a\n\n \t\r\nb\r\n", 2), (b"\n\n", 0), (b"  a\n\n\n  b", 2), (b"\xff\n\x00a", 2)],
)
def test_lines_are_the_non_blank_ones(tmp_path: Path, data: bytes, lines: int) -> None:
    (tmp_path / "a.py").write_bytes(data)
    assert take_inventory(tmp_path).files[0].lines == lines


def test_totals_count_production_only(tmp_path: Path) -> None:
    for path, lines in {"src/a.py": 3, "src/b.ts": 5, "tests/test_a.py": 7, "README.md": 9}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x = 1\n" * lines)
    found = take_inventory(tmp_path)
    assert found.languages() == {"typescript": 5, "python": 3}
    assert found.production_lines == 8
    assert [file.path for file in found.of(Surface.TEST)] == ["tests/test_a.py"]
    assert found.test_files == 1
    assert found.package_of("src/a.py") is None


def test_the_folders_own_name_and_the_order_of_the_disk_play_no_part(tmp_path: Path) -> None:
    trees = [tmp_path / "tests", tmp_path / "node_modules"]
    for tree, names in zip(trees, (["b.py", "a.py", "a/c.py"], ["a/c.py", "a.py", "b.py"]), strict=True):
        for name in names:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(name)
    first, second = map(take_inventory, trees)
    assert first == second
    assert hash(first) == hash(second)
    assert [file.path for file in first.files] == ["a.py", "a/c.py", "b.py"]
    assert {file.surface for file in first.files} == {Surface.PRODUCTION}


def test_gaps_of_the_acquisition_are_kept(tmp_path: Path) -> None:
    gap = Gap("blob", "big.bin", "larger than the limit")
    assert take_inventory(tmp_path, (gap,)).gaps == (gap,)


def test_links_and_special_files_are_gaps_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "passwd.py").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to("missing")
    os.mkfifo(tmp_path / "pipe.py")
    found = take_inventory(tmp_path)
    assert found.files == ()
    assert [gap.path for gap in found.gaps] == ["loop", "nowhere", "passwd.py", "pipe.py"]


def test_names_that_cannot_be_shown_are_gaps(tmp_path: Path) -> None:
    for name in (b"a\n.py", b"b\x1b[31m.py", b"c\xff.py"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x = 1\n")
    (tmp_path / "grüße 1.py").write_text("x = 1\n")
    found = take_inventory(tmp_path)
    assert [file.path for file in found.files] == ["grüße 1.py"]
    assert [gap.path for gap in found.gaps] == ["a\\n.py", "b\\x1b[31m.py", "c\\udcff.py"]


def test_a_tree_too_deep_is_cut_off_with_a_gap(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 90)
    deep.mkdir(parents=True)
    (deep / "a.py").write_text("x = 1\n")
    found = take_inventory(tmp_path)
    assert [(gap.path, gap.reason) for gap in found.gaps] == [("/".join("d" * 81), "more than 80 directories deep")]
    assert [(file.path, file.lines) for file in found.files] == [(found.gaps[0].path, MAX_SOURCE // 40)]
    assert found.gaps[0].lines == MAX_SOURCE // 40


def test_a_source_file_too_large_is_listed_with_a_gap(tmp_path: Path) -> None:
    data = b"x = 1\n" * (MAX_SOURCE // 6 + 1)
    (tmp_path / "a.py").write_bytes(data)
    (tmp_path / "a.bin").write_bytes(data)
    found = take_inventory(tmp_path)
    digest = hashlib.sha256(data).hexdigest()
    assert [(file.lines, file.size, file.digest) for file in found.files] == [
        (0, len(data), digest),
        (len(data) // 40, len(data), digest),
    ]
    assert found.gaps == (Gap("file", "a.py", "larger than 8 MiB", len(data) // 40),)


def test_what_was_left_out_before_stands_for_unseen_code(tmp_path: Path) -> None:
    """Only where production code in a language that is analysed may lie."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.go").write_text("package main\n\nfunc main() {}\n")
    left_out = [
        Gap("too-large", "src/big.py", "", 7),
        Gap("too-large", "tests/test_big.py", "", 7),
        Gap("too-large", "src/big.pb.go", "", 7),
        Gap("depth-limit", "src/deep", "", 9),
        Gap("depth-limit", "tests/deep", "", 9),
        Gap("symlink", "src/link.py", ""),
    ]
    found = take_inventory(tmp_path, tuple(left_out))
    assert [gap.lines for gap in found.gaps] == [7, 0, 0, 9, 0, 0]
    unseen = {file.path: file.language for file in found.of(Surface.PRODUCTION) if not file.digest}
    assert unseen == {"src/big.py": Language.PYTHON, "src/deep": Language.PYTHON}


def test_gits_own_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "hook.py").write_text("x = 1\n")
    found = take_inventory(tmp_path)
    assert (found.files, found.gaps) == ((), ())


def test_an_unreadable_root_is_a_gap(tmp_path: Path) -> None:
    found = take_inventory(tmp_path / "missing")
    assert [(gap.kind, gap.lines) for gap in found.gaps] == [("directory", 1)]


def test_what_was_read_in_another_tree_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trees = [tmp_path / "head", tmp_path / "base"]
    for tree in trees:
        (tree / "vendor").mkdir(parents=True)
        (tree / "same.py").write_text("x = 1\ny = 2\n")
        (tree / "edited.py").write_text(f"x = '{tree.name}'\n")
        (tree / "vendor/same.py").write_text("x = 1\n")
    alone = take_inventory(trees[1])
    readings, opened = Readings(), []
    real = reading.read_entry

    def read_entry(root: Path, path: str, gaps: list[Gap], *, foreign: bool) -> reading.Entry | None:
        opened.append(f"{root.name}/{path}")
        return real(root, path, gaps, foreign=foreign)

    monkeypatch.setattr(reading, "read_entry", read_entry)
    for tree in trees:
        ids = {"same.py": "one", "vendor/same.py": "two", "edited.py": tree.name}
        found = take_inventory(tree, (), ids, readings)
    assert found == alone
    assert [path for path in opened if path.startswith("base")] == ["base/edited.py"]
    assert take_inventory(trees[1], (), {}, readings) == alone
