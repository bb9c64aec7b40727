"""What reaches a dangerous call: a value that a caller of the server chose, and what was asked of it on the way."""

from enum import StrEnum

import msgspec

from skillaudit.model import Confidence, Location, Surface


class Danger(StrEnum):
    """What a call does with the value that reaches it."""

    ADDRESS = "chooses the host of a request"
    ADDRESS_PATH = "becomes part of a request's path"
    COMMAND = "is run as a command"
    ARGUMENT = "becomes an argument of a command"
    PATH = "is used as a file path"
    CODE = "is evaluated as code"


class Strength(StrEnum):
    """What the checks in front of a call are worth: ``NAIVE`` ones can be got round in a known way."""

    NONE = "none"
    NAIVE = "naive"
    SOUND = "sound"


class Guarded(msgspec.Struct, frozen=True):
    """The best check that the value passed; ``what`` says what it does, and for a naive one how it is got round."""

    strength: Strength = Strength.NONE
    what: str = ""
    location: Location | None = None


class Stop(msgspec.Struct, frozen=True):
    """One stop of a value on its way to the call."""

    location: Location
    note: str


class CodeFlow(msgspec.Struct, frozen=True):
    """A value that the caller chose reaches a dangerous call.

    Attributes:
        location: The call of the library or the runtime, not the project's own helper around it.
        sink: What is called, as a dotted path.
        operation: ``read``, ``list``, ``write``, ``delete`` or ``rename`` for a path, else empty.
        value: What the source calls the value.
        source: What the value is: a tool argument, request data.
        tools: Names of the tools whose handlers take the value, as far as they are known.
        declared: The tool says by name and description that this is what it is for.
        protected: The place of a check that refuses protected paths (``.env``, ``.git`` …) before the call, if any.
        recorded: The place of a record that is written before the call, if any.
        trace: The way of the value, source first.
        repeated: Calls told with this one: the directory made for the file that it writes, a read of what it wrote.
    """

    danger: Danger
    location: Location
    surface: Surface
    package: str
    sink: str
    operation: str
    value: str
    source: str
    guarded: Guarded
    tools: tuple[str, ...]
    declared: bool
    trace: tuple[Stop, ...]
    confidence: Confidence = Confidence.HIGH
    protected: Location | None = None
    recorded: Location | None = None
    repeated: tuple[Stop, ...] = ()
