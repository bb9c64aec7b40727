"""The commits and tags behind a tree, near and far; objects are read and nothing else of a repository."""

import shutil
from pathlib import Path

import pytest
from acquiring import LOOPBACK, PLAIN, limited
from githttp import commit_all, git, new_repository, serve
from histories import record

from skillaudit.acquire import acquire
from skillaudit.acquirers import _history as _history_module
from skillaudit.acquirers._history import is_bot
from skillaudit.history import History
from skillaudit.source import AcquireOptions, Source

TOLD = (
    "2025-03-01 Ada <ada@example.org>\n2025-04-01 Ben <ben@example.org>\ntag v1\n2026-05-01 renovate[bot] <x@y.org>\n"
)


def _repository(folder: Path, history: str = TOLD) -> Path:
    folder.mkdir()
    (folder / "server.py").write_text("x = 1\n", encoding="utf-8")
    record(folder, history)
    return folder


def _history(address: str, options: AcquireOptions = PLAIN, ref: str = "", subdir: str = "") -> History:
    with acquire(Source(address, ref, subdir), options) as tree:
        assert not any(".git" in path.parts for path in tree.root.rglob("*"))
        return tree.history


def test_robots_are_told_apart_and_a_year_is_counted(tmp_path: Path) -> None:
    found = _history(str(_repository(tmp_path / "here")))
    assert (found.newest_human, found.newest, found.tags) == ("2025-04-01", "2026-05-01", 1)
    assert (found.commits, found.authors, found.shallow, found.trouble) == (2, 2, False, "")


def test_a_ref_has_the_history_behind_it(tmp_path: Path) -> None:
    found = _history(str(_repository(tmp_path / "here")), ref="v1")
    assert (found.newest, found.commits, found.authors) == ("2025-04-01", 2, 2)


def test_a_shallow_repository_says_so(tmp_path: Path) -> None:
    found = _history(str(_repository(tmp_path / "here", TOLD + "shallow\n")))
    assert (found.shallow, found.newest_human, found.trouble) == (True, "", "")


def test_a_folder_that_is_none_or_a_part_of_one(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/a.py").write_text("x = 1\n", encoding="utf-8")
    assert _history(str(tmp_path / "plain")).missing
    whole = _repository(tmp_path / "whole")
    (whole / "packages").mkdir()
    (whole / "packages/b.py").write_text("x = 1\n", encoding="utf-8")
    commit_all(whole)
    for address, subdir in ((whole / "packages", ""), (whole, "packages")):
        with acquire(Source(str(address), "", subdir), PLAIN) as tree:
            assert tree.part
            assert tree.history.missing


def test_a_hostile_configuration_is_never_read(tmp_path: Path) -> None:
    folder = _repository(tmp_path / "here")
    trap = tmp_path / "ran"
    hook = tmp_path / "trap.sh"
    hook.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    hook.chmod(0o700)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "gpg.program", "credential.helper"):
        git(folder, "config", key, str(hook))
    git(folder, "config", "log.showSignature", "true")
    (folder / ".git/refs/tags/v9").symlink_to("/etc/passwd")
    assert _history(str(folder)).newest_human == "2025-04-01"
    assert not trap.exists()


def test_damaged_objects_are_trouble_and_no_error(tmp_path: Path) -> None:
    folder = _repository(tmp_path / "here")
    head = git(folder, "rev-parse", "HEAD")
    broken = folder / ".git/objects" / head[:2] / head[2:]
    broken.chmod(0o600)
    broken.write_bytes(b"not zlib")
    found = _history(str(folder))
    assert found.trouble
    assert found.newest == ""


@pytest.fixture
def far(tmp_path: Path) -> Path:
    root = tmp_path / "served"
    root.mkdir()
    git(_repository(root / "old"), "config", "uploadpack.allowFilter", "true")
    noisy = new_repository(root / "unfiltered")
    (noisy / "a.py").write_text("x = 1\n", encoding="utf-8")
    commit_all(noisy)
    return root


def test_history_and_tags_of_a_remote_repository(far: Path) -> None:
    with serve(far) as server:
        found = _history(server.url("old"), LOOPBACK)
        assert (found.newest_human, found.newest, found.tags) == ("2025-04-01", "2026-05-01", 1)
        assert (found.shallow, found.trouble) == (False, "")
        assert _history(server.url("unfiltered"), LOOPBACK).newest_human == "2026-03-04"


def test_a_remote_history_beyond_the_limits_is_trouble_and_no_error(far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillaudit.acquirers.remote._HISTORY_BYTES", 100)
    with serve(far) as server:
        found = _history(server.url("old"), limited(seconds=60))
    assert "limit" in found.trouble
    assert found.newest == ""


@pytest.mark.parametrize(
    ("name", "email", "robot"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", True),
        ("Renovate Bot", "bot@renovateapp.com", True),
        ("github-actions", "github-actions@github.com", True),
        ("release-ci", "ops@example.org", True),
        ("Ada", "12345+ada@users.noreply.github.com", False),
        ("Abbot Lucy", "abbot@example.org", False),
        ("Marcin", "marcin.talbot@example.org", False),
    ],
)
def test_who_is_a_robot(name: str, email: str, *, robot: bool) -> None:
    assert is_bot(name, email) is robot


@pytest.fixture
def remembering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AcquireOptions:
    monkeypatch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    return AcquireOptions(use_cache=True)


def test_what_lies_behind_a_commit_is_read_once(
    tmp_path: Path, remembering: AcquireOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = _repository(tmp_path / "here")
    first = _history(str(here), remembering)
    with monkeypatch.context() as without_git:
        without_git.setattr(_history_module, "open_store", _must_not_be_read)
        assert _history(str(here), remembering) == first
    record(here, "2026-05-01 Ann <ann@example.org>\n")
    assert _history(str(here), remembering).newest == "2026-05-01"


def test_no_other_repository_is_believed(
    tmp_path: Path, remembering: AcquireOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    _history(str(_repository(tmp_path / "here")), remembering)
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    monkeypatch.setattr(_history_module, "open_store", _must_not_be_read)
    with pytest.raises(AssertionError):
        _history(str(tmp_path / "there"), remembering)


def test_a_history_that_was_cut_off_is_read_again(tmp_path: Path, remembering: AcquireOptions) -> None:
    here = _repository(tmp_path / "here", TOLD + "shallow\n")
    assert _history(str(here), remembering).shallow
    shutil.rmtree(here / ".git")
    record(here, TOLD)
    assert not _history(str(here), remembering).shallow


def _must_not_be_read(_: object) -> None:
    raise AssertionError
