"""What the checks of maintenance have in common."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, Reference
from skillaudit.facts import Facts, Step
from skillaudit.inventory import Package
from skillaudit.model import Confidence, Location, Severity, Surface

SHOWN = 25
REPOSITORY = "*"
"""The package of what concerns the repository as a whole: each of its packages that ships."""


def scorecard(name: str) -> Reference:
    """The OpenSSF Scorecard check that asks the same."""
    anchor = name.lower()
    return Reference(
        f"OpenSSF Scorecard: {name}", f"https://github.com/ossf/scorecard/blob/main/docs/checks.md#{anchor}"
    )


def shipped(facts: Facts) -> list[Package]:
    """The packages that ship, the one nearest to the root first."""
    return sorted(
        (one for one in facts.inventory.packages if one.ships), key=lambda one: (one.path.count("/"), one.path)
    )


def not_asked(facts: Facts, what: str) -> NotApplicable | None:
    """Why a question about the whole repository does not arise; None where it does.

    Args:
        facts: what is known.
        what: what would be looked for at the repository's top.
    """
    if facts.upkeep.part:
        return NotApplicable(f"only a folder of the repository was audited, and {what} stands at its top")
    return None if shipped(facts) else NotApplicable("no package ships")


def top(facts: Facts) -> Location:
    """Where a finding on the whole repository points: the manifest nearest to its root."""
    return Location(shipped(facts)[0].manifest, 1)


def surface_at(facts: Facts, location: Location) -> Surface:
    """What the file of a sign is for; configuration of the project's own counts as production."""
    found = next((file.surface for file in facts.inventory.files if file.path == location.path), Surface.PRODUCTION)
    return found if found in _ASIDE else Surface.PRODUCTION


_ASIDE = {Surface.TEST, Surface.EXAMPLE, Surface.BENCHMARK, Surface.DOCUMENTATION, Surface.GENERATED}


def missing(  # noqa: PLR0913 - the parts of a finding
    place: Location,
    message: str,
    fix: str,
    *,
    what: str,
    severity: Severity = Severity.LOW,
    related: tuple[Step, ...] = (),
) -> Iterator[Observation]:
    """The evidence and the finding of something that the repository does not have."""
    yield Evidence(place, False, what, REPOSITORY)
    yield Finding(
        severity, Confidence.HIGH, Surface.PRODUCTION, REPOSITORY, place, message, fix=fix, related=related[:SHOWN]
    )
