import time
from pathlib import Path

import pytest
from acquiring import LOOPBACK, failure, gaps, limited, taken
from githttp import HUGE, GitServer, blob, commit_entries, git, new_repository

from skillaudit.acquire import acquire
from skillaudit.errors import AcquireError, RefusedError, SkillauditError
from skillaudit.source import Source


def test_a_renamed_repository_is_followed_and_noted(server: GitServer) -> None:
    server.redirects["old-name"] = server.url("plain")
    with acquire(Source(server.url("old-name")), LOOPBACK) as tree:
        assert (tree.root / "README.md").read_text() == "new\n"
        assert tree.note == "old-name is now plain"


def test_a_redirect_to_another_host_or_a_second_one_is_refused(server: GitServer) -> None:
    before = len(server.requests)
    server.redirects["other-host"] = f"http://localhost:{server.server_port}/plain"
    server.redirects["other-scheme"] = f"https://127.0.0.1:{server.server_port}/plain"
    server.redirects["with-secret"] = f"http://u:hunter2@127.0.0.1:{server.server_port}/plain"
    server.redirects["twice"] = server.url("again")
    server.redirects["again"] = server.url("plain")
    for name in ("other-host", "other-scheme", "with-secret", "twice"):
        error = failure(server.url(name))
        assert isinstance(error, RefusedError)
        assert "hunter2" not in str(error)
    assert not any("/plain/" in path for path, _ in server.requests[before:])


def test_a_redirect_to_a_page_is_no_repository(server: GitServer) -> None:
    server.redirects["page"] = server.url("login#")
    assert isinstance(failure(server.url("page")), SkillauditError)


def test_a_server_that_hangs_is_left_at_the_time_limit(server: GitServer) -> None:
    started = time.monotonic()
    error = failure(server.url("hang"), options=limited(seconds=0.5))
    assert isinstance(error, AcquireError)
    assert "time limit" in str(error)
    assert time.monotonic() - started < 5


def test_a_huge_blob_is_left_on_the_server(server: GitServer) -> None:
    assert gaps(server.url("huge"), options=limited(fetch_bytes=100_000)) == {"large.bin": "too-large"}
    assert list(taken(server.url("huge"))) == ["small.py"]


def test_a_huge_blob_that_is_sent_all_the_same_is_not_written(server: GitServer) -> None:
    with acquire(Source(server.url("huge-unfiltered")), LOOPBACK) as tree:
        assert [path.name for path in tree.root.iterdir()] == ["small.py"]
        assert [(gap.kind, gap.path) for gap in tree.gaps] == [("too-large", "large.bin")]
        assert str(HUGE) in tree.gaps[0].reason


def test_a_server_that_ignores_the_filter_meets_the_byte_cap(server: GitServer) -> None:
    error = failure(server.url("noise"), options=limited(fetch_bytes=1_000_000))
    assert isinstance(error, AcquireError)
    assert "1000000 bytes" in str(error)


def test_a_tree_that_unfolds_without_end_is_cut(served: Path, server: GitServer) -> None:
    bomb = new_repository(served / "bomb")
    sha, mode = blob(bomb, b"boom\n"), b"100644"
    for _ in range(20):
        commit_entries(bomb, [(mode, b"%c" % letter, sha) for letter in b"abcdefgh"])
        sha, mode = git(bomb, "rev-parse", "main^{tree}"), b"40000"
    assert set(gaps(server.url("bomb"), options=limited(files=500)).values()) == {"file-limit"}


@pytest.mark.parametrize("name", [b"..", b".git", b".GIT", b"."])
def test_hostile_entry_names_are_refused_on_arrival(served: Path, server: GitServer, name: bytes) -> None:
    folder = f"hostile-{name.hex()}"
    hostile = new_repository(served / folder)
    commit_entries(hostile, [(b"100644", name, blob(hostile, b"x\n"))])
    error = failure(server.url(folder))
    assert isinstance(error, AcquireError)
    assert ": hasDot" in str(error)


def test_what_the_server_says_cannot_break_the_line(server: GitServer) -> None:
    error = failure(server.url("error"))
    assert "remote error: evil" in str(error)


@pytest.mark.parametrize("kind", ["flood-pack", "flood-messages"])
def test_a_server_that_never_stops_sending_meets_the_byte_cap(server: GitServer, kind: str) -> None:
    started = time.monotonic()
    error = failure(server.url(kind), options=limited(fetch_bytes=2_000_000))
    assert "2000000 bytes" in str(error)
    assert time.monotonic() - started < 5
