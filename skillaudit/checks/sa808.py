"""SA808: no tests."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, Reference, Remediation, Unknown, check
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Location, Severity, Surface

_SEEN = {"npm", "pypi", "go"}
"""Ecosystems whose tests are files of their own."""


@check(
    "SA808",
    title="No tests",
    asks="Does every package that ships have tests?",
    why="A security fix that nobody can test is a fix that is not made, or one that breaks something else.",
    remediation=Remediation(
        "Add tests next to the package, first for what rejects a caller and for what each tool may touch."
    ),
    references=(
        Reference("OpenSSF Scorecard: CI-Tests", "https://github.com/ossf/scorecard/blob/main/docs/checks.md#ci-tests"),
    ),
    languages=frozenset(),
)
def sa808(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each shipped package."""
    asked = [package for package in facts.inventory.packages if package.ships]
    if not asked and not facts.inventory.test_files:
        yield NotApplicable("no package ships")
    for package in asked:
        place = Location(package.manifest, 1)
        count = facts.inventory.tests_of(package)
        if not count and package.ecosystem not in _SEEN:
            yield Unknown(
                f"tests of {package.ecosystem} packages may stand inside the code, which was not read", package.path
            )
            continue
        tests = f"{count} test file{'s' if count > 1 else ''}" if count else "no test files"
        yield Evidence(place, count > 0, tests, package.path)
        if not count:
            yield Finding(
                Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package.path, place,
                f"No tests for {package.name or 'the package'}", fix="add tests",
            )  # fmt: skip
