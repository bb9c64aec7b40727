"""SA801: a manifest without a lockfile."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Location, Severity, Surface

_LOCKABLE = {"npm": "package-lock.json", "pypi": "uv.lock", "go": "go.sum", "cargo": "Cargo.lock"}


@check(
    "SA801",
    title="No lockfile for a manifest",
    asks="Does every package that ships pin its whole dependency tree?",
    why="Without a lockfile every installation may get other code, and no one can say which versions were audited.",
    remediation=Remediation(
        "Commit the package manager's lockfile: `uv lock`, `npm install --package-lock-only`, `go mod tidy`."
    ),
    references=(
        Reference(
            "OpenSSF Scorecard: Pinned-Dependencies",
            "https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies",
        ),
    ),
    languages=frozenset(),
)
def sa801(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each shipped package that declares dependencies."""
    asked = [p for p in facts.inventory.packages if p.ships and p.declares_dependencies and p.ecosystem in _LOCKABLE]
    if not asked:
        yield NotApplicable("no package that ships declares dependencies")
    for package in asked:
        place = Location(package.manifest, 1)
        if package.lockfiles:
            yield Evidence(place, True, f"locked by {package.lockfiles[0]}", package.path)
            continue
        yield Evidence(place, False, "no lockfile", package.path)
        yield Finding(
            Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package.path, place,
            f"{package.manifest} declares dependencies and no lockfile pins them",
            fix=f"commit a lockfile such as {_LOCKABLE[package.ecosystem]}",
        )  # fmt: skip
