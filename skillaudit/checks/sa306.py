"""SA306: a secret stands in the text of an error that is raised or returned."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import echoed
from skillaudit.facts import Echo, EchoKind, Facts, Flow
from skillaudit.model import Severity


@check(
    "SA306",
    title="Secret in an error message",
    asks="Are errors that are raised or returned free of tokens, passwords, keys and the environment?",
    why="An error travels: handlers log it, frameworks send it to the client, trackers keep it. Whoever puts a secret into its "
    "text no longer decides who reads it.",
    remediation=Remediation(
        "Say what was wrong, and name the setting instead of its value.",
        (
            Example("Python", "python", 'raise ValueError("API_KEY has the wrong length")'),
            Example("TypeScript", "ts", 'throw new Error("API_KEY has the wrong length");'),
            Example("Go", "go", 'return fmt.Errorf("API_KEY has %d characters, want 32", len(key))'),
        ),
    ),
    references=(
        Reference(
            "CWE-209: Generation of Error Message Containing Sensitive Information",
            "https://cwe.mitre.org/data/definitions/209.html",
        ),
    ),
)
def sa306(facts: Facts) -> Iterator[Observation]:
    """Flows of secrets into errors; those that a tool answers with are SA604's."""
    fix = "name the setting in the message, not its value"
    yield from echoed(facts, {EchoKind.RAISED, EchoKind.RETURNED}, _judge, _message, fix)


def _judge(echo: Echo, flow: Flow) -> Severity | None:
    del echo
    return None if flow.partial else Severity.MEDIUM


def _message(echo: Echo, flow: Flow) -> str:
    return f"`{flow.name}` ({flow.nature}) is {echo.kind}"
