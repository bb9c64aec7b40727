"""SA201: the effective encoder is not JSON."""

from collections import Counter
from collections.abc import Iterator

from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    Observation,
    Reference,
    Remediation,
    Unknown,
    check,
)
from skillaudit.checks._servers import first_tool, records, servers, without_tools
from skillaudit.facts import Encoder, Facts, LogCall
from skillaudit.model import Confidence, Location, Severity, Surface

_MOST = 0.5
_LEAST = 0.1
_STREAMS = {"print", "console"}


@check(
    "SA201",
    title="Effective log encoder is not JSON",
    asks="Are records written as JSON in production, by default?",
    why="A text line has no boundary that data cannot forge and no field that a query can trust; every consumer needs a parser "
    "of its own.",
    remediation=Remediation(
        "Set the logging library's JSON encoder up once, where the process starts, without a switch that turns it off.",
        (
            Example(
                "logging",
                "python",
                'handler = logging.StreamHandler()\nhandler.setFormatter(pythonjsonlogger.json.JsonFormatter())\nlogging.basicConfig(level="INFO", handlers=[handler])',
            ),
            Example("pino", "ts", "const log = pino(pino.destination(2));"),
            Example("slog", "go", "slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))"),
        ),
    ),
    references=(
        Reference(
            "CWE-117: Improper Output Neutralization for Logs", "https://cwe.mitre.org/data/definitions/117.html"
        ),
        Reference(
            "OWASP Logging Cheat Sheet", "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html"
        ),
    ),
)
def sa201(facts: Facts) -> Iterator[Observation]:
    """The encoder that most of a package's records go through, resolved across files."""
    calls = list(records(facts))
    packages = servers(facts) or tuple(dict.fromkeys(call.package for call in calls))
    if not packages:
        yield from without_tools(facts)
    for package in packages:
        own = [call for call in calls if call.package == package] or (calls if len(packages) == 1 else [])
        if own:
            yield from _judge(facts, package, own)
        elif package in servers(facts):
            yield from _silent(facts, package)


def _judge(facts: Facts, package: str, calls: list[LogCall]) -> Iterator[Observation]:
    known = [call for call in calls if call.encoder is not Encoder.UNKNOWN]
    if not known:
        yield Unknown(_unknown(facts, package), package)
        return
    known = _weighty(known)
    json = [call for call in known if call.encoder is Encoder.JSON]
    met = len(json) > _MOST * len(known)
    libraries = ", ".join(f"{name} {count}" for name, count in Counter(call.library for call in known).most_common(3))
    config = _place(facts, package, known, met=met)
    what = f"{len(json)} of {len(known)} records are written as JSON ({libraries}){_branch(facts, package)}"
    yield Evidence(config, met, what, package)
    if not met:
        opt_in = any(c.opt_in and c.encoder is Encoder.JSON for c in facts.loggers if c.package == package)
        yield Finding(
            Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package, config,
            f"Records are text, not JSON: {what}" + ("; JSON is an option that is off by default" if opt_in else ""),
            fix="set the library's JSON encoder up where the process starts",
        )  # fmt: skip


def _weighty(calls: list[LogCall]) -> list[LogCall]:
    """The records of the server's logger, where it has one; what is printed beside it is not its log."""
    logged = [call for call in calls if call.library not in _STREAMS]
    return logged if len(logged) >= _LEAST * len(calls) else calls


def _silent(facts: Facts, package: str) -> Iterator[Observation]:
    """A server that writes nothing writes no JSON either: silence must not pay."""
    place = first_tool(facts, package)
    yield Evidence(place, False, "no record is written", package)
    yield Finding(
        Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package, place,
        "No record is written in this package, and so none as JSON", fix="set a JSON logger up and call it",
    )  # fmt: skip


def _unknown(facts: Facts, package: str) -> str:
    """Why the encoder is not known: what a set-up keeps out of sight, if there is one."""
    hidden = [
        c.what for c in facts.loggers if c.package == package and c.encoder is Encoder.UNKNOWN and c.surface.counts
    ]
    return hidden[0] if hidden else "the encoder of its logger could not be resolved"


def _branch(facts: Facts, package: str) -> str:
    """The condition of the production branch that was judged, if every set-up that counts has one."""
    held = [c for c in facts.loggers if c.package == package and c.surface.counts and not c.opt_in]
    return f", in the branch of `{held[0].condition}`" if held and all(c.condition for c in held) else ""


def _place(facts: Facts, package: str, calls: list[LogCall], *, met: bool) -> Location:
    """Where the encoder is set up, else the first record, else the first tool."""
    wanted = Encoder.JSON if met else Encoder.TEXT
    held = [c for c in facts.loggers if c.package == package and c.surface.counts and not c.opt_in]
    configs = [c.location for c in held if c.encoder is wanted]
    if configs:
        return min(configs)
    return min((call.location for call in calls), default=None) or first_tool(facts, package)
