"""SA813: no licence."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Remediation, check
from skillaudit.checks._upkeep import scorecard, shipped
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Location, Severity, Surface
from skillaudit.upkeep import Licence


@check(
    "SA813",
    title="No licence",
    asks="Does the repository say under which licence it may be used?",
    why="Without a licence nobody may run, mend or fork the server, not even to fix a hole after it was abandoned.",
    remediation=Remediation(
        "Add a LICENSE file at the top of the repository, and name the licence in each manifest.",
        (
            Example("pyproject.toml", "toml", '[project]\nlicense = "Apache-2.0"\nlicense-files = ["LICENSE"]\n'),
            Example("package.json", "json", '{\n  "license": "Apache-2.0"\n}\n'),
        ),
    ),
    references=(scorecard("License"),),
    languages=frozenset(),
)
def sa813(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each package that ships; what stands above a package covers it."""
    packages = shipped(facts)
    if not packages:
        yield NotApplicable("no package ships")
    licences = list(facts.upkeep.of(Licence))
    for package in packages:
        covering = [one for one in licences if not one.folder or f"{package.path}/".startswith(f"{one.folder}/")]
        if covering:
            nearest = max(covering, key=lambda one: len(one.folder))
            yield Evidence(nearest.location, True, f"licence in {nearest.location.path}", package.path)
        elif facts.upkeep.part:
            yield NotApplicable(
                "only a folder of the repository was audited, and a licence may stand above it", package.path
            )
        else:
            place = Location(package.manifest, 1)
            yield Evidence(place, False, "no licence", package.path)
            yield Finding(
                Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, package.path, place,
                f"Neither a licence file nor {package.manifest} says under which licence "
                f"{package.name or 'the package'} may be used",
                fix="add LICENSE",
            )  # fmt: skip
