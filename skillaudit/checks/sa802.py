"""SA802: a lockfile out of step with its manifest."""

from collections.abc import Iterator

from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    Unknown,
    check,
)
from skillaudit.dependency import Listing
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Location, Severity, Surface

_SHOWN = 25


@check(
    "SA802",
    title="Lockfile out of step with its manifest",
    asks="Does every lockfile lock what its manifest asks for?",
    why="An installation then resolves anew, fails, or leaves out what the manifest added: what was audited is not what runs.",
    remediation=Remediation(
        "Let the package manager write the lockfile again, commit it, and install in CI with the option that refuses drift.",
        (
            Example("uv", "sh", "uv lock && uv sync --locked\n"),
            Example("poetry", "sh", "poetry lock && poetry check --lock\n"),
            Example("npm", "sh", "npm install --package-lock-only && npm ci\n"),
            Example("pnpm", "sh", "pnpm install --lockfile-only && pnpm install --frozen-lockfile\n"),
            Example("Go", "sh", "go mod tidy && go mod verify\n"),
        ),
    ),
    references=(
        Reference(
            "CWE-1357: Reliance on Insufficiently Trustworthy Component",
            "https://cwe.mitre.org/data/definitions/1357.html",
        ),
    ),
    languages=frozenset(),
)
def sa802(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each lockfile that says what it was made for."""
    locked = [one for one in facts.dependencies.listings if one.locked]
    if not any(one.surface.counts and (one.compared or one.trouble) for one in locked):
        yield NotApplicable("no package that ships has a lockfile that says what it was made for")
    for one in locked:
        if one.trouble and one.surface.counts:
            yield Unknown(f"{one.path} cannot be read: {one.trouble}", one.package)
        elif one.compared:
            yield from _compared(one)


def _compared(listing: Listing) -> Iterator[Observation]:
    if not listing.drift:
        what = "it locks what the manifest asks for"
        yield Evidence(Location(listing.path, 1), True, what, listing.package, listing.surface)
        return
    aside = all(one.development for one in listing.drift)
    surface = Surface.TEST if aside and listing.surface.counts else listing.surface
    first, more = listing.drift[0], len(listing.drift) - 1
    further = f", and {more} more" if more else ""
    place = Location(listing.manifest, first.line)
    yield Evidence(place, False, f"{first.name}: {first.reason}", listing.package, surface)
    yield Finding(
        Severity.MEDIUM,
        Confidence.HIGH,
        surface,
        listing.package,
        place,
        f"{_pair(listing)}: {first.name}: {first.reason}{further}",
        fix="write the lockfile again with the package manager, and commit it",
        related=tuple(
            Step(Location(listing.manifest, one.line), f"{one.name}: {one.reason}")
            for one in listing.drift[1 : _SHOWN + 1]
        ),
    )


def _pair(listing: Listing) -> str:
    if listing.path == listing.manifest:
        return f"{listing.form} are out of step"
    return f"{listing.path} is out of step with {listing.manifest}"
