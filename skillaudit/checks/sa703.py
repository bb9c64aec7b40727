"""SA703: dependencies could not be checked."""

from collections.abc import Iterator

from skillaudit.advisory import UPDATE, State
from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, Unknown, check
from skillaudit.facts import Facts
from skillaudit.model import Location
from skillaudit.standing import stand


@check(
    "SA703",
    title="Dependencies could not be checked",
    asks="Could every version that gets installed be looked up?",
    why="A dependency that nobody could look up is not a clean one; it only looks like one in a report that leaves it out.",
    remediation=Remediation(
        "Build the local advisory database, commit a lockfile, and pin what comes from a git repository to a release.",
        (Example("skillaudit", "sh", f"{UPDATE}\nskillaudit audit .\n"),),
    ),
    references=(Reference("OSV: data sources", "https://google.github.io/osv.dev/data/"),),
    languages=frozenset(),
)
def sa703(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each manifest or lockfile of a package that ships; it never costs anything."""
    standings = [one for one in stand(facts) if one.listing.surface.counts]
    if not standings:
        yield NotApplicable("no package that ships declares dependencies")
    for one in standings:
        listing = one.listing
        if one.reasons:
            yield Unknown(f"{listing.path}: {'; '.join(one.reasons)}", listing.package)
        else:
            word = "vulnerable" if one.state is State.VULNERABLE else "clean"
            what = f"{len(listing.dependencies)} dependencies looked up: {word}"
            yield Evidence(Location(listing.path, 1), True, what, listing.package)
