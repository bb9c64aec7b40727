"""SA305: a part of a secret that is longer than four characters reaches a log."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import leaks, reader
from skillaudit.facts import ALL_BUT_FEW, Facts, Flow, LogCall, Nature
from skillaudit.model import Severity

_ALLOWED = 4


@check(
    "SA305",
    title="Part of a secret logged",
    asks="Do log calls show at most four characters of a token, password or key?",
    why="The first characters of a key name its owner or its kind, the last ones halve the work of a guess, and both together "
    "identify it across systems. A mask that keeps four at each end keeps all eight characters of a short password.",
    remediation=Remediation(
        "Log a hash to correlate, a truth value for presence, or at most four characters; mask with a fixed length.",
        (
            Example("Python", "python", 'log.debug("using key %s", hashlib.sha256(key.encode()).hexdigest()[:12])'),
            Example(
                "TypeScript", "ts", 'log.debug({key: createHash("sha256").update(key).digest("hex").slice(0, 12)});'
            ),
            Example("Go", "go", 'func mask(token string) string { return "****" }'),
        ),
    ),
    references=(
        Reference(
            "CWE-532: Insertion of Sensitive Information into Log File",
            "https://cwe.mitre.org/data/definitions/532.html",
        ),
    ),
)
def sa305(facts: Facts) -> Iterator[Observation]:
    """Flows of credentials of which a beginning or an end arrives."""
    yield from leaks(facts, {Nature.CREDENTIAL, Nature.SECRET_VARIABLE, Nature.HEADERS}, _judge, _message)


def _judge(call: LogCall, flow: Flow) -> Severity | None:
    del call
    return Severity.LOW if flow.partial and flow.kept > _ALLOWED else None


def _message(call: LogCall, flow: Flow) -> str:
    much = "All but a few" if flow.kept >= ALL_BUT_FEW else f"{flow.kept}"
    return f"{much} characters of `{flow.name}` are {reader(call)}"
