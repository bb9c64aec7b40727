"""What is known against a version of a package: the words of those who look it up, and of the checks that read it.

A dependency is in one of three states, and no format may confuse them: vulnerable, clean, or *could not check*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from skillaudit.dependency import Coordinate, Dependency, Listing
from skillaudit.model import Location, Severity

UPDATE = "skillaudit advisories update"
"""The one command that mends 'could not check' where the data is missing."""


class State(StrEnum):
    """What is known of a dependency, or of all dependencies of a package."""

    VULNERABLE = "vulnerable"
    CLEAN = "clean"
    UNCHECKED = "could not check"


class Advisory(msgspec.Struct, frozen=True):
    """One known vulnerability of one version.

    Attributes:
        id: The name it goes by in the ecosystem's own database.
        aliases: Its other names, sorted; a CVE among them where there is one.
        severity: By the rating or the CVSS score that its record gives; MEDIUM where it gives none.
        score: CVSS base score from 0 to 10, None where there is no vector.
        rating: What the record says of its severity in a word, empty where it says nothing.
        summary: One line of somebody else's text.
        fixed: The first version without it that follows the one installed, empty where there is none.
        exploited: It is in CISA's catalogue of exploited vulnerabilities.
        probability: EPSS: of being exploited within 30 days, from 0 to 1; None where that is not known.
    """

    id: str
    aliases: tuple[str, ...] = ()
    severity: Severity = Severity.MEDIUM
    score: float | None = None
    rating: str = ""
    summary: str = ""
    fixed: str = ""
    exploited: bool = False
    probability: float | None = None

    @property
    def names(self) -> frozenset[str]:
        """Its id and its aliases."""
        return frozenset({self.id, *self.aliases})


class Answer(msgspec.Struct, frozen=True):
    """What a source says of all the coordinates that it was asked about.

    Attributes:
        source: ``local``, ``osv``, ``pypi`` or ``none``.
        age_days: How old its data is, None where it is live or there is none.
        found: The advisories of each vulnerable coordinate, the gravest first.
        unchecked: Why a coordinate could not be looked up, by coordinate.
        refused: Why nothing that is not in ``found`` can be called clean, empty where it can.
        warnings: Lines for the user about this machine or the network.
    """

    source: str = "none"
    age_days: int | None = None
    found: Mapping[Coordinate, tuple[Advisory, ...]] = msgspec.field(default_factory=dict)
    unchecked: Mapping[Coordinate, str] = msgspec.field(default_factory=dict)
    refused: str = ""
    warnings: tuple[str, ...] = ()


class SourceError(Exception):
    """A source of advisories cannot answer at all; the text says why in a few words."""


class AdvisorySource(Protocol):
    """Somebody who knows advisories."""

    def ask(self, coordinates: Sequence[Coordinate]) -> Answer:
        """Look all of them up at once.

        Raises:
            SourceError: it cannot answer at all.
        """
        ...


class Dependencies(msgspec.Struct, frozen=True):
    """What the repository installs and what is known against it."""

    listings: tuple[Listing, ...] = ()
    answer: Answer = msgspec.field(default_factory=Answer)


def state_of(dependency: Dependency, answer: Answer) -> tuple[State, str]:
    """The state of one dependency, with the reason where it could not be checked."""
    if dependency.coordinate in answer.found:
        return State.VULNERABLE, ""
    reason = dependency.unchecked or answer.unchecked.get(dependency.coordinate, "") or answer.refused
    return (State.UNCHECKED, reason) if reason else (State.CLEAN, "")


def asked_about(listings: Iterable[Listing]) -> tuple[Coordinate, ...]:
    """Everything that can be looked up, once each, sorted."""
    return tuple(
        sorted(
            {
                one.coordinate
                for listing in listings
                for one in listing.dependencies
                if not one.unchecked and one.coordinate.version
            }
        )
    )


def places(dependencies: Dependencies) -> Iterator[Location]:
    """Where a finding on dependencies can point."""
    for listing in dependencies.listings:
        yield Location(listing.path, 1)
        yield from (
            Location(listing.path, one.line)
            for one in listing.dependencies
            if one.coordinate in dependencies.answer.found
        )
        yield from (Location(listing.manifest, one.line) for one in listing.drift)
        yield from (Location(listing.path, one.line) for one in listing.floating)
