"""SA001: a source file could not be analysed."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Location, Severity, Surface

_MOST = 50


@check(
    "SA001",
    title="Source file not analysed",
    asks="Could every source file of production code be read?",
    why="What cannot be parsed cannot be vouched for: a file that breaks the analysis would be the place to hide.",
    remediation=Remediation(
        "Split files that outgrow a parser, mend syntax errors, and move generated code to where it is marked as such."
    ),
    references=(Reference("CWE-1120: Excessive Code Complexity", "https://cwe.mitre.org/data/definitions/1120.html"),),
)
def sa001(facts: Facts) -> Iterator[Observation]:
    """Gaps that hide production lines, one finding for each file."""
    production = {
        file.path: file for file in facts.inventory.of(Surface.PRODUCTION) if file.language and file.language.supported
    }
    if not production:
        yield NotApplicable("there is no production code in a supported language")
    unseen = {gap.path: gap for gap in facts.gaps if gap.path in production and gap.lines}
    for path, file in production.items():
        gap = unseen.get(path)
        if gap is None:
            continue
        place = Location(path, 1)
        yield Evidence(place, False, gap.reason, file.package)
        if len(unseen) <= _MOST or path in sorted(unseen)[:_MOST]:
            yield Finding(
                Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, file.package, place,
                f"{gap.lines} lines of this file were not analysed: {gap.reason}", fix="make the file one that parsers read",
            )  # fmt: skip
    if production and not unseen:
        first = min(production)
        yield Evidence(Location(first, 1), True, f"all {len(production)} files were read", production[first].package)
