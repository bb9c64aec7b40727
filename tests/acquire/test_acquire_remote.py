import base64
import stat
import threading
import time
from pathlib import Path

import pytest
from githttp import HUGE, GitServer, blob, commit_entries, git, new_repository

from skillaudit.acquire import acquire
from skillaudit.acquirers import _git
from skillaudit.errors import AcquireError, ExitCode, RefusedError, SkillauditError
from skillaudit.source import AcquireOptions, Limits, Source

LOOPBACK = AcquireOptions(allow_loopback_http=True)


def limited(**limits: float) -> AcquireOptions:
    return AcquireOptions(allow_loopback_http=True, limits=Limits(**limits))  # type: ignore[arg-type]


def taken(url: str, ref: str = "", subdir: str = "", options: AcquireOptions = LOOPBACK) -> dict[str, str]:
    with acquire(Source(url, ref, subdir), options) as tree:
        return {
            path.relative_to(tree.root).as_posix(): path.read_text() for path in tree.root.rglob("*") if path.is_file()
        }


def gaps(url: str, options: AcquireOptions = LOOPBACK) -> dict[str, str]:
    with acquire(Source(url), options) as tree:
        return {gap.path: gap.kind for gap in tree.gaps}


def failure(url: str, ref: str = "", subdir: str = "", options: AcquireOptions = LOOPBACK) -> SkillauditError:
    with pytest.raises(SkillauditError) as caught, acquire(Source(url, ref, subdir), options):
        pytest.fail("there is a tree")
    text = str(caught.value)
    assert text
    assert text.isprintable()
    return caught.value


def test_the_default_branch_is_fetched_with_commit_and_date(server: GitServer, served: Path) -> None:
    with acquire(Source(server.url("plain")), LOOPBACK) as tree:
        assert (tree.root / "src/server.py").read_text() == "print('hello')\n"
        assert tree.commit == git(served / "plain", "rev-parse", "HEAD")
        assert (tree.committed, tree.note, tree.gaps) == ("2026-03-04", "", ())
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


@pytest.mark.parametrize("subdir", ["../x", "/etc", "src/../..", ".git", "src/.GIT", "a\nb"])
def test_a_subdir_that_leaves_the_tree_is_refused(server: GitServer, subdir: str) -> None:
    assert isinstance(failure(server.url("plain"), subdir=subdir), RefusedError)


def test_a_subdir_that_is_not_there(server: GitServer) -> None:
    error = failure(server.url("plain"), subdir="docs")
    assert (type(error), str(error)) == (AcquireError, "no such directory in the repository: docs")


def test_a_missing_ref(server: GitServer) -> None:
    error = failure(server.url("plain"), "nope")
    assert error.exit_code is ExitCode.NOTHING_AUDITED
    assert str(error) == f"no ref nope in {server.url('plain')}"
    assert failure(server.url("plain"), "1" * 40).exit_code is ExitCode.NOTHING_AUDITED


@pytest.mark.parametrize(
    "ref", ["-x", "--upload-pack=touch x", "a:b", "a..b", "^a", "a b", "a\x1b", "x.lock", "a@{1}", "*", "/a", "a//b"]
)
def test_a_ref_that_is_more_than_a_name_is_refused(server: GitServer, ref: str) -> None:
    error = failure(server.url("plain"), ref)
    assert error.exit_code is ExitCode.USAGE


def test_an_empty_repository(server: GitServer) -> None:
    error = failure(server.url("empty"))
    assert isinstance(error, AcquireError)
    assert "is empty" in str(error)


def test_a_repository_that_does_not_exist(server: GitServer) -> None:
    error = failure(server.url("absent"))
    assert isinstance(error, AcquireError)
    assert "no repository at" in str(error)


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c 'touch pwned'",
        "EXT::sh -c x",
        "file:///etc",
        "ssh://git@example.org/a/b",
        "git@example.org:a/b.git",
        "git://example.org/a/b",
        "ftp://example.org/a",
        "http://example.org/a/b",
        "fd::17",
        "-uhttps://example.org/a/b",
        "--upload-pack=touch pwned",
        "https://example.org/a\nb",
        "https://example.org/a?x=1",
        "https://example.org",
        "https://-oProxyCommand=x/a",
        "https://exa mple.org/a",
        "https://[::1/a",
        "https://example.org:99999/a",
        "https:///a/b",
    ],
)
def test_other_protocols_and_odd_forms_are_refused(address: str) -> None:
    error = failure(address, options=AcquireOptions())
    assert error.exit_code is ExitCode.USAGE


def test_credentials_are_refused_and_never_repeated() -> None:
    for url in ("https://user:hunter2secret@example.org/a/b", "https://hunter2secret@example.org/a"):
        assert "hunter2secret" not in str(failure(url, options=AcquireOptions()))
        assert "hunter2secret" not in repr(Source(url))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "localhost", "10.0.0.1", "192.168.1.1", "172.16.0.9", "169.254.169.254",
        "100.100.100.200", "168.63.129.16", "0.0.0.1", "[::1]", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:10.0.0.1]",
        "[64:ff9b::a9fe:a9fe]", "[2002:a00:1::]",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(host: str) -> None:
    error = failure(f"https://{host}/a/b", options=AcquireOptions())
    assert error.exit_code is ExitCode.USAGE
    assert "--allow-private-host" in str(error)


def test_a_private_host_may_be_allowed_but_plain_http_still_is_not(server: GitServer) -> None:
    options = AcquireOptions(allow_private_host=True)
    assert failure(server.url("plain"), options=options).exit_code is ExitCode.USAGE
    https = server.url("plain").replace("http:", "https:")
    assert failure(https, options=options).exit_code is ExitCode.NOTHING_AUDITED


def test_offline_refuses_every_remote(server: GitServer) -> None:
    before = len(server.requests)
    options = AcquireOptions(allow_loopback_http=True, offline=True)
    assert "--offline" in str(failure(server.url("plain"), options=options))
    assert len(server.requests) == before


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
    assert gaps(server.url("huge"), limited(fetch_bytes=100_000)) == {"large.bin": "too-large"}
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
    found = gaps(server.url("plain"), limited(**limits))
    assert list(found.values()) == [kind]
    assert len(taken(server.url("plain"), options=limited(**limits))) == 1


def test_a_tree_that_unfolds_without_end_is_cut(served: Path, server: GitServer) -> None:
    bomb = new_repository(served / "bomb")
    sha, mode = blob(bomb, b"boom\n"), b"100644"
    for _ in range(20):
        commit_entries(bomb, [(mode, b"%c" % letter, sha) for letter in b"abcdefgh"])
        sha, mode = git(bomb, "rev-parse", "main^{tree}"), b"40000"
    assert set(gaps(server.url("bomb"), limited(files=500)).values()) == {"file-limit"}


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


def test_git_that_cannot_pin_or_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: GitServer
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(failure(server.url("plain"))) == "git is not installed"
    (tmp_path / "git").write_text("#!/bin/sh\necho git version 2.36.9\n")
    (tmp_path / "git").chmod(0o755)
    assert "2.37" in str(failure(server.url("plain")))


def test_git_sees_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    env = _git.environment(tmp_path, protocols="https")
    assert "canary" not in env.values()
    assert "GIT_DIR" not in env
    assert (env["HTTPS_PROXY"], env["HOME"], env["GIT_ALLOW_PROTOCOL"]) == (
        "http://proxy.example",
        str(tmp_path),
        "https",
    )
    assert _git.environment(tmp_path)["GIT_ALLOW_PROTOCOL"] == "none"


def test_the_token_is_for_github_alone(monkeypatch: pytest.MonkeyPatch, server: GitServer) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "canary-token")
    header = _git.github_settings("github.com")["http.https://github.com/.extraHeader"]
    assert base64.b64decode(header.rpartition(" ")[2]) == b"x-access-token:canary-token"
    assert _git.github_settings("github.com.example.org") == {}
    before = len(server.requests)
    taken(server.url("plain"))
    assert not any("authorization" in headers for _, headers in server.requests[before:])


def test_the_name_is_resolved_once(server: GitServer, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", 0))]])
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: next(answers))
    url = f"http://pinned.example:{server.server_port}/plain"
    assert "README.md" in taken(url)


def test_an_interrupted_audit_leaves_nothing(server: GitServer, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), acquire(Source(server.url("plain")), LOOPBACK):
        raise KeyboardInterrupt
    assert list((tmp_path / "private").iterdir()) == []


def test_two_acquisitions_at_once_do_not_meet(server: GitServer) -> None:
    results: list[dict[str, str]] = []
    threads = [threading.Thread(target=lambda: results.append(taken(server.url("plain")))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(results) == 2
    assert results[0] == results[1]
