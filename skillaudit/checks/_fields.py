"""The fields that records of security events need, each with the names it goes by, in one table."""

import re
from collections.abc import Iterable

from skillaudit.facts import Facts, LogCall
from skillaudit.model import Location

_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TABLE = {
    "event": "event|event_type|event_name|event.name|event.action|action|audit_event",
    "reason": "reason|failure_reason|cause|code|error_code|error_type|error|err|error_description|failure|violation|why|rule|policy",
    "caller": "caller|caller_id|caller_hash|client|client_id|client_ip|client.address|user|user_id|user_hash|username|subject|sub|"
    "principal|actor|account_id|tenant|tenant_id|identity|ip|ip_address|remote|remote_addr|remote_address|remote_ip|source_ip|peer|"
    "token_hash|token_fingerprint|requester|host|origin|session_id",
    "tool": "tool|tool_name|tool_requested|toolname|requested_tool|operation|method|rpc_method|function|request.params.name|params.name",
    "resource": "resource|resource_id|resource_uri|path|url|url.path|uri|target|route|endpoint|object_id|document_id|organization|scope|"
    "required_scope|required_scopes|request_path|args_hash|arguments_hash",
    "failure count": "failure_count|failures|auth_failures|session_failure_count|failed_attempts|attempts|attempt|failure_number|count|"
    "consecutive_failures|retries",
    "session age": "session_age|session_age_ms|session_age_s|session_age_seconds|session_duration|age|age_ms|session_started_at|"
    "session_started|connected_since",
    "ts": "ts|time|timestamp|date|datetime|@timestamp|when|at",
}
_NAMES = {field: frozenset(names.split("|")) for field, names in _TABLE.items()}
_REASONS = re.compile(
    r"missing|invalid|expired|revoked|not (?:allowed|valid|found|permitted|in)|denied|forbidden|unauthori[sz]ed|unknown|exceed|"
    r"mismatch|without|required|malformed|outside|blocked|cannot|no (?:\w+ )?(?:token|session|header|key)",
    re.IGNORECASE,
)
_UNDATED = {"print", "console", "unknown"}
CORE = ("event", "reason", "caller", "ts")
"""What every record of a rejection needs."""
FURTHER = ("tool", "resource", "failure count", "session age")
"""What tells a stale token from an attack, and what was asked for."""


def snake(name: str) -> str:
    """A field's name in lower case with underscores."""
    return _SNAKE.sub("_", name).lower().strip("_")


def told(facts: Facts, records: Iterable[Location]) -> frozenset[str]:
    """Which fields of the table the records at these places tell, together."""
    calls = {call.location: call for call in facts.log_calls}
    notes = {note.location: note for note in facts.notes}
    found: set[str] = set()
    for place in _inner(calls, records):
        call, note = calls.get(place), notes.get(place)
        names = {snake(name) for name in (*(note.names if note else ()), *(call.fields if call else ()))}
        found |= {field for field, known in _NAMES.items() if names & known}
        found |= set(_by_nature(call)) if call else set()
    return frozenset(found)


def _inner(calls: dict[Location, LogCall], records: Iterable[Location]) -> Iterable[Location]:
    """The records with the inner calls of the wrappers that write them."""
    for place in records:
        yield place
        yield from calls[place].via if place in calls else ()


def _by_nature(call: LogCall) -> Iterable[str]:
    """What a record tells without a field: a stable name, a constant reason, the time that a logger adds."""
    if call.event:
        yield "event"
    if _REASONS.search(f"{call.message} {call.event}"):
        yield "reason"
    if call.library not in _UNDATED:
        yield "ts"
