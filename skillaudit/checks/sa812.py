"""SA812: an end-of-life runtime is required."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._upkeep import surface_at
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity
from skillaudit.upkeep import Runtime


@check(
    "SA812",
    title="End-of-life runtime required",
    asks="Does everything that the package requires to run still get security fixes?",
    why="A runtime or base image without security fixes keeps its holes for good, however careful the server is.",
    remediation=Remediation(
        "Move to a supported release, and let Dependabot or Renovate move base images too.",
        (
            Example("Dockerfile, Python", "dockerfile", "FROM python:3.14-slim-trixie\n"),
            Example("Dockerfile, Node.js", "dockerfile", "FROM node:24-alpine3.22\n"),
            Example("Dockerfile, Go", "dockerfile", "FROM golang:1.26-alpine AS build\n"),
            Example("pyproject.toml", "toml", 'requires-python = ">=3.12"\n'),
        ),
    ),
    references=(Reference("CWE-1104", "https://cwe.mitre.org/data/definitions/1104.html"),),
    languages=frozenset(),
)
def sa812(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each place that fixes a release; a lower bound alone fixes none."""
    runtimes = list(facts.upkeep.of(Runtime))
    if not any(surface_at(facts, one.location).counts for one in runtimes):
        yield NotApplicable("nothing that ships requires a certain release of a runtime or base image")
    told: set[tuple[str, str, str]] = set()
    for one in runtimes:
        surface = surface_at(facts, one.location)
        ended = one.end < facts.upkeep.as_of
        yield Evidence(
            one.location, not ended, f"{one.product} {one.version}, supported until {one.end}", one.package, surface
        )
        # A Dockerfile names the same base for several stages.
        key = (one.location.path, one.product, one.version)
        if ended and key not in told:
            told.add(key)
            yield Finding(
                Severity.LOW, Confidence.HIGH, surface, one.package, one.location,
                f"{one.product} {one.version} gets no security fixes since {one.end} ({one.what})",
                fix=f"move to a supported release of {one.product}",
            )  # fmt: skip
