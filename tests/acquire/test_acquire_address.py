from pathlib import Path

import pytest
from acquiring import failure, names
from githttp import GitServer

from skillaudit.errors import AcquireError, ExitCode, RefusedError
from skillaudit.source import AcquireOptions, Source


@pytest.mark.parametrize("subdir", ["../x", "/etc", "src/../..", ".git", "src/.GIT", "a\nb"])
def test_a_subdir_that_leaves_the_tree_is_refused(server: GitServer, subdir: str) -> None:
    assert isinstance(failure(server.url("plain"), subdir=subdir), RefusedError)


@pytest.mark.parametrize(
    "ref", ["-x", "--upload-pack=touch x", "a:b", "a..b", "^a", "a b", "a\x1b", "x.lock", "a@{1}", "*", "/a", "a//b"]
)
def test_a_ref_that_is_more_than_a_name_is_refused(server: GitServer, ref: str) -> None:
    error = failure(server.url("plain"), ref)
    assert error.exit_code is ExitCode.USAGE


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
