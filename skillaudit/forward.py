"""What is known of the way of records: chains from the code to where they are kept, link by link."""

from enum import StrEnum

import msgspec

from skillaudit.model import Location


class Stage(StrEnum):
    """The stops of a forwarding chain, in their order, and what is asked of its end; ``HOST``: it ends on the host."""

    SOURCE = "source"
    DRIVER = "driver"
    AGENT = "agent"
    ROUTE = "route"
    HOST = "host"
    DESTINATION = "destination"
    TRANSPORT = "transport"
    RETENTION = "retention"
    IMMUTABILITY = "immutability"
    PERMISSION = "permission"


class Standing(StrEnum):
    """Whether a link of a chain holds."""

    OK = "ok"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Reach(StrEnum):
    """Where the other end of a connection is: ``LOCAL`` is loopback, a unix socket, the same stack or cluster."""

    LOCAL = "local"
    UNKNOWN = "unknown"
    PUBLIC = "public"


class ChainLink(msgspec.Struct, frozen=True):
    """One link of a chain: where it stands, what it is, and why it does not hold or why that is unknown."""

    location: Location
    stage: Stage
    what: str
    standing: Standing = Standing.OK
    reason: str = ""
    reach: Reach = Reach.UNKNOWN


_WAY = frozenset({Stage.SOURCE, Stage.DRIVER, Stage.AGENT, Stage.ROUTE, Stage.HOST, Stage.DESTINATION})


class Chain(msgspec.Struct, frozen=True):
    """The way of one workload's records, from the code to the end. ``package`` is empty where it is not known.

    ``opt_in``: a condition in the code stands before it.
    """

    package: str
    workload: str
    links: tuple[ChainLink, ...]
    opt_in: bool = False

    @property
    def broken(self) -> ChainLink | None:
        """The first link that does not hold."""
        return next((link for link in self.links if link.standing is Standing.BROKEN), None)

    @property
    def stops(self) -> ChainLink | None:
        """The link at which the records stop, None where they arrive."""
        return next((x for x in self.links if x.stage in _WAY and x.standing is Standing.BROKEN), None)

    @property
    def arrives(self) -> bool:
        """Whether records reach a destination other than the host's own disk or console."""
        return self.stops is None and self.of(Stage.DESTINATION) is not None

    def of(self, stage: Stage) -> ChainLink | None:
        """The first link of a stage."""
        return next((link for link in self.links if link.stage is stage), None)


class Deployment(msgspec.Struct, frozen=True):
    """A place that says how a package is run: a compose service, a pod, a unit, a platform's settings."""

    location: Location
    kind: str
    workload: str
    package: str
