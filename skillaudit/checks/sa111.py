"""SA111: a personal identity stands raw in a record."""

from collections.abc import Iterator

from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    check,
)
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity


@check(
    "SA111",
    title="Personal identity raw in a record",
    asks="Are e-mail addresses, user names and people's names hashed before they are recorded?",
    why="Logs are copied to places that the data's owner never agreed to, and kept for years. A hash ties records together as well "
    "as the name does. Opaque ids and addresses of clients are fine.",
    remediation=Remediation(
        "Record a keyed hash of the identity, or the opaque id that the system uses for it.",
        (
            Example("Python", "python", 'log.info("mail_sent", user=digest(user.email))'),
            Example("TypeScript", "ts", "log.info({event: 'mail_sent', user: hash(user.email)});"),
            Example("Go", "go", 'slog.Info("mail_sent", "user", digest(user.Email))'),
        ),
    ),
    references=(
        Reference(
            "CWE-532: Insertion of Sensitive Information into Log File",
            "https://cwe.mitre.org/data/definitions/532.html",
        ),
        Reference(
            "OWASP Logging Cheat Sheet: data to exclude",
            "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
        ),
    ),
)
def sa111(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each record of production code."""
    calls = {call.location: call for call in facts.log_calls if call.surface.counts and call.operator}
    if not calls:
        yield NotApplicable("production code writes no record")
    for note in facts.notes:
        call = calls.get(note.location)
        if call is None:
            continue
        if not note.people:
            yield Evidence(note.location, True, "no personal identity in this record", note.package, call.surface)
            continue
        names = ", ".join(f"`{name}`" for name in note.people)
        yield Evidence(note.location, False, f"{names} stands in this record", note.package, call.surface)
        yield Finding(
            Severity.LOW, Confidence.MEDIUM, call.surface, note.package, note.location,
            f"{names}: a personal identity is recorded as it is",
            level=call.level,
            gate=call.gate,
            fix="record a hash of it, or the opaque id",
        )  # fmt: skip
