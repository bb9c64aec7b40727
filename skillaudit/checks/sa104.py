"""SA104: an attempt on another caller's resource leaves no record with both identities."""

from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._fields import snake
from skillaudit.checks._servers import servers, without_tools
from skillaudit.events import Cause, Rejection
from skillaudit.facts import Facts
from skillaudit.model import Severity

_OWNERS = ("owner", "holder", "belongs", "tenant", "created_by", "author", "resource_user", "account")
_CALLERS = (
    "caller",
    "user",
    "client",
    "subject",
    "principal",
    "actor",
    "requester",
    "session",
    "current",
    "sub",
    "identity",
)


@check(
    "SA104",
    title="Attempt on another caller's resource not recorded",
    asks="Where a caller is refused a resource of somebody else, does a record name both, hashed?",
    why="A valid token with somebody else's resource id is an attack by a known caller. Only a record of both identities shows who "
    "tried whose data, and lets it be found again.",
    remediation=Remediation(
        "In the branch that finds another owner, record the hashed id of the caller beside the hashed id of the owner; never the "
        "raw identities.",
        (
            Example(
                "structlog",
                "python",
                "if note.owner_id != caller.id:\n"
                '    log.warning("auth_failure", reason="idor", caller=digest(caller.id), owner=digest(note.owner_id))\n'
                '    raise ToolError("no such note")',
            ),
            Example(
                "pino",
                "ts",
                "if (note.ownerId !== session.callerId) {\n"
                "  log.warn({event: 'auth_failure', reason: 'idor', callerId: hash(session.callerId), ownerId: hash(note.ownerId)});\n"
                "  throw new ToolError('no such note');\n"
                "}",
            ),
            Example(
                "slog",
                "go",
                "if note.OwnerID != caller.ID {\n"
                '\tslog.Warn("auth_failure", "reason", "idor", "caller", digest(caller.ID), "owner", digest(note.OwnerID))\n'
                '\treturn mcp.NewToolResultError("no such note"), nil\n'
                "}",
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-639: Authorization Bypass Through User-Controlled Key",
            "https://cwe.mitre.org/data/definitions/639.html",
        ),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa104(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each branch that refuses a resource because of its owner."""
    rejected = [one for one in facts.rejections if one.surface.counts and one.cause is Cause.OWNERSHIP]
    if not servers(facts) and not rejected:
        yield from without_tools(facts)
    for package in servers(facts):
        if all(one.package != package for one in rejected):
            yield NotApplicable("no branch compares a resource's owner with the caller", package)
    yield from ratio(
        (_evidence(facts, one) for one in rejected),
        _describe,
        severity=Severity.LOW,
        fix="record the hashed caller and the hashed owner in this branch",
    )


def _evidence(facts: Facts, one: Rejection) -> Evidence:
    notes = [note for note in facts.notes if note.location in one.records]
    names = {snake(name) for note in notes for name in note.names}
    hashed = any(note.hashed for note in notes)
    missing = [
        side
        for side, words in (("the caller", _CALLERS), ("the owner", _OWNERS))
        if not any(word in name for name in names for word in words)
    ]
    if not one.records:
        what = "leaves no record"
    elif missing:
        what = f"leaves a record without {' and '.join(missing)}"
    elif not hashed:
        what = "leaves a record with raw identities"
    else:
        return Evidence(
            one.location, True, "an attempt on another's resource is recorded with both, hashed", one.package
        )
    return Evidence(one.location, False, f"an attempt on another caller's resource {what}", one.package)


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    return (
        f"{len(missed)} of {opportunities} branches that refuse another caller's resource leave no record of both identities, "
        "hashed"
    )
