"""SA810: no releases."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Observation, Remediation, Unknown, check
from skillaudit.checks._upkeep import REPOSITORY, missing, not_asked, scorecard, top
from skillaudit.facts import Facts
from skillaudit.upkeep import ChangeLog


@check(
    "SA810",
    title="No releases",
    asks="Are there releases that a user can name: tags or a changelog?",
    why="Without releases nobody can say which version holds a fix, pin one, or read what an update changes.",
    remediation=Remediation(
        "Tag every release and keep a changelog.",
        (
            Example("git", "sh", 'git tag --sign v1.0.0 --message "1.0.0"\ngit push origin v1.0.0\n'),
            Example("CHANGELOG.md", "markdown", "# Changelog\n\n## 1.0.0 - 2026-11-21\n- First release.\n"),
        ),
    ),
    references=(scorecard("Signed-Releases"),),
    languages=frozenset(),
)
def sa810(facts: Facts) -> Iterator[Observation]:
    """One opportunity for the repository."""
    if (reason := not_asked(facts, "its changelog")) is not None:
        yield reason
        return
    history = facts.upkeep.history
    log = next(facts.upkeep.of(ChangeLog), None)
    if log is not None:
        yield Evidence(log.location, True, log.location.path, REPOSITORY)
    elif history.tags:
        yield Evidence(top(facts), True, f"{history.tags} tag{'s' * (history.tags != 1)}", REPOSITORY)
    elif history.tags is None or history.shallow:
        why = history.missing or history.trouble or "the history is cut off"
        yield Unknown(f"there is no changelog, and whether there are tags is not known: {why}")
    else:
        yield from missing(
            top(facts), "There are no releases: neither a tag nor a changelog",
            "tag the current state and start CHANGELOG.md", what="neither tags nor a changelog",
        )  # fmt: skip
