"""Which packages of a tree run in one process, which of them others start, and what is counted instead of logged."""

from collections.abc import Iterable

import msgspec

from skillaudit.model import Location, Surface


class Use(msgspec.Struct, frozen=True):
    """Production code of ``package`` imports ``used``, another package of the tree: both run in one process."""

    package: str
    used: str


class Offer(msgspec.Struct, frozen=True):
    """A library with tools that starts no server itself; ``location`` is where it says so best.

    ``hosts`` are the packages of the tree that do; where there are none, it is a framework for other projects.
    """

    package: str
    hosts: tuple[str, ...]
    location: Location


class Counted(msgspec.Struct, frozen=True):
    """An event handed to analytics or metrics: it is aggregated there, and no log keeps it. ``what`` is the call."""

    location: Location
    surface: Surface
    package: str
    what: str


def reached(found: Iterable[Use], package: str) -> frozenset[str]:
    """The package and all that run in its process, as far as imports say."""
    held = tuple(found)
    seen, front = {package}, {package}
    while front:
        front = {use.used for use in held if use.package in front} - seen
        seen |= front
    return frozenset(seen)


class Hosting(msgspec.Struct, frozen=True):
    """All of that for one tree. ``aside`` are paths of production files that no server of it runs."""

    uses: tuple[Use, ...] = ()
    offers: tuple[Offer, ...] = ()
    counted: tuple[Counted, ...] = ()
    aside: tuple[str, ...] = ()

    def running(self, package: str) -> frozenset[str]:
        """The package and those of the tree that run in its process."""
        return reached(self.uses, package)
