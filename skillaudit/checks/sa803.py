"""SA803: direct dependencies with floating versions and no lock."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.dependency import Listing, Requirement
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Location, Severity

_SHOWN = 25
_NAMED = 3


@check(
    "SA803",
    title="Floating versions of direct dependencies without a lock",
    asks="Does every list of dependencies that can be installed by itself say which versions?",
    why="A requirements file beside a lockfile is what a Dockerfile installs from: with ranges in it, every build may get other code.",
    remediation=Remediation(
        "Generate the file from the lockfile, with hashes, or install from the lockfile and delete it.",
        (
            Example("uv", "sh", "uv export --frozen --no-dev --output-file requirements.txt\n"),
            Example("poetry", "sh", "poetry export --output requirements.txt\n"),
            Example("pip-tools", "sh", "pip-compile --generate-hashes --output-file requirements.txt pyproject.toml\n"),
        ),
    ),
    references=(
        Reference(
            "OpenSSF Scorecard: Pinned-Dependencies",
            "https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies",
        ),
    ),
    languages=frozenset(),
)
def sa803(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each list of production code; where SA801 finds no lockfile at all, that says it."""
    bare = {
        one.manifest: one.path
        for one in facts.inventory.packages
        if one.ships and one.declares_dependencies and not one.lockfiles
    }
    listings = [one for one in facts.dependencies.listings if one.surface.counts and one.manifest not in bare]
    if not listings:
        yield NotApplicable("no package that ships has dependencies, or none has a lockfile")
    for path in sorted(set(bare.values()) - {one.package for one in listings}):
        yield NotApplicable("it has no lockfile at all, which is SA801", path)
    for listing in listings:
        floating = tuple(one for one in listing.floating if not one.development)
        if floating:
            yield from _floating(listing, floating)
        elif not listing.trouble:
            yield Evidence(Location(listing.path, 1), True, "every version is pinned", listing.package)


def _floating(listing: Listing, floating: tuple[Requirement, ...]) -> Iterator[Observation]:
    names = ", ".join(one.name for one in floating[:_NAMED])
    more = f" and {len(floating) - _NAMED} more" if len(floating) > _NAMED else ""
    place = Location(listing.path, floating[0].line)
    yield Evidence(place, False, f"{names}{more}: no version", listing.package)
    yield Finding(
        Severity.LOW,
        Confidence.HIGH,
        listing.surface,
        listing.package,
        place,
        f"{listing.path} leaves the version of {names}{more} open",
        fix="pin every version, with hashes",
        related=tuple(
            Step(Location(listing.path, one.line), f"{one.name} {one.wanted or 'in any version'}")
            for one in floating[1 : _SHOWN + 1]
        ),
    )
