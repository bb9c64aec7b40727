"""SA702: a known vulnerability in a transitive dependency."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._dependencies import vulnerabilities
from skillaudit.facts import Facts


@check(
    "SA702",
    title="Known vulnerability in a transitive dependency",
    asks="Is everything that the direct dependencies pull in free of known vulnerabilities?",
    why="What a dependency brings along runs with the same rights as the server.",
    remediation=Remediation(
        "Upgrade the direct dependency that pulls it in; where that has no release with the fix yet, pin the fixed version from above.",
        (
            Example("npm, package.json", "json", '{\n  "overrides": { "cross-spawn": "^7.0.5" }\n}\n'),
            Example("pnpm, pnpm-workspace.yaml", "yaml", "overrides:\n  cross-spawn: ^7.0.5\n"),
            Example("yarn, package.json", "json", '{\n  "resolutions": { "cross-spawn": "^7.0.5" }\n}\n'),
            Example("uv, pyproject.toml", "toml", '[tool.uv]\nconstraint-dependencies = ["h11>=0.16"]\n'),
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
def sa702(facts: Facts) -> Iterator[Observation]:
    """One finding for each version, with all its advisories and the way it gets in."""
    yield from vulnerabilities(facts, direct=False)
