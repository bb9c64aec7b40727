"""What every command of the command line shares: scratch space, progress, and output that is written whole."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from skillaudit.clean import clean, harmless
from skillaudit.errors import ENDING_SIGNALS, RefusedError


@contextmanager
def scratch() -> Iterator[None]:
    """A folder for every temporary file, so that none is left wherever a signal strikes.

    Raises:
        RefusedError: there is no place for one, as in a container without a writable ``/tmp``.
    """
    usual, folder = tempfile.tempdir, ""
    try:
        with _undisturbed():  # a signal that waited strikes where this block ends: inside the outer one
            tempfile.tempdir = folder = _made()
        yield
    finally:
        with _undisturbed():
            tempfile.tempdir = usual
            if folder:
                shutil.rmtree(folder, ignore_errors=True)


def _made() -> str:
    try:
        return tempfile.mkdtemp(prefix="skillaudit-")
    except OSError as error:
        raise RefusedError(f"no temporary folder can be written ({error.strerror}): set TMPDIR to one") from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals that end the process wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A spinner with the step's name on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - loaded only where it shows

    with Console(stderr=True).status("starting") as status:
        yield lambda step: status.update(f"{step} ...")


def warn(message: str) -> None:
    """Tell the user one line on standard error."""
    print(f"skillaudit: {harmless(message)}", file=sys.stderr)  # noqa: T201 - the command line's own output


def write_out(text: str) -> None:
    """Write to standard output; what its encoding lacks appears as escapes. A reader that leaves is no error.

    Raises:
        RefusedError: it cannot be written, such as to a full disk.
    """
    try:
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered must not fail again when the interpreter flushes at exit.
        _discard_output()
    except OSError as error:
        _discard_output()
        raise RefusedError(f"cannot write to standard output: {error.strerror}") from error


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        RefusedError: it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe takes the text; replacing it would put a file in its place.
            path.write_text(text, encoding="utf-8")
            return
        descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
            Path(name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise RefusedError(f"cannot write {clean(str(path))}: {error.strerror}") from error
