"""The one exception root, and the exit codes that the command line promises."""

import os
import signal
from enum import IntEnum
from typing import Final, NoReturn

from skillaudit import __version__

_ISSUES: Final = "https://github.com/skillaudit/skillaudit/issues"


class ExitCode(IntEnum):
    """What the process says when it ends; documented in README and ``--help``."""

    DONE = 0
    BELOW_DEMAND = 1
    USAGE = 2
    NOTHING_AUDITED = 3
    PARTIAL = 4
    INTERNAL = 5


ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks the process to end: it does, by the same signal, after it has tidied up."""


class EndedError(BaseException):
    """One of those signals came; not an ``Exception``, so that nothing takes it for a failure of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = signal.Signals(number)

    @classmethod
    def raise_once(cls, number: int, _frame: object) -> NoReturn:
        """Handle a signal; further ones wait until all is tidied up."""
        for other in ENDING_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise cls(number)


class SkillauditError(Exception):
    """An expected failure: its text is one line for the user, its code ends the process."""

    exit_code = ExitCode.INTERNAL


class RefusedError(SkillauditError):
    """What was asked for is never done (protocol, private address, credentials in a URL, bad option value)."""

    exit_code = ExitCode.USAGE


class AcquireError(SkillauditError):
    """There is no tree to audit: missing ref, empty repository, network failure, time or size limit."""

    exit_code = ExitCode.NOTHING_AUDITED


def place_of(error: Exception) -> str:
    """The exception's class and where in our code it arose; its text may quote the repository."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if f"{os.sep}skillaudit{os.sep}" in file:
            place = f" in {file.rpartition(os.sep)[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}, skillaudit {__version__}"


def told_internally(error: Exception) -> str:
    """One line on a mistake of our own, for the user to report."""
    return f"internal error: {place_of(error)}. Please report this line at {_ISSUES}"
