"""The child program that lowers files: it may read its stdin, write its stdout, and nothing else.

Parsers crash, hang and eat memory on small hostile inputs, so they run here: in a process of their own with a cleared
environment, hard limits, and no way to open a file or a socket once the front ends are loaded (``pool.py`` is the
parent's side). Messages in both directions are a JSON header and raw bytes, each preceded by its length.
"""

import codecs
import contextlib
import gc
import importlib
import os
import resource
import signal
import struct
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import msgspec

from skillaudit.lowering import Lower, LoweringError

LENGTHS = struct.Struct(">II")
RECURSION = 10_000
STACK = 256 << 20
"""Bytes for the lowering thread's stack: 26 KB for each level of the deepest recursion, well over its need."""

_LIFETIME_CPU = 1800
_GRACE = 5.0
"""Seconds after the parent's own deadline: the alarm is for when there is no parent any more."""
_CODECS = ("latin-1", "cp1252", "iso8859-15", "utf-16", "koi8-r", "euc-jp", "shift_jis", "gbk", "big5", "euc-kr")
_STDIN, _STDOUT = 0, 1


class Settings(msgspec.Struct, frozen=True):
    """What the parent decides for a worker's whole life.

    ``front_ends`` names the module of each language, ``memory`` is the address space in bytes beside the stack; a
    worker retires after ``volume`` bytes of input or when it keeps more than ``resident`` bytes after a file.
    """

    front_ends: dict[str, str]
    memory: int
    volume: int
    resident: int


class Request(msgspec.Struct, frozen=True):
    """One file to lower; its bytes follow. Soon after ``seconds`` the kernel ends the process, parent or no parent."""

    path: str
    language: str
    seconds: float


class Reply(msgspec.Struct, frozen=True):
    """``module``: the JSON of an ``ir.Module`` follows; otherwise ``reason`` says why there is none.

    ``exhausted`` tells that memory ran out: a fresh worker may succeed. ``retiring``: ask this worker nothing more.
    """

    module: bool
    reason: str = ""
    exhausted: bool = False
    retiring: bool = False


def frame(header: msgspec.Struct, body: bytes = b"") -> bytes:
    """One message as it goes over the pipe."""
    head = msgspec.json.encode(header)
    return LENGTHS.pack(len(head), len(body)) + head + body


def main() -> None:
    """Run until stdin ends; started by ``pool.py`` with ``Settings`` as the first argument."""
    sys.stdout = sys.stderr  # a library that prints must not write into the protocol
    settings = msgspec.json.decode(sys.argv[1], type=Settings)
    _limit(resource.RLIMIT_AS, settings.memory + STACK)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, _LIFETIME_CPU)
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_run, args=(settings,))
    thread.start()
    thread.join()


def _run(settings: Settings) -> None:
    try:
        worker = _Worker(settings)
    except Exception as error:  # noqa: BLE001 - a broken installation is told to the parent, which raises it
        _write(frame(Reply(module=False, reason=_internal(error))))
        return
    _confine()
    _write(frame(Reply(module=True)))
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            worker.serve()


def _confine() -> None:
    """Give up files, sockets and processes. Imports come before: they may write their byte code and need files."""
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        _limit(kind, 0)


def _limit(kind: int, value: int) -> None:
    """Set both limits; where the caller's own are tighter already, they stay."""
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


class _Worker:
    """The loaded front ends and what was served so far."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.served = 0
        self.front_ends = _load(settings.front_ends)
        self.statistics = _open_statistics()
        gc.collect()
        gc.freeze()
        gc.disable()

    def serve(self) -> None:
        """Answer one request."""
        header, body = _read()
        request = msgspec.json.decode(header, type=Request)
        signal.setitimer(signal.ITIMER_REAL, request.seconds + _GRACE)
        reply, module = self.lower(request, body)
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.served += len(body)
        del body
        gc.collect()
        _write(frame(msgspec.structs.replace(reply, retiring=reply.exhausted or self._full()), module))

    def lower(self, request: Request, source: bytes) -> tuple[Reply, bytes]:
        """The outcome for one file, and the module's JSON or nothing."""
        try:
            module = self.front_ends[request.language](request.path, request.language, source)
            return Reply(module=True), msgspec.json.encode(module)
        except LoweringError as error:
            reply = Reply(module=False, reason=str(error))
        except MemoryError:
            reply = Reply(module=False, reason="needs too much memory", exhausted=True)
        except RecursionError:
            reply = Reply(module=False, reason="nested too deeply")
        except BaseException as error:  # noqa: BLE001 - libraries raise panics outside Exception; any is one file's failure
            reply = Reply(module=False, reason=_internal(error))
        return reply, b""

    def _full(self) -> bool:
        return self.served > self.settings.volume or _resident(self.statistics) > self.settings.resident


def _load(front_ends: Mapping[str, str]) -> dict[str, Lower]:
    """Import the front ends and whatever they import lazily: afterwards no file can be opened."""
    for codec in _CODECS:
        codecs.lookup(codec)
    loaded: dict[str, Lower] = {}
    for language, module in front_ends.items():
        lower: Lower = importlib.import_module(module).lower
        loaded[language] = lower
        for sample in (b"", b"x = 'y'\n", b"((("):
            with contextlib.suppress(LoweringError):
                lower("", language, sample)
    return loaded


def _internal(error: BaseException) -> str:
    """Which error and where in the code, without its text: that may repeat the audited file."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"


def _open_statistics() -> int:
    """Linux' live memory figures, opened before files are forbidden; -1 elsewhere, where the volume alone counts."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1


def _resident(statistics: int) -> int:
    if statistics < 0:
        return 0
    return int(os.pread(statistics, 128, 0).split()[1]) * resource.getpagesize()


def _read() -> tuple[bytes, bytes]:
    header, body = LENGTHS.unpack(_read_exactly(LENGTHS.size))
    return _read_exactly(header), _read_exactly(body)


def _read_exactly(size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        chunk = os.read(_STDIN, size - len(received))
        if not chunk:
            raise EOFError
        received += chunk
    return bytes(received)


def _write(message: bytes) -> None:
    view = memoryview(message)
    while view:
        view = view[os.write(_STDOUT, view) :]
