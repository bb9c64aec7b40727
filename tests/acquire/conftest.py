"""Every acquisition test also proves that nothing is left behind."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from githttp import HUGE, GitServer, blob, commit_all, git, new_repository, serve


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    for name in ("GITHUB_TOKEN", "http_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield
    assert list(private.iterdir()) == []
    patience = time.monotonic() + 1
    while (left := [pid for pid in _processes() if _works_below(pid, private)]) and time.monotonic() < patience:
        time.sleep(0.01)
    assert left == []


def _processes() -> list[str]:
    return [path.name for path in Path("/proc").glob("[0-9]*")]


def _works_below(pid: str, folder: Path) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cwd").readlink().is_relative_to(folder)
    return False


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Repositories that no test changes."""
    root = tmp_path_factory.mktemp("served")
    plain = new_repository(root / "plain")
    (plain / "src").mkdir()
    (plain / "src/server.py").write_text("print('hello')\n")
    (plain / "README.md").write_text("old\n")
    commit_all(plain)
    git(plain, "tag", "--annotate", "v1", "--message=one")
    (plain / "README.md").write_text("new\n")
    commit_all(plain)
    git(plain, "config", "uploadpack.allowFilter", "true")

    new_repository(root / "empty")

    odd = new_repository(root / "odd")
    (odd / "passwd").symlink_to("/etc/passwd")
    (odd / "bell\x1b[31m\nname.py").write_text("x = 1\n")
    (odd / "pointer.bin").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n")
    (odd / "kept.py").write_text("x = 2\n")
    os.close(os.open(os.fsencode(odd) + b"/caf\xe9.py", os.O_CREAT | os.O_WRONLY))
    git(odd, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    git(odd, "add", "--all", "--ignore-errors", ":!module")
    git(odd, "commit", "--quiet", "--message=x")

    for name, allowed in (("huge", "true"), ("huge-unfiltered", "false")):
        huge = new_repository(root / name)
        (huge / "small.py").write_text("x = 1\n")
        with (huge / "large.bin").open("wb") as stream:
            stream.truncate(HUGE)
        git(huge, "config", "core.compression", "1")
        commit_all(huge)
        git(huge, "config", "uploadpack.allowFilter", allowed)
        (huge / "large.bin").unlink()

    noise = new_repository(root / "noise")
    blob(noise, b"")
    (noise / "noise.bin").write_bytes(os.urandom(3 * 1024 * 1024))
    commit_all(noise)
    return root


@pytest.fixture(scope="session")
def server(served: Path) -> Iterator[GitServer]:
    with serve(served) as running:
        yield running


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
