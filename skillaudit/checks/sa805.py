"""SA805: no dependency scan in CI."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Remediation, Unknown, check
from skillaudit.checks._upkeep import REPOSITORY, missing, not_asked, scorecard, shipped, top
from skillaudit.facts import Facts
from skillaudit.upkeep import CalledWorkflow, CiStep, Pipeline, Purpose

_STEP = """\
# .github/workflows/ci.yml
jobs:
  dependencies:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: {}
"""


@check(
    "SA805",
    title="No dependency scan in CI",
    asks="Does CI look for known vulnerabilities in the dependencies?",
    why="Without a scan a vulnerable dependency is merged and shipped, and nobody hears of it until it is used.",
    remediation=Remediation(
        "Run a scanner on every pull request and once a day: the day an advisory appears, no code has changed.",
        (
            Example("Python", "yaml", _STEP.format("uvx pip-audit --requirement requirements.txt --require-hashes")),
            Example("npm", "yaml", _STEP.format("npm audit --audit-level=high")),
            Example("Go", "yaml", _STEP.format("go run golang.org/x/vuln/cmd/govulncheck@latest ./...")),
            Example("Any", "yaml", _STEP.format("osv-scanner scan source --recursive .")),
        ),
    ),
    references=(scorecard("Vulnerabilities"),),
    languages=frozenset(),
)
def sa805(facts: Facts) -> Iterator[Observation]:
    """One opportunity for the repository."""
    if (reason := not_asked(facts, "its CI")) is not None:
        yield reason
        return
    if not any(one.declares_dependencies for one in shipped(facts)):
        yield NotApplicable("no package that ships declares dependencies")
        return
    scans = [one for one in facts.upkeep.of(CiStep) if one.purpose is Purpose.SCAN]
    for one in scans:
        if one.automatic:
            yield Evidence(one.location, True, f"`{one.what}`", REPOSITORY)
    if any(one.automatic for one in scans):
        return
    called = next(facts.upkeep.of(CalledWorkflow), None)
    tests = (one.location for one in facts.upkeep.of(CiStep) if one.purpose is Purpose.TEST)
    first = next(tests, None) or next((one.location for one in facts.upkeep.of(Pipeline)), None)
    if called is not None:
        yield Unknown(f"{called.location}: {called.name} may scan, and is not part of the tree")
    elif scans:
        yield from missing(
            scans[0].location, f"`{scans[0].what}` scans dependencies only when somebody starts it by hand",
            "run it on pull requests and on a schedule", what="a scan that nothing starts",
        )  # fmt: skip
    else:
        yield from missing(
            first or top(facts),
            "No step of CI looks for known vulnerabilities in the dependencies" if first else "There is no CI, so nothing scans the dependencies",
            "add a step that runs pip-audit, npm audit, govulncheck or osv-scanner", what="no dependency scan",
        )  # fmt: skip
