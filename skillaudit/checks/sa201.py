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
from skillaudit.checks._processes import analytics, hosted, lent, place_to_mend, process_records, started
from skillaudit.checks._servers import records, servers, without_tools
from skillaudit.facts import Encoder, Facts, LogCall, LoggerConfig
from skillaudit.model import Confidence, Location, Severity, Surface

_MOST = 0.5
_LEAST = 0.1
_NAMES = {"unknown": "its own loggers"}
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
    yield from hosted(facts)
    packages = started(facts)
    if not servers(facts):
        packages = tuple(dict.fromkeys(call.package for call in records(facts)))
        if not packages:
            yield from without_tools(facts)
    for package in packages:
        own = process_records(facts, package)
        if own:
            yield from _judge(facts, package, own)
        else:
            yield from _silent(facts, package)


def _judge(facts: Facts, package: str, calls: list[LogCall]) -> Iterator[Observation]:
    known = [call for call in calls if call.encoder is not Encoder.UNKNOWN]
    if not known:
        yield Unknown(_unknown(facts, package), package)
        return
    known = _weighty(known)
    json = [call for call in known if call.encoder is Encoder.JSON]
    met = len(json) > _MOST * len(known)
    named = Counter(_NAMES.get(call.library, call.library) for call in known)
    libraries = ", ".join(f"{name} {count}" for name, count in named.most_common(3))
    config = _place(facts, package, known, met=met)
    what = f"{len(json)} of {len(known)} records are written as JSON ({libraries}){_branch(facts, package)}"
    shared = lent(package, calls)
    what += f"; they are those of {shared}, which it runs" if shared else ""
    yield Evidence(config, met, what, package)
    if not met:
        opt_in = any(c.opt_in and c.encoder is Encoder.JSON for c in _set_ups(facts, package))
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
    place = place_to_mend(facts, package)
    counted = analytics(facts, package)
    aside = f" (`{counted[0].what}` feeds analytics, which is no log)" if counted else ""
    yield Evidence(place, False, f"no log record is written at all{aside}", package)
    yield Finding(
        Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, package, place,
        f"No log record is written at all{aside}, so none is JSON", fix="set a JSON logger up and call it",
    )  # fmt: skip


def _set_ups(facts: Facts, package: str) -> list[LoggerConfig]:
    """The set-ups in production code of a process, those of its own package first."""
    around = facts.hosting.running(package)
    held = [one for one in facts.loggers if one.surface.counts and one.package in around]
    return sorted(held, key=lambda one: (one.package != package, one.location))


def _unknown(facts: Facts, package: str) -> str:
    """Why the encoder is not known: what a set-up keeps out of sight, if there is one."""
    hidden = [one.what for one in _set_ups(facts, package) if one.encoder is Encoder.UNKNOWN]
    return hidden[0] if hidden else "the encoder of its logger could not be resolved"


def _branch(facts: Facts, package: str) -> str:
    """The condition of the production branch that was judged, if every set-up that counts has one."""
    held = [one for one in _set_ups(facts, package) if not one.opt_in]
    return f", in the branch of `{held[0].condition}`" if held and all(one.condition for one in held) else ""


def _place(facts: Facts, package: str, calls: list[LogCall], *, met: bool) -> Location:
    """Where the encoder is set up, else where the process starts."""
    wanted, used = (Encoder.JSON if met else Encoder.TEXT), Counter(call.library for call in calls)
    held = [one for one in _set_ups(facts, package) if not one.opt_in and one.encoder is wanted]
    held = [one for one in held if used[one.library] or used["unknown"]]
    if held:
        return max(held, key=lambda one: (one.package == package, used[one.library])).location
    return place_to_mend(facts, package, calls) if servers(facts) else min(call.location for call in calls)
