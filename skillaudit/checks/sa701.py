"""SA701: a known vulnerability in a direct dependency."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._dependencies import vulnerabilities
from skillaudit.facts import Facts


@check(
    "SA701",
    title="Known vulnerability in a direct dependency",
    asks="Is every version that a manifest asks for free of known vulnerabilities?",
    why="Whoever reads the advisory knows how to attack the server; the fix is usually one line.",
    remediation=Remediation(
        "Upgrade to the version that the finding names and commit the lockfile; run the tests before the release.",
        (
            Example("uv", "sh", "uv lock --upgrade-package starlette==0.47.2 && uv sync\n"),
            Example("pip with pip-tools", "sh", "pip-compile --generate-hashes --upgrade-package starlette==0.47.2\n"),
            Example("npm", "sh", "npm install express@4.20.0\n"),
            Example("pnpm", "sh", "pnpm update express@4.20.0\n"),
            Example("Go", "sh", "go get golang.org/x/net@v0.38.0 && go mod tidy\n"),
        ),
    ),
    references=(
        Reference("OSV: Open Source Vulnerabilities", "https://osv.dev"),
        Reference(
            "CWE-1395: Dependency on Vulnerable Third-Party Component",
            "https://cwe.mitre.org/data/definitions/1395.html",
        ),
    ),
    languages=frozenset(),
)
def sa701(facts: Facts) -> Iterator[Observation]:
    """One finding for each version, with all its advisories."""
    yield from vulnerabilities(facts, direct=True)
