"""SA809: no SECURITY.md, or one that does not say what is logged."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Observation, Remediation, check
from skillaudit.checks._upkeep import REPOSITORY, missing, not_asked, scorecard, top
from skillaudit.facts import Facts
from skillaudit.upkeep import Policy

_POLICY = """\
# Security policy

## Reporting a vulnerability
Write to security@example.org, or open a private advisory on the repository's Security tab. You hear from us within five days.

## What is logged
One JSON record on standard error for each tool call: tool, outcome, duration, hash of the arguments and of the caller.
Never logged: arguments, results, tokens, headers. Set `LOG_LEVEL` to change how much; nothing leaves your host.
"""


@check(
    "SA809",
    title="No security policy that says what is logged",
    asks="Is there a security policy, and does it say what the server logs?",
    why="Who finds a hole needs an address; who runs the server must know which of their data its logs will hold.",
    remediation=Remediation(
        "Add SECURITY.md with an address for reports, and a section on what is logged, where it goes, and what never is.",
        (Example("SECURITY.md", "markdown", _POLICY),),
    ),
    references=(scorecard("Security-Policy"),),
    languages=frozenset(),
)
def sa809(facts: Facts) -> Iterator[Observation]:
    """One opportunity for the repository."""
    if (reason := not_asked(facts, "SECURITY.md")) is not None:
        yield reason
        return
    policies = list(facts.upkeep.of(Policy))
    saying = [one for one in policies if one.logging]
    for one in saying:
        yield Evidence(one.location, True, f"line {one.logging} says what is logged", REPOSITORY)
    if saying:
        return
    if policies:
        yield from missing(
            policies[0].location, f"{policies[0].location.path} does not say what the server logs",
            'add a section "What is logged"', what="a policy without a word on logs",
        )  # fmt: skip
    else:
        yield from missing(
            top(facts), "There is no SECURITY.md: neither an address for reports nor a word on what is logged",
            "add SECURITY.md", what="no security policy",
        )  # fmt: skip
