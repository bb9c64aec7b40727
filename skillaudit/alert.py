"""What is known of alerting: rules, the events they read, and whom a rule that fires reaches."""

from enum import StrEnum

import msgspec

from skillaudit.model import Location


class Reads(StrEnum):
    """What an alert rule looks at."""

    LOGS = "log records"
    METRICS = "metrics"
    OTHER = "other events"


class Match(StrEnum):
    """How a rule means a name: as the whole event name, as a part of a record's text, or as either."""

    EVENT = "event name"
    TEXT = "part of a record"


class Wanted(msgspec.Struct, frozen=True):
    """One name that a rule looks for; ``location`` is where its expression stands."""

    name: str
    match: Match
    location: Location


class Expression(msgspec.Struct, frozen=True):
    """What a rule asks.

    Attributes:
        reads: What it looks at.
        wanted: The event names and texts that it looks for.
        metrics: Names of metrics; of those that count records, the records' names stand in ``wanted``.
        selectors: Values by which it selects a service, a container, a log group.
        denials: It counts answers of 401, 403 or 429.
        least: The number of events within ``window`` seconds from which it fires; None where that is not known.
        hold: Seconds for which that must last before anybody hears of it.
    """

    reads: Reads = Reads.OTHER
    wanted: tuple[Wanted, ...] = ()
    metrics: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    denials: bool = False
    least: int | None = None
    window: int = 0
    hold: int = 0


class Receiver(msgspec.Struct, frozen=True):
    """Whom an alert reaches, over which channels.

    ``pages`` is None where that is decided outside the tree; ``location`` is where the receiver is chosen.
    ``fallback``: it gets what no route takes.
    """

    name: str
    location: Location
    channels: tuple[str, ...] = ()
    pages: bool | None = None
    fallback: bool = False


class AlertRule(msgspec.Struct, frozen=True):
    """One alert rule.

    Attributes:
        system: What evaluates it: ``Prometheus``, ``Grafana``, ``Sigma`` and so on.
        severity: As it is written, empty where none is.
        receivers: All whom it can reach; empty where nothing in the tree decides that.
        unrouted: Routes are declared for its system, and none takes it.
    """

    location: Location
    package: str
    system: str
    name: str
    severity: str
    expression: Expression
    receivers: tuple[Receiver, ...] = ()
    unrouted: bool = False

    @property
    def pages(self) -> bool | None:
        """Whether it wakes somebody; None where that is decided outside the tree."""
        held = {one.pages for one in self.receivers}
        if True in held:
            return True
        return None if None in held or not (held or self.unrouted) else False


class Alerting(msgspec.Struct, frozen=True):
    """All alert rules of a tree, where alerts are sent, and where it is written down who answers which how fast.

    ``configured`` are the places of rules, routes and what collects records, whatever they are about.
    """

    rules: tuple[AlertRule, ...] = ()
    configured: tuple[Location, ...] = ()
    documented: tuple[Location, ...] = ()
