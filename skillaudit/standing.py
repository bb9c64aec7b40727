"""How the dependencies of each package stand, file by file: vulnerable, clean, or could not check, and why."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from skillaudit.advisory import Advisory, Answer, State, state_of
from skillaudit.dependency import GO, Dependency, Listing
from skillaudit.facts import Facts
from skillaudit.model import Gap


class Vulnerable(msgspec.Struct, frozen=True):
    """A dependency with what is known against it."""

    dependency: Dependency
    advisories: tuple[Advisory, ...]


class Standing(msgspec.Struct, frozen=True):
    """One manifest or lockfile of one package.

    Attributes:
        listing: What it lists.
        state: Vulnerable where anything in it is, else could not check where anything could not be, else clean.
        vulnerable: What is, sorted by name.
        unchecked: How many could not be checked, by reason.
        missing: Why more may be installed than is listed, empty where that is all.
    """

    listing: Listing
    state: State
    vulnerable: tuple[Vulnerable, ...] = ()
    unchecked: tuple[tuple[str, int], ...] = ()
    missing: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not all of it could be checked, in words."""
        counted = (f"{count} not looked up: {reason}" for reason, count in self.unchecked)
        return tuple(one for one in (*counted, self.missing) if one)


class Asked(msgspec.Struct, frozen=True):
    """Who was asked about known vulnerabilities, and the age of its data in days; None where that is live or none."""

    source: str = "none"
    age_days: int | None = None


def stand(facts: Facts) -> tuple[Standing, ...]:
    """Every manifest and lockfile, in their order."""
    answer = facts.dependencies.answer
    return tuple(standing_of(listing, answer) for listing in facts.dependencies.listings)


def standing_of(listing: Listing, answer: Answer) -> Standing:
    """How one of them stands."""
    vulnerable: list[Vulnerable] = []
    reasons: Counter[str] = Counter()
    for one in listing.dependencies:
        state, reason = state_of(one, answer)
        if state is State.VULNERABLE:
            vulnerable.append(Vulnerable(one, answer.found[one.coordinate]))
        elif state is State.UNCHECKED:
            reasons[reason] += 1
    missing = f"cannot be read: {listing.trouble}" if listing.trouble else listing.partial
    unchecked = tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))
    state = State.VULNERABLE if vulnerable else State.UNCHECKED if unchecked or missing else State.CLEAN
    return Standing(listing, state, tuple(vulnerable), unchecked, missing)


def dependency_gaps(facts: Facts) -> Iterator[Gap]:
    """What could not be checked, one gap for each file and reason."""
    for one in stand(facts):
        for reason in (*(reason for reason, _ in one.unchecked), one.missing):
            if reason:
                yield Gap("dependencies", one.listing.path, f"dependencies: could not check: {reason}")
    if any(one.ecosystem == GO for one in facts.dependencies.listings):
        reason = "dependencies: could not check: Go's standard library is that of the toolchain that builds"
        yield Gap("dependencies", "", reason)
