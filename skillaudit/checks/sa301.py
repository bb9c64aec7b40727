"""SA301: the whole environment reaches a log."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import leaks, reader
from skillaudit.facts import Facts, Flow, LogCall, Nature
from skillaudit.model import Severity


@check(
    "SA301",
    title="Environment dumped to the log",
    asks="Is the whole environment kept out of log calls?",
    why="The environment of a server holds every key it was started with; one such line hands all of them to whoever reads "
    "the log, and to every system the log is forwarded to.",
    remediation=Remediation(
        "Log the names of the settings that matter, one by one, and for secrets only whether they are set.",
        (
            Example(
                "Python",
                "python",
                'log.info("settings", region=os.environ.get("REGION"), token_set="TOKEN" in os.environ)',
            ),
            Example(
                "pino", "ts", 'log.info({region: process.env.REGION, tokenSet: "TOKEN" in process.env}, "settings");'
            ),
            Example(
                "slog",
                "go",
                'slog.Info("settings", "region", os.Getenv("REGION"), "token_set", os.Getenv("TOKEN") != "")',
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-532: Insertion of Sensitive Information into Log File",
            "https://cwe.mitre.org/data/definitions/532.html",
        ),
        Reference(
            "CWE-526: Cleartext Storage of Sensitive Information in an Environment Variable",
            "https://cwe.mitre.org/data/definitions/526.html",
        ),
    ),
)
def sa301(facts: Facts) -> Iterator[Observation]:
    """Flows from ``os.environ``, ``process.env`` or ``os.Environ()`` as a whole."""
    yield from leaks(facts, {Nature.ENVIRONMENT}, _judge, _message)


def _judge(call: LogCall, flow: Flow) -> Severity | None:
    """Of variables that begin alike, it may be that none is a secret, as far as the code shows."""
    del call
    unknown = flow.name.endswith("*") and not flow.certain
    return None if flow.partial else Severity.LOW if unknown else Severity.HIGH


def _message(call: LogCall, flow: Flow) -> str:
    if flow.name.endswith("*"):
        return f"Every environment variable whose name begins with `{flow.name[:-1]}` is {reader(call)}"
    return f"The whole environment is {reader(call)}"
