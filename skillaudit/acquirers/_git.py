"""Run one git command as a child that reads no configuration but ours and cannot outlive its limits."""

import base64
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

import msgspec

from skillaudit.errors import AcquireError
from skillaudit.source import MEBIBYTE

_POLL_SECONDS = 0.05
_DYING_SECONDS = 2.0
_MEMORY_BYTES = 4096 * MEBIBYTE
_STDERR_BYTES = 16 * 1024
_OLDEST_VERSION = (2, 37)
_KEPT = (
    "PATH",
    *(f"{name}_proxy" for name in ("http", "https", "all", "no")),
    *(f"{name}_PROXY" for name in ("HTTPS", "ALL", "NO")),
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
)
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.symlinks": "false",
    "core.bigFileThreshold": "8m",
    "credential.helper": "",
    "protocol.allow": "never",
    "http.followRedirects": "false",
    "transfer.fsckObjects": "true",
    "transfer.unpackLimit": "1",
    "transfer.bundleURI": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    # Honest old histories have these; none of them matters to a reader of blobs.
    **{
        f"fetch.fsck.{kind}": "ignore"
        for kind in ("zeroPaddedFilemode", "badTimezone", "missingSpaceBeforeDate", "missingSpaceBeforeEmail")
    },
}


class Finished(msgspec.Struct, frozen=True):
    """How a child ended; ``errors`` are its own lines, without what the server said."""

    code: int
    errors: tuple[str, ...]


def environment(home: Path, *, protocols: str = "", settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Everything a git child sees: no user, system or repository configuration, no prompt, no helper.

    Args:
        home: An empty folder.
        protocols: Colon-separated transports that may be used; empty forbids all.
        settings: Configuration on top of the fixed one; passed by environment so that no process list shows it.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    configured = {**_SETTINGS, **(settings or {})}
    numbered = {
        f"GIT_CONFIG_{part}_{number}": text
        for number, item in enumerate(configured.items())
        for part, text in zip(("KEY", "VALUE"), item, strict=True)
    }
    return {
        **kept,
        **numbered,
        "GIT_CONFIG_COUNT": str(len(configured)),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": protocols or "none",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "HOME": str(home),
        "TMPDIR": str(home),
        "LC_ALL": "C",
    }


def github_settings(host: str) -> dict[str, str]:
    """The header that opens private repositories: ``GITHUB_TOKEN``, for github.com over https alone."""
    token = os.environ.get("GITHUB_TOKEN", "").strip()
    if host != "github.com" or not token:
        return {}
    encoded = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {"http.https://github.com/.extraHeader": f"Authorization: Basic {encoded}"}


def empty_store(path: Path, *, borrow_from: Path | None = None) -> None:
    """Write an empty bare repository at `path`, without running git: no template, no hook, our configuration only.

    Args:
        path: A folder that does not exist yet.
        borrow_from: The ``objects`` folder of another repository whose objects become readable; nothing else of that
            repository is ever looked at by git.
    """
    for folder in ("objects/info", "objects/pack", "refs"):
        (path / folder).mkdir(parents=True, mode=0o700)
    (path / "HEAD").write_text("ref: refs/heads/none\n")
    write_plain_config(path)
    if borrow_from is not None:
        (path / "objects/info/alternates").write_bytes(os.fsencode(borrow_from) + b"\n")


def write_plain_config(store: Path) -> None:
    """Forget what a fetch noted, above all that missing objects could be fetched when somebody asks for them."""
    (store / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")


def require_version(env: Mapping[str, str]) -> None:
    """Make sure that git knows every setting above; older ones ignore ``http.curloptResolve`` in silence.

    Raises:
        AcquireError: git is missing or older than 2.37.
    """
    said = subprocess.run([_program(env), "version"], env=env, cwd=env["HOME"], capture_output=True, check=False)
    version = re.match(rb"git version (\d+)\.(\d+)", said.stdout)
    if version is None or (int(version[1]), int(version[2])) < _OLDEST_VERSION:
        raise AcquireError("git 2.37 or newer is needed to fetch")


def run(  # noqa: PLR0913 - what a child may do and cost
    arguments: list[str],
    env: Mapping[str, str],
    folder: Path,
    deadline: float,
    max_bytes: int,
    *,
    answer: Path | None = None,
) -> Finished:
    """Run ``git`` with `arguments` in `folder` and wait for it; afterwards none of its processes is left.

    Args:
        arguments: Everything after ``git``.
        env: The whole environment.
        folder: Working directory; all that grows below it counts as written by the child.
        deadline: On the `time.monotonic` clock.
        max_bytes: How much `folder` may hold.
        answer: A file in `folder` for what git prints; by default that is thrown away.

    Raises:
        AcquireError: git is not installed, or a limit was exceeded.
    """
    messages = folder / "messages"
    printed = answer or Path(os.devnull)
    with _lifeline() as (watched, held), messages.open("wb") as stderr, printed.open("wb") as stdout:
        child = subprocess.Popen(
            [_program(env), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            env=env,
            cwd=folder,
            pass_fds=(held.fileno(),),
            start_new_session=True,
        )
        held.close()
        try:
            limit_memory(child.pid)
            code = _wait(child, folder, deadline, max_bytes)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            # The end of file comes when the last process of the group has let go; zombies of a lazy init do not count.
            select.select([watched], [], [], _DYING_SECONDS)
    return Finished(code, _own_lines(messages))


def _program(env: Mapping[str, str]) -> str:
    program = shutil.which("git", path=env.get("PATH"))
    if program is None or not Path(program).is_absolute():
        raise AcquireError("git is not installed")
    return program


def limit_memory(pid: int) -> None:
    """Cap the address space of a git child (and its children), where the system can: a pack may be a bomb."""
    if hasattr(resource, "prlimit"):
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


@contextmanager
def _lifeline() -> Iterator[tuple[FileIO, FileIO]]:
    """A pipe whose first end reports when nobody holds the second, which is handed on to a child and closed."""
    reading, writing = os.pipe()
    with FileIO(reading, "r") as watched, FileIO(writing, "w") as held:
        yield watched, held


def _wait(child: "subprocess.Popen[bytes]", folder: Path, deadline: float, max_bytes: int) -> int:
    while True:
        try:
            code: int | None = child.wait(timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        if _size(folder) > max_bytes:
            raise AcquireError(f"the server sent more than the limit of {max_bytes} bytes")
        if code is not None:
            return code
        if time.monotonic() > deadline:
            raise AcquireError("the server did not deliver the repository within the time limit")


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(parent) / name).lstat().st_size
    return total


def _own_lines(messages: Path) -> tuple[str, ...]:
    with messages.open("rb") as stream:
        stream.seek(max(0, messages.stat().st_size - _STDERR_BYTES))
        text = stream.read().decode("utf-8", "replace")
    return tuple(line for line in text.splitlines() if line.startswith(("fatal: ", "error: ")))
