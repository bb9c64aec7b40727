"""SA307: something that hides secrets in records is defined, and nothing uses it."""

from collections.abc import Iterator

from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    State,
    check,
)
from skillaudit.facts import Facts, Redactor
from skillaudit.model import Confidence, Severity

_FIXES = {
    "layer": "hand it to the handler (`handler.addFilter(…)`, `handler.setFormatter(…)`), or delete it",
    "fault": "give back, or write into the record, what is left after hiding, and log that",
    "helper": "call it where the value is logged, or delete it",
}


@check(
    "SA307",
    title="Redactor defined but not wired",
    asks="Is everything that hides secrets in records used by production code?",
    why="A filter, format or masking function that nothing reaches protects nothing, but everybody who reads the code believes "
    "that it does.",
    remediation=Remediation(
        "Wire it where the logger is made, so that no call can forget it; or delete it.",
        (
            Example(
                "logging", "python", "handler.addFilter(RedactFilter())  # on the handler: children do not pass it"
            ),
            Example(
                "structlog",
                "python",
                "structlog.configure(processors=[redact, structlog.processors.JSONRenderer()])",
            ),
            Example("pino", "ts", 'const log = pino({redact: {paths: ["token", "headers.authorization"]}});'),
            Example(
                "winston",
                "ts",
                "winston.createLogger({format: winston.format.combine(redact(), winston.format.json())});",
            ),
            Example(
                "slog",
                "go",
                "slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: redact}))",
            ),
        ),
    ),
    references=(
        Reference(
            "OWASP Logging Cheat Sheet", "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html"
        ),
    ),
)
def sa307(facts: Facts) -> Iterator[Observation]:
    """Filters, formatters and masking functions of production code, used or not."""
    if not any(one.surface.counts for one in facts.redactors):
        yield NotApplicable("nothing was recognised in production code that hides secrets in records")
    for one in facts.redactors:
        used = "is in use" if one.wired else one.fault or "is referred to by no production code"
        yield Evidence(one.location, one.wired, f"`{one.name}` {used}", one.package, one.surface)
        if not one.wired:
            yield State("defined, not wired", one.package)
            yield _finding(one)


def _finding(one: Redactor) -> Finding:
    return Finding(
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        surface=one.surface,
        package=one.package,
        location=one.location,
        message=f"`{one.name}` sounds as if it hid secrets, but {one.fault}"
        if one.fault
        else f"`{one.name}` hides secrets, and no production code refers to it",
        fix=_FIXES["fault" if one.fault else one.what],
    )
