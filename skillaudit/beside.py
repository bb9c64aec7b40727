"""Work on the other core: a copy of this process does one part, says what it found, and is gone."""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from skillaudit.errors import ENDING_SIGNALS

POSSIBLE = sys.platform == "linux"
"""Elsewhere system libraries do not survive a copy of a process with threads."""


@dataclass(slots=True)
class Beside:
    """Copies under way; leaving the block ends those that nobody asked for their result."""

    _running: set[int] = field(default_factory=set)
    _closed: bool = False

    def __enter__(self) -> Self:
        """Nothing is under way yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind, however the block ends."""
        self._closed = True
        for pid in tuple(self._running):
            os.kill(pid, signal.SIGKILL)
            self._reap(pid)

    def start(self, work: Callable[[], bytes]) -> Callable[[], bytes | None]:
        """Begin the work in a copy of this process, which sees all that is in memory now.

        Returns:
            What waits for the result; None where there is none: then the work is still to be done.
        """
        if not POSSIBLE or self._closed:
            return lambda: None
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the copy uses no lock that another thread may hold
            pid = os.fork()
        if not pid:
            os.close(reading)
            _work(work, writing)
        os.close(writing)
        self._running.add(pid)
        return lambda: self._result(pid, reading)

    def _result(self, pid: int, reading: int) -> bytes | None:
        with os.fdopen(reading, "rb") as answer:
            found = answer.read()
        return found if self._reap(pid) == 0 else None

    def _reap(self, pid: int) -> int:
        self._running.discard(pid)
        try:
            return os.waitpid(pid, 0)[1]
        except ChildProcessError:  # the other thread was first
            return -1


def _work(work: Callable[[], bytes], writing: int) -> None:
    """In the copy: nothing of the caller's is tidied up, flushed or handled here."""
    code = 1
    try:
        for number in ENDING_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        with os.fdopen(writing, "wb") as answer:
            answer.write(work())
        code = 0
    finally:
        os._exit(code)
