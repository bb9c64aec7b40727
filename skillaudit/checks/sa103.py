"""SA103: the record of a rejected caller lacks fields."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._fields import CORE, FURTHER, told
from skillaudit.checks._servers import servers, without_tools
from skillaudit.events import Cause, Rejection
from skillaudit.facts import Facts
from skillaudit.model import Severity

_SILENT = " leaves no record"


@check(
    "SA103",
    title="Record of a rejected caller lacks fields",
    asks="Does each record of a rejection say event, reason, caller and time, and what was asked for, how often, how late?",
    why="An alert on three failures from one caller needs the caller and the event's name; an investigation needs what was tried.",
    remediation=Remediation(
        "Give every rejection the same fields: `event`, `reason`, the hashed caller, the tool, the resource, how many failures the "
        "session has had, its age, and `ts`. Write them in one helper, so that no branch forgets one.",
        (
            Example(
                "structlog",
                "python",
                "log.warning(\n"
                '    "auth_failure",\n'
                '    reason="token_expired",\n'
                "    caller=digest(token),\n"
                "    tool=tool,\n"
                "    resource=digest(path),\n"
                "    failure_count=session.failures,\n"
                "    session_age=time.time() - session.started_at,\n"
                ")",
            ),
            Example(
                "pino",
                "ts",
                "log.warn({event: 'auth_failure', reason: 'token_expired', callerId: hash(token), tool, resourceId: hash(path),\n"
                "  sessionFailureCount: session.failures, sessionAge: Date.now() - session.startedAt, ts: Date.now()});",
            ),
            Example(
                "slog",
                "go",
                'slog.Warn("auth_failure", "event", "auth_failure", "reason", "token_expired", "caller", digest(token), "tool", tool,\n'
                '\t"resource", digest(path), "failure_count", session.Failures, "session_age", time.Since(session.Started).Seconds())',
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference(
            "OWASP Logging Cheat Sheet: event attributes",
            "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#event-attributes",
        ),
    ),
)
def sa103(facts: Facts) -> Iterator[Observation]:
    """Two opportunities for each rejected caller: the fields every record needs, and those that tell more.

    A silent rejection misses both: otherwise deleting an incomplete record would pay.
    """
    rejected = [one for one in facts.rejections if one.surface.counts and about_caller(one)]
    if not servers(facts) and not rejected:
        yield from without_tools(facts)
    for package in servers(facts):
        if all(one.package != package for one in rejected):
            yield NotApplicable(_reason(facts, package), package)
    yield from ratio(
        (evidence for one in rejected for evidence in _evidence(facts, one)),
        _describe,
        severity=Severity.LOW,
        fix="record event, reason, hashed caller, tool, resource, failure count, session age and time",
    )


def _reason(facts: Facts, package: str) -> str:
    if any(one.surface.counts and one.package == package for one in facts.rejections):
        return "no branch rejects a caller for who it is: what tools refuse to do is SA102's question"
    return "no branch that rejects a caller was found"


def about_caller(one: Rejection) -> bool:
    """Whether a caller is rejected, and not only what a tool was asked to do."""
    return not (one.tool and one.cause is Cause.POLICY)


def _evidence(facts: Facts, one: Rejection) -> Iterator[Evidence]:
    found = told(facts, one.records)
    for wanted in (CORE, FURTHER):
        missing = [field for field in wanted if field not in found]
        if not one.records:
            what = f"the rejection ({one.what}){_SILENT}"
        elif missing:
            what = f"the record of the rejection ({one.what}) lacks {', '.join(missing)}"
        else:
            what = f"the record of the rejection ({one.what}) says {', '.join(wanted)}"
        yield Evidence(one.location, not missing and bool(one.records), what, one.package)


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    silent = {one.location for one in missed if one.what.endswith(_SILENT)}
    lacks = Counter(
        field
        for one in missed
        if one.location not in silent
        for field in one.what.rpartition(") lacks ")[2].split(", ")
    )
    named = "; missing: " + ", ".join(f"{field} ({count})" for field, count in lacks.most_common()) if lacks else ""
    told_of = f"; {len(silent)} leave no record at all" if silent else ""
    branches = len({one.location for one in missed})
    return f"{branches} of {opportunities // 2} rejections of callers are not told in full{named}{told_of}"
