"""Facts on where the code works against its own records: dropped errors, muted logs, secrets in the source."""

import msgspec

from skillaudit.model import Confidence, Location, Surface


class ErrorHandler(msgspec.Struct, frozen=True):
    """A ``catch``/``except``, or Go's ``if err != nil``, in the code of the tool whose code begins at ``tool``.

    ``swallowed``: the error leaves no trace there, neither in a record nor in what the caller gets.
    """

    location: Location
    surface: Surface
    package: str
    tool: Location
    caught: str
    swallowed: bool


class Mute(msgspec.Struct, frozen=True):
    """Where a program switches its own records off when it runs in production with no option set.

    ``printed``: only what it prints to standard output.
    """

    location: Location
    surface: Surface
    package: str
    what: str
    printed: bool = False


class HardCoded(msgspec.Struct, frozen=True):
    """A secret in the source or in a committed settings file; nothing of it is held but its kind and length.

    ``name`` is what the secret is given to or compared with.
    """

    location: Location
    surface: Surface
    package: str
    name: str
    kind: str
    length: str
    confidence: Confidence
