"""What the records of one tool call say, and when they are written: facts for SA114 and the coverage matrix."""

from enum import StrEnum

import msgspec

from skillaudit.model import Location

_SHARED = ("dispatcher", "middleware", "decorator", "wrapper", "handler")


class Moment(StrEnum):
    """When a record of a tool's call is written, seen from the tool's work."""

    BEFORE = "before the call"
    SUCCESS = "on success"
    FAILURE = "on failure"
    EITHER = "on success and failure"


class Said(StrEnum):
    """What a record of a tool's call can tell; the first two are the least it needs, the others its full marks."""

    TOOL = "tool name"
    OUTCOME = "outcome"
    DURATION = "duration"
    CALLER = "caller"
    ARGUMENTS = "hash of the arguments"
    BYTES = "bytes"
    SESSION_AGE = "session age"


class Trace(msgspec.Struct, frozen=True):
    """One record that a tool's call may leave in the default configuration.

    ``mechanism`` is as in ``facts.Record``; ``said`` is in the order of ``Said``.
    """

    location: Location
    mechanism: str
    moment: Moment
    said: tuple[Said, ...] = ()

    @property
    def rank(self) -> int:
        """How many tools share the place, in order: a dispatcher is a better place to mend than one handler."""
        return _SHARED.index(self.mechanism) if self.mechanism in _SHARED else len(_SHARED)

    @property
    def on_success(self) -> bool:
        """Whether it is written after a call that succeeded."""
        return self.moment in {Moment.SUCCESS, Moment.EITHER}

    @property
    def on_failure(self) -> bool:
        """Whether it is written after a call that failed."""
        return self.moment in {Moment.FAILURE, Moment.EITHER}
