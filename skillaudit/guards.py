"""What watches a session while tools are called, and tools that change the server's own limits: facts."""

from enum import StrEnum

import msgspec

from skillaudit.model import Location, Surface


class Watched(StrEnum):
    """What a guard looks at."""

    BURST = "burst"
    CHAIN = "retrieval-to-external chain"
    ENUMERATION = "enumeration"
    RESPONSE = "single response"
    SESSION = "session volume"
    OUTBOUND = "outbound volume"


class Guard(msgspec.Struct, frozen=True):
    """A condition on what a session did, or on how much data moved.

    Attributes:
        tools: Names of the package's tools whose calls pass it; empty where nothing calls it.
        recorded: The operator sees a record where the condition holds.
        configurable: The threshold comes from outside the code.
        per_session: What it keeps belongs to one session or caller.
        dead: No production code calls it.
        idle: Why its condition never holds, in words behind "the one at …"; empty where it may.
    """

    watched: Watched
    location: Location
    surface: Surface
    package: str
    tools: tuple[str, ...]
    recorded: bool
    configurable: bool
    per_session: bool
    dead: bool = False
    idle: str = ""


class Volume(msgspec.Struct, frozen=True):
    """How a tool moves data: ``sized`` is where it returns what its caller sizes, ``sent`` where it sends a body."""

    tool: str
    handler: Location
    package: str
    sized: Location | None
    sent: Location | None


class ConfigChange(msgspec.Struct, frozen=True):
    """A tool that changes the server's own limits, scopes or flags at ``location``.

    ``confirmed`` is where a second factor is asked for before, ``recorded`` where the change is recorded; None without.
    """

    tool: str
    handler: Location
    package: str
    surface: Surface
    location: Location
    setting: str
    confirmed: Location | None
    recorded: Location | None


class SurfaceHash(msgspec.Struct, frozen=True):
    """A place where a hash of the tools that the server lists is stored or recorded."""

    location: Location
    surface: Surface
    package: str
    what: str
