"""Wall time and memory of one command, everything it starts included."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_SECONDS_BETWEEN_SAMPLES = 0.03
_SHARE_OF_TIME = 1 / 20
"""Sampling a large process is slow: it never takes more than this share of one core."""


class CommandFailedError(Exception):
    """A measured command ended with another code than the ones expected; the text holds the end of its stderr."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """``seconds`` of wall time; ``peak`` bytes that the process and its descendants held at one moment.

    Pages that several processes share count once (proportional set size), so that forking costs nobody twice.
    """

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Command:
    """What to run: ``codes`` are the exit codes of a run that counts."""

    argv: Sequence[str]
    environment: Mapping[str, str]
    codes: frozenset[int] = frozenset({0})


def measure(command: Command) -> Measurement:
    """Run a command to its end.

    Raises:
        CommandFailedError: it did not do what was to be measured.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command.argv,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    sampler = _Sampler(process.pid)
    sampler.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - started
    sampler.stop()
    if process.returncode not in command.codes:
        tail = errors.decode(errors="replace")[-1000:]
        raise CommandFailedError(f"{command.argv[0]} ended with {process.returncode}: {tail}")
    return Measurement(seconds, sampler.peak)


class _Sampler(threading.Thread):
    """Looks at the memory of a process tree until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._done = threading.Event()

    def run(self) -> None:
        """Sample, and rest in proportion to what sampling took."""
        pause = 0.0
        while not self._done.wait(pause):
            started = time.perf_counter()
            self.peak = max(self.peak, sum(map(_proportional_set_size, _tree(self._pid))))
            pause = max(_SECONDS_BETWEEN_SAMPLES, (time.perf_counter() - started) / _SHARE_OF_TIME)

    def stop(self) -> None:
        """End sampling; ``peak`` is final afterwards."""
        self._done.set()
        self.join()


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they still exist."""
    yield pid
    try:
        threads = list((_PROC / str(pid) / "task").iterdir())
    except OSError:  # it has just ended
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text().split()
        except OSError:  # the thread has
            continue
        for child in children:
            yield from _tree(int(child))


def _proportional_set_size(pid: int) -> int:
    """Bytes; 0 for a process that has just ended."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def environment(home: Path) -> dict[str, str]:
    """The caller's environment with a home directory of the benchmark's own, and no caches of the caller's.

    Python may keep what it compiled, as pip does for whoever installs a program.
    """
    ours = ("SEMGREP_", "SKILLAUDIT_", "XDG_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "HOME": str(home), "SKILLAUDIT_CACHE_DIR": str(home / "cache")}
