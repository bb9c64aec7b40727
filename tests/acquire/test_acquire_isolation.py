import base64
import threading
from pathlib import Path

import pytest
from acquiring import LOOPBACK, failure, taken
from githttp import GitServer

from skillaudit.acquire import acquire
from skillaudit.acquirers import _git
from skillaudit.source import Source


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
