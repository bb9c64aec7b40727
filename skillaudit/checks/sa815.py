"""SA815: committed client configuration with unpinned servers."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._upkeep import REPOSITORY, surface_at
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity
from skillaudit.upkeep import ClientServer


@check(
    "SA815",
    title="Committed MCP client configuration with unpinned servers",
    asks="Do committed configurations of MCP clients start certain versions of servers?",
    why="`npx -y pkg` and `uvx pkg` run whatever was published last, with the rights of everybody who opens the repository.",
    remediation=Remediation(
        "Name a version; update it as any dependency.",
        (
            Example("npx", "json", '{\n  "command": "npx",\n  "args": ["-y", "mcp-remote@0.1.31"]\n}\n'),
            Example("uvx", "json", '{\n  "command": "uvx",\n  "args": ["example-server==1.4.2"]\n}\n'),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10: MCP04, supply chain", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-829", "https://cwe.mitre.org/data/definitions/829.html"),
    ),
    languages=frozenset(),
)
def sa815(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each server that a configuration starts from a registry, the repository's own apart."""
    own = {package.name.lower() for package in facts.inventory.packages}
    locked = {
        one.coordinate.name for listing in facts.dependencies.listings for one in listing.dependencies if one.direct
    }
    asked = [one for one in facts.upkeep.of(ClientServer) if one.package.lower() not in own]
    if not any(surface_at(facts, one.location).counts for one in asked):
        yield NotApplicable("no committed client configuration starts another project's server from a registry")
    for one in asked:
        surface = surface_at(facts, one.location)
        local = "npx" in one.command and one.package in locked
        yield Evidence(one.location, one.pinned or local, one.command, REPOSITORY, surface)
        if not one.pinned and not local:
            yield Finding(
                Severity.LOW, Confidence.HIGH, surface, REPOSITORY, one.location,
                f"The server {one.name} is started from whatever version of {one.package} is newest (`{one.command}`)",
                fix=f"name a version of {one.package}",
            )  # fmt: skip
