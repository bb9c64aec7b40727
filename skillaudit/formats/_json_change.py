"""The parts of the machine-readable report on what was compared and what was set aside."""

from typing import Any, TypeAlias

from skillaudit.report import Change, Report, Status, Suppressions

_Object: TypeAlias = dict[str, Any]


def change_document(report: Report) -> _Object | None:
    """How the report differs from its base, None where it is compared with nothing."""
    change = report.change
    if change is None:
        return None
    return {
        "base": change.base,
        "failed": change.failed,
        **{status.value: change.count(status) for status in Status},
        "fixed": [
            {
                "check": one.check.id,
                "severity": one.finding.severity.value,
                "path": one.finding.location.path,
                "line": one.finding.location.line,
                "message": one.finding.message,
                "fingerprint": one.fingerprint,
            }
            for one in change.fixed
        ],
        "posture": list(change.posture),
        "grade_drop": change.dropped,
        "new_gaps": [{"kind": gap.kind, "path": gap.path, "reason": gap.reason} for gap in change.new_gaps],
    }


def status_document(change: Change | None, number: int) -> _Object:
    """What a comparison adds to the finding of that number: its status, and its new misses in words."""
    if change is None:
        return {}
    return {"status": change.statuses[number].value, "new_misses": list(change.misses[number])}


def suppressions_document(suppressions: Suppressions) -> _Object:
    """What the repository asked to be left out, and what is wrong with what it asked."""
    return {
        "honoured": suppressions.honoured,
        "findings": [
            {
                "check": one.check.id,
                "severity": one.finding.severity.value,
                "path": one.finding.location.path,
                "line": one.finding.location.line,
                "message": one.finding.message,
                "reason": one.reason,
                "until": one.until,
                "asked_at": {"path": one.place.path, "line": one.place.line},
            }
            for one in suppressions.findings
        ],
        "problems": [
            {"path": one.location.path, "line": one.location.line, "text": one.text} for one in suppressions.problems
        ],
    }
