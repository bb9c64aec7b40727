"""Facts about security events: which callers are turned away, who gets in, and what is recorded of it."""

from enum import StrEnum

import msgspec

from skillaudit.model import Location, Surface


class Cause(StrEnum):
    """Why a caller is turned away."""

    CREDENTIAL = "credential"
    SCOPE = "permission"
    RATE = "rate limit"
    ORIGIN = "origin or host"
    SESSION = "session"
    OWNERSHIP = "ownership"
    POLICY = "policy"


class Note(msgspec.Struct, frozen=True):
    """What one record says: the names of its fields and values, bound ones included.

    Attributes:
        location: Of the log call.
        names: Each as written.
        people: What it tells of a person as it is: e-mail, name, token-like identity.
        correlated: One of the names ties it to others: a session, a request, a trace, a hashed caller.
        hashed: Something in it passes through a hash on the spot, or is named after one.
    """

    location: Location
    package: str
    names: tuple[str, ...]
    people: tuple[str, ...] = ()
    correlated: bool = False
    hashed: bool = False


class Rejection(msgspec.Struct, frozen=True):
    """A branch in the server's own request path that turns a caller or a call away.

    Attributes:
        location: The step that rejects: the response, the raised error, the refusing return.
        what: The rejection in words.
        records: Places of the records that are left by default where it rejects, or where the error is caught.
        tool: A tool call is refused, as opposed to a request or a token.
        hushed: Where there is none of these, a record of the branch that only a debug level or an option shows.
        owners: In an ownership check the names of the two identities that are compared, else empty.
    """

    location: Location
    surface: Surface
    package: str
    cause: Cause
    what: str
    records: tuple[Location, ...] = ()
    tool: bool = False
    owners: tuple[str, ...] = ()
    hushed: Location | None = None


class AccessLog(msgspec.Struct, frozen=True):
    """A record of each request that a library keeps by itself: address, path and status, and no more."""

    location: Location
    what: str


class Connection(msgspec.Struct, frozen=True):
    """A place where the server lets a client in (``initialize``), with the records that success leaves.

    ``access`` is the log of requests that the library around it keeps, None where it keeps none.
    """

    location: Location
    surface: Surface
    package: str
    what: str
    records: tuple[Location, ...] = ()
    access: AccessLog | None = None


class Unused(msgspec.Struct, frozen=True):
    """Code of an application that is defined and never called.

    ``kind``: ``auth`` and ``audit`` for security machinery, else what a finding in it would have been about: the danger
    of a call or the nature of what a record holds.
    """

    location: Location
    package: str
    kind: str
    name: str


class Correlation(msgspec.Struct, frozen=True):
    """A context that all records of a package carry: a child logger, context variables, a filter or processor."""

    location: Location
    package: str
    names: tuple[str, ...]
