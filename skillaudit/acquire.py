"""Get a tree to audit, without running anything in it, and leave nothing behind."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skillaudit.acquirers._job import Job
from skillaudit.acquirers.local import copy_tree
from skillaudit.address import LocalDirectory, RemoteRepository, locate, printable
from skillaudit.contents import Contents
from skillaudit.errors import AcquireError
from skillaudit.source import AcquireOptions, Source, Tree


@contextmanager
def acquire(source: Source, options: AcquireOptions, contents: Contents | None = None) -> Iterator[Tree]:
    """Fetch or copy `source` into a private temporary folder that is removed when the block ends, however it ends.

    Args:
        source: What to get.
        options: What that may do and cost.
        contents: The files of trees whose blocks are open; what they hold is not read or written again.

    Raises:
        RefusedError: The address, ref or subdir is of a kind that is never used, or leads to a private host.
        AcquireError: There is no tree: unknown path or ref, empty repository, network failure, limit exceeded.
    """
    place = locate(source, options)
    deadline = time.monotonic() + options.limits.seconds
    with tempfile.TemporaryDirectory(prefix="skillaudit-") as folder:
        job = Job(source, options, Path(folder).resolve(), deadline, contents)
        job.home.mkdir(mode=0o700)
        match place:
            case LocalDirectory():
                tree = copy_tree(place, job)
            case RemoteRepository():
                from skillaudit.acquirers.remote import fetch_tree  # noqa: PLC0415 - HTTP, which a folder needs not

                try:
                    tree = fetch_tree(place, job)
                except AcquireError as error:
                    raise AcquireError(f"{error}{_read_as(source, place)}") from error
        yield tree


def _read_as(source: Source, place: RemoteRepository) -> str:
    """What the address was taken for, where it could have been meant as a folder."""
    address = source.address
    return (
        "" if "://" in address else f"; there is no folder {printable(address)}, so it was looked for on {place.host}"
    )
