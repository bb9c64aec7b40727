"""The one exception root, and the exit codes that the command line promises."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says when it ends; documented in README and ``--help``."""

    DONE = 0
    BELOW_DEMAND = 1
    USAGE = 2
    NOTHING_AUDITED = 3
    PARTIAL = 4
    INTERNAL = 5


class SkillauditError(Exception):
    """An expected failure: its text is one line for the user, its code ends the process."""

    exit_code = ExitCode.INTERNAL


class RefusedError(SkillauditError):
    """What was asked for is never done (protocol, private address, credentials in a URL, bad option value)."""

    exit_code = ExitCode.USAGE


class AcquireError(SkillauditError):
    """There is no tree to audit: missing ref, empty repository, network failure, time or size limit."""

    exit_code = ExitCode.NOTHING_AUDITED
