"""Read files that somebody else laid out: never through a link, never waiting on a pipe, never without a cap."""

import os
import stat
from pathlib import Path


class NotRegularError(OSError):
    """The path is a folder, pipe, socket or device."""


class TooLargeError(OSError):
    """The file is larger than the cap; ``size`` is its size in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


def read_regular(path: str | Path, max_bytes: int) -> bytes:
    """The content of a regular file.

    Args:
        path: Where it is.
        max_bytes: The cap.

    Raises:
        NotRegularError: It is no regular file.
        TooLargeError: It is larger than `max_bytes`.
        OSError: It cannot be read.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(path, flags)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(f"not a regular file: {path}")
        if status.st_size > max_bytes:
            raise TooLargeError(status.st_size)
        data = os.read(handle, max_bytes + 1)
        while len(data) < status.st_size and (more := os.read(handle, max_bytes + 1 - len(data))):
            data += more
    finally:
        os.close(handle)
    if len(data) > max_bytes:
        raise TooLargeError(len(data))
    return data
