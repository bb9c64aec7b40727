"""One isolated worker process as its parent sees it: how it is started, asked, waited for and ended.

Neither pipe is ever waited for without a deadline, and nothing of the caller's environment, working directory or
import path reaches the process: an audited tree may hold a ``libcst`` of its own.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import IO, NoReturn

import msgspec

import skillaudit
from skillaudit.errors import SkillauditError
from skillaudit.worker import LENGTHS, Reply, Request, Settings, frame

_BOOTSTRAP = "import sys; sys.path += sys.argv[2:]; from skillaudit.worker import main; main()"
_DEPENDENCIES = (
    "msgspec",
    "libcst",
    "tree_sitter",
    "tree_sitter_go",
    "tree_sitter_javascript",
    "tree_sitter_typescript",
)
MALFORMED = "the parser's answer was malformed"
"""The reason of a file whose worker answered something else than was asked; such a worker is not asked again."""

_START_SECONDS = 60.0
_MEGABYTE = 1 << 20
_HEADER_CAP, _BODY_CAP = _MEGABYTE, 128 * _MEGABYTE


class WorkerError(SkillauditError):
    """Workers cannot run at all: the installation is broken, or the machine refuses processes."""


class NoAnswerError(Exception):
    """A worker gave no (sensible) answer to a file; the text is the file's reason.

    ``worth_retrying``: what came before it in the same process may be to blame.
    """

    def __init__(self, reason: str, *, worth_retrying: bool = False) -> None:
        super().__init__(reason)
        self.worth_retrying = worth_retrying


class WorkerProcess:
    """One worker and its two pipes.

    Args:
        command: see ``command``.
        directory: a private one, to be its working directory and home.

    Raises:
        WorkerError: the machine refuses to start it.
    """

    def __init__(self, command: list[str], directory: str) -> None:
        self.answered = 0
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=directory,
                env=_environment(directory),
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise WorkerError(f"cannot start an analysis worker: {error.strerror}") from error
        self.stdin, self.stdout = _pipe(self.process.stdin), _pipe(self.process.stdout)

    def greet(self) -> None:
        """Wait until the front ends are loaded.

        Raises:
            WorkerError: they cannot be.
        """
        try:
            reply, _ = self._receive(time.monotonic() + _START_SECONDS)
        except (NoAnswerError, TimeoutError) as failure:
            raise WorkerError(f"an analysis worker did not start: {failure or 'no answer'}") from failure
        if not reply.module:
            raise WorkerError(f"an analysis worker did not start: {reply.reason}")

    def ask(self, path: str, language: str, source: bytes, seconds: float) -> tuple[Reply, bytes]:
        """Have one file lowered: the reply, and the module's JSON if there is one.

        Raises:
            NoAnswerError: there was no answer in time, or none at all, or no sensible one.
        """
        deadline = time.monotonic() + seconds
        try:
            self._send(frame(Request(sendable(path), language, seconds), source), deadline)
            answer = self._receive(deadline)
        except TimeoutError:
            raise NoAnswerError(f"took longer than {seconds:.0f} s") from None
        self.answered += 1
        return answer

    def close(self) -> None:
        """Kill it and close its pipes; only for the thread that asks it."""
        self.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def kill(self) -> None:
        """End the process and all that it may have started; a thread that waits for an answer sees it end."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _send(self, message: bytes, deadline: float) -> None:
        view = memoryview(message)
        while view:
            _wait(self.stdin, select.POLLOUT, deadline)
            try:
                view = view[os.write(self.stdin, view) :]
            except BrokenPipeError:
                self._ended()

    def _receive(self, deadline: float) -> tuple[Reply, bytes]:
        head, body = LENGTHS.unpack(self._receive_exactly(LENGTHS.size, deadline))
        if head > _HEADER_CAP or body > _BODY_CAP:
            raise NoAnswerError(MALFORMED)
        try:
            reply = msgspec.json.decode(self._receive_exactly(head, deadline), type=Reply)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise NoAnswerError(MALFORMED) from None
        return reply, self._receive_exactly(body, deadline)

    def _receive_exactly(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            _wait(self.stdout, select.POLLIN, deadline)
            chunk = os.read(self.stdout, min(size - len(received), _MEGABYTE))
            if not chunk:
                self._ended()
            received += chunk
        return bytes(received)

    def _ended(self) -> NoReturn:
        """Say how the process ended."""
        try:
            code = self.process.wait(1)
        except subprocess.TimeoutExpired:
            raise NoAnswerError("the parser stopped answering") from None
        name = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        if name in {"SIGALRM", "SIGXCPU"}:
            raise NoAnswerError("took too long", worth_retrying=name == "SIGXCPU")
        raise NoAnswerError(f"the parser crashed ({name})", worth_retrying=True)


def sendable(path: str) -> str:
    """The path as the worker is told it: a file name that is not UTF-8 has no JSON."""
    return path.encode("utf-8", "replace").decode()


def _pipe(stream: IO[bytes] | None) -> int:
    if stream is None:  # excluded by PIPE above
        raise WorkerError("an analysis worker has no pipes")
    os.set_blocking(stream.fileno(), False)
    return stream.fileno()


def _wait(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe is ready or broken; ``TimeoutError`` after the deadline."""
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, (deadline - time.monotonic()) * 1000)):
        raise TimeoutError


def command(settings: Settings, directories: Iterable[Path]) -> list[str]:
    """A worker's command line, importing from the auditor's own directories and the given ones only.

    Raises:
        WorkerError: a parser is not installed.
    """
    paths = [*trusted_directories(), *map(str, directories)]
    # -I -S: no variable, user directory, working directory or .pth file adds to them
    return [sys.executable, "-I", "-S", "-c", _BOOTSTRAP, msgspec.json.encode(settings).decode(), *paths]


@cache
def trusted_directories() -> tuple[str, ...]:
    """Where the auditor and its parsers are installed; never the working directory, which may be an audited tree.

    Raises:
        WorkerError: a parser is not installed.
    """
    places = [place for place in sys.path if place and not _is_working_directory(place)]
    found = [Path(skillaudit.__file__).resolve().parent.parent]
    for name in _DEPENDENCIES:
        spec = PathFinder.find_spec(name, places)
        if spec is None or spec.origin is None:
            raise WorkerError(f"the package {name} is not installed")
        found.append(Path(spec.origin).parent.parent)
    return tuple(str(directory) for directory in dict.fromkeys(found))


def _is_working_directory(place: str) -> bool:
    try:
        return Path(place).samefile(".")
    except OSError:  # one of them does not exist: nothing can be imported from there
        return True


def _environment(directory: str) -> dict[str, str]:
    """Nothing of the caller's but where the interpreter's own libraries are, without which some cannot start."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"LANG": "C.UTF-8", "HOME": directory, **kept}
