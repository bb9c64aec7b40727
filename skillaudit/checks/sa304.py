"""SA304: headers, a body or an object that holds credentials is dumped to a log."""

import re
from collections.abc import Iterator
from functools import partial

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import leaks, put_at, reader
from skillaudit.facts import Facts, Flow, Level, LogCall, Nature, Sink
from skillaudit.model import Severity

_DUMPS = {Nature.HEADERS, Nature.BODY, Nature.RESPONSE, Nature.TOKENS, Nature.CONFIG}
_FAILURE = re.compile(r"\W{0,3}(?:warn(?:ing)?|err(?:or)?|failed|failure|could not|cannot|unable)\b", re.IGNORECASE)
"""How records begin that tell of a failure, where a logger has no levels."""

_LONG = 64
"""Characters of a dump, cut short, from which a token fits in."""


@check(
    "SA304",
    title="Headers, body or configuration dumped",
    asks="Are headers, bodies of requests and responses, and objects that hold credentials kept out of log calls as a whole?",
    why="Nobody chose what is in a dump. Headers carry `Authorization` and cookies, the answer of a token endpoint is the "
    "token, and a settings object shows its keys as soon as somebody adds one.",
    remediation=Remediation(
        "Name the fields that you need: status, size, content type, a request id. Where the object must stay whole, hide "
        "its secret fields at the type (`SecretStr`, `LogValue`) or in the logger.",
        (
            Example("Python", "python", 'log.error("token exchange failed", extra={"status": response.status_code})'),
            Example("pydantic", "python", "class Settings(BaseSettings):\n    api_key: SecretStr"),
            Example("dataclasses", "python", "@dataclass\nclass Settings:\n    api_key: str = field(repr=False)"),
            Example(
                "pino",
                "ts",
                'const log = pino({redact: {paths: ["headers.authorization", "headers.cookie", "*.apiKey"]}});\n'
                "log.info({method: req.method, contentType: req.headers['content-type']}, \"request\");",
            ),
            Example(
                "winston",
                "ts",
                "const hide = winston.format((info) => ({...info, headers: undefined}));\n"
                "winston.createLogger({format: winston.format.combine(hide(), winston.format.json())});",
            ),
            Example(
                "slog",
                "go",
                'func (c Config) LogValue() slog.Value { return slog.GroupValue(slog.String("region", c.Region)) }',
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-532: Insertion of Sensitive Information into Log File",
            "https://cwe.mitre.org/data/definitions/532.html",
        ),
        Reference(
            "OWASP Logging Cheat Sheet, data to exclude",
            "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
        ),
    ),
)
def sa304(facts: Facts) -> Iterator[Observation]:
    """Flows of whole headers, bodies and objects; a field taken out of them is another matter."""
    yield from leaks(facts, _DUMPS, partial(_judge, facts), _message)


def _judge(facts: Facts, call: LogCall, flow: Flow) -> Severity | None:
    """What is refused says less than what is granted, and a text cut short less than the whole."""
    if flow.partial and (flow.kept < _LONG or flow.nature is Nature.HEADERS):
        return None
    if call.sink is Sink.BROWSER and flow.nature in {Nature.BODY, Nature.RESPONSE}:
        return None  # a visitor's own console shows what the page was given
    if call.sink is Sink.CLIENT and flow.nature is Nature.BODY:
        return Severity.INFO
    mild = flow.partial or call.level is Level.ERROR or call.level is Level.WARNING
    if flow.nature is Nature.RESPONSE and (mild or put_at(flow) or _FAILURE.match(call.message)):
        return Severity.LOW
    authenticates = any(auth.package == call.package for auth in facts.auth)
    tokens = not mild or (flow.granted and not flow.partial)
    proven = {Nature.TOKENS: tokens, Nature.HEADERS: flow.certain and authenticates, Nature.CONFIG: flow.certain}
    return Severity.HIGH if proven.get(flow.nature) else Severity.MEDIUM


def _message(call: LogCall, flow: Flow) -> str:
    match flow.nature:
        case Nature.TOKENS:
            return f"The answer of a token endpoint (`{flow.name}`) is {reader(call)}"
        case Nature.HEADERS:
            return f"Whole HTTP headers (`{flow.name}`) are {reader(call)}"
        case Nature.CONFIG:
            return f"`{flow.name}`, which holds credentials, is {reader(call)} as a whole"
        case Nature.RESPONSE:
            return f"The body of an upstream response (`{flow.name}`) is {reader(call)}"
        case _:
            return f"The body of a request (`{flow.name}`) is {reader(call)}"
