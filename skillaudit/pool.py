"""The parent's side of ``worker.py``: hands files to isolated processes and survives whatever happens to them.

A crash, a hang, exhausted memory or a malformed answer is the failure of one file; nothing a worker says is believed
before it is decoded into ``ir.Module``. No process and no directory is left behind, whichever way the pool ends.
"""

import math
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

import msgspec

from skillaudit import ir
from skillaudit.isolation import MALFORMED, NoAnswerError, WorkerError, WorkerProcess, command, sendable
from skillaudit.worker import Reply, Settings

FRONT_ENDS: Mapping[str, str] = {
    "python": "skillaudit.collectors.python",
    "typescript": "skillaudit.collectors.typescript",
    "javascript": "skillaudit.collectors.typescript",
    "go": "skillaudit.collectors.go",
}

_KILOBYTE, _MEGABYTE = 1 << 10, 1 << 20
_REASON_CAP = 200
_WORTH_ANOTHER_WORKER = 96 * _KILOBYTE
"""Bytes of source that take about as long to lower as a worker takes to start."""


class Limits(msgspec.Struct, frozen=True):
    """What one file may cost, and when a worker is replaced.

    Attributes:
        seconds: Wall time for every begun 512 KiB of a file.
        memory: Address space of a worker in bytes.
        volume: Bytes of source after which a worker is replaced.
        resident: Bytes that a worker may keep after a file before it is replaced.
        sizes: Largest file in bytes, by language label: libcst needs gigabytes where tree-sitter needs megabytes.
        size: The same for every other language.
    """

    seconds: float = 20.0
    memory: int = 2048 * _MEGABYTE
    volume: int = 32 * _MEGABYTE
    resident: int = 320 * _MEGABYTE
    sizes: Mapping[str, int] = msgspec.field(default_factory=lambda: {"python": 512 * _KILOBYTE})
    size: int = 2 * _MEGABYTE

    def size_of(self, language: str) -> int:
        """The largest file of ``language`` that is parsed, in bytes."""
        return self.sizes.get(language, self.size)

    def seconds_for(self, source: bytes) -> float:
        """Wall time for one file: ``seconds`` for every begun 512 KiB."""
        return self.seconds * (1 + len(source) // (512 * _KILOBYTE))


class FrontEnds(msgspec.Struct, frozen=True):
    """The module that lowers each language, and directories to import from beside the auditor's own."""

    modules: Mapping[str, str] = msgspec.field(default_factory=lambda: FRONT_ENDS)
    directories: tuple[Path, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """One file to lower: path in the tree, ``Language.label``, bytes."""

    path: str
    language: str
    source: bytes


class Lowered(msgspec.Struct, frozen=True):
    """What became of a job: a module with the JSON it came as (``raw``), or no module and the reason."""

    path: str
    module: ir.Module | None
    reason: str = ""
    raw: bytes = b""


def lower_files(
    jobs: Iterable[Job],
    workers: int,
    limits: Limits | None = None,
    front_ends: FrontEnds | None = None,
    budget: float = math.inf,
) -> list[Lowered]:
    """Lower every job, in the order of their paths, whichever order they came in and finished in.

    Args:
        jobs: the files; those larger than their language's limit fail at once.
        workers: processes at most; fewer are started for little work.
        limits: what one file may cost.
        front_ends: which module lowers which language.
        budget: seconds after which no further file is begun; those left are results without a module.

    Raises:
        WorkerError: no worker can be started.
    """
    limits = limits or Limits()
    fitting, results = [], []
    for job in jobs:
        if len(job.source) > limits.size_of(job.language):
            results.append(Lowered(job.path, None, f"larger than {limits.size_of(job.language) // _KILOBYTE} KiB"))
        else:
            fitting.append(job)
    if fitting:
        with _Pool(fitting, limits, front_ends or FrontEnds(), budget) as pool:
            results += pool.run(workers)
    return sorted(results, key=lambda result: result.path)


class _Pool:
    """The threads, each of which drives one worker process at a time, and everything that must end with them."""

    def __init__(self, jobs: list[Job], limits: Limits, front_ends: FrontEnds, budget: float) -> None:
        self.limits = limits
        self.budget, self.deadline = budget, time.monotonic() + budget
        self.jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for job in sorted(jobs, key=lambda job: (-len(job.source), job.path)):  # the longest must not start last
            self.jobs.put(job)
        self.worth = 1 + min(len(jobs) - 1, sum(len(job.source) for job in jobs) // _WORTH_ANOTHER_WORKER)
        languages = {job.language for job in jobs}
        modules = {name: module for name, module in sorted(front_ends.modules.items()) if name in languages}
        settings = Settings(modules, limits.memory, limits.volume, limits.resident)
        self.command = command(settings, front_ends.directories)
        self.directory = tempfile.mkdtemp(prefix="skillaudit-")
        self.running: set[WorkerProcess] = set()
        self.lock = threading.Lock()
        self.stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def run(self, workers: int) -> list[Lowered]:
        """Drain the queue with at most ``workers`` processes."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - an unchanged tree needs no threads

        threads = max(1, min(workers, self.worth))
        with ThreadPoolExecutor(threads, "lower") as executor:
            try:
                drains = [executor.submit(self._drain) for _ in range(threads)]
                return [result for drain in drains for result in drain.result()]
            finally:
                self.stop()  # before the executor waits for its threads: a kill is what ends their reads

    def stop(self) -> None:
        """End every process; safe to call twice."""
        with self.lock:
            self.stopped = True
            for process in self.running:
                process.kill()
            self.running.clear()

    def _drain(self) -> list[Lowered]:
        results = []
        process: WorkerProcess | None = None
        try:
            while not self.stopped:
                job = self.jobs.get_nowait()
                if time.monotonic() > self.deadline:
                    results.append(Lowered(job.path, None, f"not begun within {self.budget:.0f} s"))
                    continue
                process = process or self._start()
                result, process = self._lower(job, process)
                results.append(result)
        except queue.Empty:
            pass
        finally:
            if process is not None:
                self._end(process)
        return results

    def _lower(self, job: Job, process: WorkerProcess) -> tuple[Lowered, WorkerProcess | None]:
        """The result, and the process if it can go on. What a used worker could not hold, a fresh one may."""
        while True:
            fresh = process.answered == 0
            try:
                reply, raw = process.ask(job.path, job.language, job.source, self.limits.seconds_for(job.source))
            except NoAnswerError as failure:
                self._end(process)
                if fresh or not failure.worth_retrying or self.stopped:
                    return Lowered(job.path, None, str(failure)), None
            else:
                result = _accept(job, reply, raw)
                done = reply.retiring or result.reason == MALFORMED
                if done:
                    self._end(process)
                if fresh or not reply.exhausted:
                    return result, None if done else process
            process = self._start()

    def _start(self) -> WorkerProcess:
        with self.lock:
            if self.stopped:
                raise WorkerError("stopped before a worker could start")
            process = WorkerProcess(self.command, self.directory)
            self.running.add(process)
        try:
            process.greet()
        except WorkerError:
            self._end(process)
            raise
        return process

    def _end(self, process: WorkerProcess) -> None:
        process.close()
        with self.lock:
            self.running.discard(process)


def _accept(job: Job, reply: Reply, raw: bytes) -> Lowered:
    """Decode a worker's answer; whatever does not fit is the file's failure."""
    if not reply.module:
        return Lowered(job.path, None, reply.reason[:_REASON_CAP] or "no reason given")
    try:
        module = msgspec.json.decode(raw, type=ir.Module)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Lowered(job.path, None, MALFORMED)
    if (module.path, module.language) != (sendable(job.path), job.language):
        return Lowered(job.path, None, MALFORMED)
    return Lowered(job.path, msgspec.structs.replace(module, path=job.path), raw=raw)
