"""SA605: a secret stands in the source."""

from collections.abc import Iterator

from skillaudit.check import Example, Finding, Observation, Reference, Remediation, check
from skillaudit.facts import Facts
from skillaudit.model import Severity, Surface


@check(
    "SA605",
    title="Hard-coded secret",
    asks="Is production code, and every committed settings file, free of real secrets?",
    why="Whoever can read the repository, its history, a package or an image of it holds the secret; it cannot be taken back, "
    "only replaced.",
    remediation=Remediation(
        "Revoke the secret first: it is in the history. Then read it from the environment or a secret store, and keep "
        "only a placeholder in `.env.example`.",
        (
            Example("Python", "python", 'api_key = os.environ["SERVICE_API_KEY"]'),
            Example("TypeScript", "ts", "const apiKey = requireEnv('SERVICE_API_KEY');"),
            Example("Go", "go", 'apiKey := os.Getenv("SERVICE_API_KEY")'),
            Example("Git", "sh", "git rm --cached .env && echo .env >> .gitignore"),
        ),
    ),
    references=(
        Reference("CWE-798: Use of Hard-coded Credentials", "https://cwe.mitre.org/data/definitions/798.html"),
        Reference(
            "OWASP Secrets Management Cheat Sheet",
            "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        ),
    ),
)
def sa605(facts: Facts) -> Iterator[Observation]:
    """One finding for each place; nothing of the secret is shown but its kind and length."""
    for held in facts.hard_coded:
        severity = Severity.HIGH if held.surface is Surface.PRODUCTION else Severity.LOW
        yield Finding(
            severity, held.confidence, held.surface, held.package, held.location,
            f"A secret stands in the source: {held.kind} of {held.length}, at `{held.name}`",
            fix="revoke it, and read it from the environment or a secret store",
        )  # fmt: skip
