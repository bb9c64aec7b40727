"""SA804: nothing updates the dependencies."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Remediation, check
from skillaudit.checks._upkeep import REPOSITORY, missing, not_asked, scorecard, shipped, top
from skillaudit.facts import Facts
from skillaudit.upkeep import CiStep, Purpose, Updater

_NAMES = {
    "npm": {"npm", "bun", "javascript"},
    "pypi": {"pip", "uv", "python"},
    "go": {"gomod", "go:modules"},
    "cargo": {"cargo", "rust:cargo"},
    "nuget": {"nuget", "dotnet:nuget", "dotnet-sdk"},
    "maven": {"maven", "java:maven"},
    "gradle": {"gradle", "java:gradle"},
}
"""What Dependabot calls the ecosystem of a package."""

_DEPENDABOT = """\
# .github/dependabot.yml
version: 2
updates:
  - package-ecosystem: "{}"
    directory: "/"
    schedule:
      interval: "weekly"
    cooldown:
      default-days: 7
"""


@check(
    "SA804",
    title="No update automation",
    asks="Does something propose updates of the dependencies?",
    why="A fixed vulnerability stays in the server until somebody remembers to look; a robot looks every week.",
    remediation=Remediation(
        "Configure Dependabot or Renovate for the ecosystem of each package, and let CI test what it proposes.",
        (
            Example("Dependabot, Python (uv)", "yaml", _DEPENDABOT.format("uv")),
            Example("Dependabot, npm", "yaml", _DEPENDABOT.format("npm")),
            Example("Dependabot, Go", "yaml", _DEPENDABOT.format("gomod")),
            Example(
                "Renovate", "json", '{\n  "extends": ["config:recommended"],\n  "minimumReleaseAge": "7 days"\n}\n'
            ),
        ),
    ),
    references=(scorecard("Dependency-Update-Tool"),),
    languages=frozenset(),
)
def sa804(facts: Facts) -> Iterator[Observation]:
    """One opportunity for the repository."""
    wanted = {one.ecosystem for one in shipped(facts) if one.declares_dependencies}
    if (reason := not_asked(facts, "the configuration of Dependabot or Renovate")) is not None:
        yield reason
        return
    if not wanted:
        yield NotApplicable("no package that ships declares dependencies")
        return
    updaters = list(facts.upkeep.of(Updater))
    steps = [one for one in facts.upkeep.of(CiStep) if one.purpose is Purpose.UPDATE and one.scheduled]
    names = {name for ecosystem in wanted for name in _NAMES.get(ecosystem, {ecosystem})}
    good = [one for one in updaters if one.enabled and (not one.ecosystems or names & set(one.ecosystems))]
    for one in good:
        yield Evidence(one.location, True, f"{one.service} updates {', '.join(one.ecosystems) or 'all'}", REPOSITORY)
    for step in steps:
        yield Evidence(step.location, True, f"`{step.what}` runs on a schedule", REPOSITORY)
    if good or steps:
        return
    asked = ", ".join(sorted(wanted))
    if updaters:
        first = updaters[0]
        does = f"updates only {', '.join(first.ecosystems)}" if first.ecosystems else "is switched off"
        yield from missing(
            first.location, f"{first.service} {does}, not the dependencies of the packages ({asked})",
            "add an entry for each ecosystem of the packages", what=f"{first.service} {does}",
        )  # fmt: skip
    else:
        yield from missing(
            top(facts), f"Nothing updates the dependencies ({asked}): neither Dependabot nor Renovate is configured",
            "add .github/dependabot.yml or renovate.json", what="no update automation",
        )  # fmt: skip
