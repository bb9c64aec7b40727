"""SA807: no CI that runs tests."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Remediation, Unknown, check
from skillaudit.checks._upkeep import REPOSITORY, missing, not_asked, scorecard, top
from skillaudit.facts import Facts
from skillaudit.upkeep import CalledWorkflow, CiStep, Pipeline, Purpose

_WORKFLOW = """\
# .github/workflows/ci.yml
name: CI
on: [push, pull_request]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: {}
"""


@check(
    "SA807",
    title="No CI that runs tests",
    asks="Does CI run the tests without being asked?",
    why="Tests that nobody runs rot; an update of a dependency that breaks the server is then merged unseen.",
    remediation=Remediation(
        "Run the tests on every push and pull request.",
        (
            Example("Python", "yaml", _WORKFLOW.format("pipx run uv run pytest")),
            Example("Node.js", "yaml", _WORKFLOW.format("npm ci && npm test")),
            Example("Go", "yaml", _WORKFLOW.format("go test ./...")),
        ),
    ),
    references=(scorecard("CI-Tests"),),
    languages=frozenset(),
)
def sa807(facts: Facts) -> Iterator[Observation]:
    """One opportunity for a repository that has tests."""
    if (reason := not_asked(facts, "its CI")) is not None:
        yield reason
        return
    tests = [one for one in facts.upkeep.of(CiStep) if one.purpose is Purpose.TEST]
    for one in tests:
        if one.automatic:
            yield Evidence(one.location, True, f"`{one.what}`", REPOSITORY)
    if any(one.automatic for one in tests):
        return
    if not facts.inventory.test_files:
        yield NotApplicable("there are no tests, which is SA808")
        return
    number = facts.inventory.test_files
    count = f"the {number} test files" if number > 1 else "the test file"
    called = next(facts.upkeep.of(CalledWorkflow), None)
    pipelines = list(facts.upkeep.of(Pipeline))
    if called is not None:
        yield Unknown(f"{called.location}: {called.name} may run tests, and is not part of the tree")
    elif tests:
        yield from missing(
            tests[0].location, f"`{tests[0].what}` runs tests only when somebody starts it by hand",
            "run it on push and pull_request", what="tests that nothing starts",
        )  # fmt: skip
    elif pipelines:
        yield from missing(
            pipelines[0].location,
            f"{pipelines[0].system} is set up, and nothing in it runs {count}",
            "add a job that runs the tests", what="CI without tests",
        )  # fmt: skip
    else:
        yield from missing(
            top(facts), f"No CI runs {count}",
            "add .github/workflows/ci.yml with a job that runs the tests", what="no CI",
        )  # fmt: skip
