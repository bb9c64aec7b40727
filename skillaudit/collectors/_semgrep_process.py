"""One run of a semgrep binary: own session, empty environment, limits on memory and time."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

MEMORY_BYTES: Final = 3 << 30
OUTPUT_BYTES: Final = 256 << 20
_POLL_SECONDS: Final = 0.2
_COLLECTOR: Final = "s=4M,d=8"
"""A minor heap of 32 MB: with the default, collecting garbage takes a third of the engine's time.

The engine reserves that much address space for each of ``d`` threads when it starts, as much as it does by default.
"""


class Failure(msgspec.Struct, frozen=True):
    """The run ended without an answer, and why."""

    reason: str


def _limit(pid: int, seconds: float) -> None:
    """Cap a child that has just started; where the platform cannot, its own memory option remains."""
    if sys.platform != "linux":
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CPU, int(seconds) + 5),
        (resource.RLIMIT_CORE, 0),
    )
    with contextlib.suppress(ProcessLookupError):
        for kind, value in limits:
            resource.prlimit(pid, kind, (value, value))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(home: Path) -> dict[str, str]:
    """All that the child may know; nothing of the caller's environment reaches it."""
    return {
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "SEMGREP_SEND_METRICS": "off",
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "SEMGREP_SETTINGS_FILE": str(home / "settings.yml"),
        "SEMGREP_VERSION_CACHE_PATH": str(home / "version"),
        "SEMGREP_LOG_FILE": str(home / "semgrep.log"),
        "PYTHONSAFEPATH": "1",
        "OCAMLRUNPARAM": _COLLECTOR,
    }


def _wait(process: subprocess.Popen[bytes], seconds: float, cancelled: threading.Event) -> int:
    """The exit code; ``TimeoutExpired`` after the time, or soon after the run was cancelled."""
    end = time.monotonic() + seconds
    while True:
        try:
            return process.wait(max(0.0, min(_POLL_SECONDS, end - time.monotonic())))
        except subprocess.TimeoutExpired:
            if cancelled.is_set() or time.monotonic() >= end:
                raise


def run(argv: Sequence[str], home: Path, seconds: float, cancelled: threading.Event) -> bytes | Failure:
    """Run ``argv`` in the private directory ``home`` and return what it printed; setting ``cancelled`` ends it.

    An exit code other than 0 with an answer on stdout is an answer: the engine reports errors of single files so.
    """
    answer = home / "answer.json"
    with answer.open("wb") as output:
        process = subprocess.Popen(
            argv,
            cwd=home,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _limit(process.pid, seconds)
            code = _wait(process, seconds, cancelled)
        except subprocess.TimeoutExpired:
            return Failure(f"the engine did not end within {seconds:.0f} s")
        finally:
            _kill(process)
    printed = answer.read_bytes()
    if code < 0:
        return Failure(f"the engine was ended by signal {-code}")
    return printed or Failure(f"the engine ended with code {code} and no answer")
