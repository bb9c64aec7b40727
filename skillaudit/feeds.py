"""The command that builds the local advisory database."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from skillaudit.advisories.location import database_path
from skillaudit.advisories.update import DUMPS, EPSS, KEV, update
from skillaudit.clean import clean
from skillaudit.errors import ExitCode, RefusedError
from skillaudit.terminal import scratch, warn, write_out


def update_database(sources: tuple[str, ...], *, kev: bool, epss: bool) -> ExitCode:
    """Build the database from what is named, by default from OSV's dumps.

    Raises:
        SkillauditError: something cannot be fetched or read; the old database then stays.
    """
    path = database_path(os.environ)
    if path is None:
        raise RefusedError("there is no folder for the advisory database: set SKILLAUDIT_DATA_DIR to an absolute path")
    wanted = (*(sources or DUMPS), *((KEV,) if kev else ()), *((EPSS,) if epss else ()))
    with scratch(), _bars() as progress:
        built = update(path, wanted, progress)
    for one in built:
        if one.skipped:
            warn(f"{one.what}: {one.skipped} records could not be read and are left out")
    write_out("".join(f"{one.what}: {one.records}\n" for one in built) + f"written to {clean(str(path))}\n")
    return ExitCode.DONE


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for each download and archive, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - loaded only where it shows
    from rich.progress import Progress, TaskID  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(clean(what))
            progress.update(tasks[what], completed=done, total=total or None)

        yield show
