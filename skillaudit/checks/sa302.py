"""SA302: a credential or a secret environment variable reaches a log."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import leaks, reader
from skillaudit.facts import Facts, Flow, LogCall, Nature, Sink
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.model import Severity, Surface

_ABOUT = {
    "key", "keys", "apikey", "token", "tokens", "secret", "secrets", "password", "credential", "credentials", "login",
    "auth", "authenticate", "env", "environment", "user", "account", "main", "whoami",
}  # fmt: skip
"""Commands that are about secrets: what they print was asked for."""


@check(
    "SA302",
    title="Credential or secret environment value logged",
    asks="Are tokens, passwords, keys, cookies and environment variables that hold one kept out of log calls?",
    why="Logs are read by more people and kept for longer than secrets should be. A token in a log is a token that works for "
    "whoever finds the line.",
    remediation=Remediation(
        "Leave the value out. To correlate records, log a hash of it; to see whether it is there, log a truth value.",
        (
            Example("Python", "python", 'log.info("auth", caller=hashlib.sha256(token.encode()).hexdigest()[:12])'),
            Example("pino", "ts", 'const log = pino({redact: {paths: ["token", "headers.authorization"]}});'),
            Example("slog", "go", 'slog.Info("auth", "caller", fmt.Sprintf("%x", sha256.Sum256([]byte(token)))[:12])'),
        ),
    ),
    references=(
        Reference(
            "CWE-532: Insertion of Sensitive Information into Log File",
            "https://cwe.mitre.org/data/definitions/532.html",
        ),
        Reference(
            "OWASP MCP Top 10, MCP01: Token Mismanagement and Secret Exposure",
            "https://owasp.org/www-project-mcp-top-10/",
        ),
    ),
)
def sa302(facts: Facts) -> Iterator[Observation]:
    """Flows of credentials, by origin, type or name, that arrive whole."""
    yield from leaks(facts, {Nature.CREDENTIAL, Nature.SECRET_VARIABLE}, _judge, _message)


def _judge(call: LogCall, flow: Flow) -> Severity | None:
    """A command that prints to its operator the one secret that it was asked for is no leak."""
    own = call.surface is Surface.CLI and call.sink in {Sink.STDOUT, Sink.STDERR}
    asked_for = own and not _ABOUT.isdisjoint(words(call.function))
    return None if flow.partial or asked_for else Severity.HIGH


def _message(call: LogCall, flow: Flow) -> str:
    what = "Environment variable" if flow.nature is Nature.SECRET_VARIABLE else "Credential"
    return f"{what} `{flow.name}` is {reader(call)}"
