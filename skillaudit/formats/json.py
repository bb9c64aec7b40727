"""The machine-readable report, schema version 1 (``docs/report.schema.json``): same input, same bytes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from skillaudit.check import Evidence
from skillaudit.facts import Step
from skillaudit.formats._chains import chains_document
from skillaudit.formats._coverage_json import coverage
from skillaudit.formats._json_change import change_document, status_document, suppressions_document
from skillaudit.formats._json_dependencies import advisories_document, dependencies_document
from skillaudit.formats._written import written
from skillaudit.grade import Cap, Ceiling, Grade, Scorecard
from skillaudit.model import Location
from skillaudit.report import CheckResult, PackageResult, Report, ReportedFinding, Summary

SCHEMA_VERSION = 1

_Object: TypeAlias = dict[str, Any]


def render(report: Report) -> str:
    """Render the report as JSON in plain ASCII."""
    return written(document(report))


def document(report: Report) -> _Object:
    """The report as plain values, in the order in which they are written."""
    subject = report.subject
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {
            "name": "skillaudit",
            "version": report.tool.version,
            "rules": report.tool.rules,
            "rubric": report.tool.rubric,
        },
        "subject": {
            "source": subject.source,
            "commit": subject.commit,
            "as_of": subject.as_of,
            "note": subject.note,
        },
        "grades": _grades(report.card),
        "checks": [_check(result) for result in report.checks],
        "findings": [_finding(one) | status_document(report.change, n) for n, one in enumerate(report.findings)],
        "change": change_document(report),
        "suppressions": suppressions_document(report.suppressions),
        "caps": [_cap(cap) for cap in report.card.caps],
        "ceilings": [_ceiling(one) for one in report.card.ceilings],
        "improvement": _improvement(report),
        "advisories": advisories_document(report),
        "dependencies": dependencies_document(report),
        "gaps": [{"kind": gap.kind, "path": gap.path, "reason": gap.reason, "lines": gap.lines} for gap in report.gaps],
        "coverage": coverage(report.coverage),
        "packages": [_package(package) for package in report.packages],
        "inventory": _inventory(report.inventory),
        "forwarding": chains_document(report.forwarding),
    }


def _grades(card: Scorecard) -> _Object:
    return {
        "overall": _grade(card.overall),
        "security": _grade(card.security),
        "observability": _grade(card.observability),
        "maintenance": _grade(card.maintenance),
    }


def _grade(grade: Grade) -> _Object:
    return {
        "letter": grade.letter,
        "score": None if grade.score is None else _number(grade.score),
        "decided": grade.decided,
        "total": grade.total,
        "provisional": grade.provisional,
        "package": grade.package,
    }


def _check(result: CheckResult) -> _Object:
    verdict, check = result.verdict, result.check
    return {
        "id": check.id,
        "title": check.title,
        "axis": check.axis.value,
        "severity": check.severity.value,
        "kind": check.kind.value,
        "group": check.group,
        "outcome": verdict.outcome.value,
        "met": verdict.met,
        "opportunities": verdict.opportunities,
        "deduction": _number(result.deduction),
        "elsewhere": _number(result.elsewhere),
        "reason": verdict.reason,
        "state": verdict.state,
        "evidence": [_evidence(one) for one in verdict.evidence],
    }


def _evidence(one: Evidence) -> _Object:
    return {
        "path": one.location.path,
        "line": one.location.line,
        "met": one.met,
        "what": one.what,
        "package": one.package,
        "surface": one.surface.value,
    } | ({"told": one.told} if one.told else {})


def _finding(one: ReportedFinding) -> _Object:
    finding = one.finding
    return {
        "check": one.check.id,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "surface": finding.surface.value,
        "package": finding.package,
        **_place(finding.location),
        "message": finding.message,
        "fingerprint": one.fingerprint,
        "content_fingerprint": one.content,
        "level": finding.level,
        "gate": finding.gate,
        "snippet": "\n".join(one.excerpt.lines),
        "fix": finding.fix,
        "related": _steps(finding.related),
        "trace": _steps(finding.trace),
    }


def _place(location: Location) -> _Object:
    return {
        "path": location.path,
        "line": location.line,
        "end_line": max(location.line, location.end_line),
        "column": location.column,
        "end_column": location.end_column,
    }


def _steps(steps: Iterable[Step]) -> list[_Object]:
    return [{"path": step.location.path, "line": step.location.line, "note": step.note} for step in steps]


def _cap(cap: Cap) -> _Object:
    return {
        "axis": cap.axis.value,
        "group": cap.group,
        "sum": _number(cap.sum),
        "cap": _number(cap.cap),
        "applied": _number(cap.applied),
    }


def _ceiling(ceiling: Ceiling) -> _Object:
    return {"grade": ceiling.grade, "at_most": _number(ceiling.at_most), "reason": ceiling.reason}


def _improvement(report: Report) -> _Object | None:
    if report.improvement is None:
        return None
    changes = [{"check": change.check, "places": change.places} for change in report.improvement.changes]
    return {"letter": report.improvement.letter, "changes": changes}


def _package(package: PackageResult) -> _Object:
    return {
        "path": package.path,
        "name": package.name,
        "grades": _grades(package.card),
        "deductions": [
            {"check": one.check, "deduction": _number(one.points), "elsewhere": _number(one.elsewhere)}
            for one in package.card.deductions
            if one.points or one.elsewhere
        ],
        "caps": [_cap(cap) for cap in package.card.caps],
        "ceilings": [_ceiling(one) for one in package.card.ceilings],
    }


def _inventory(summary: Summary) -> _Object:
    return {
        "languages": dict(summary.languages),
        "transports": list(summary.transports),
        "tools": [
            {
                "name": tool.name,
                "path": tool.location.path,
                "line": tool.location.line,
                "effects": [effect.value for effect in tool.effects],
                "package": tool.package,
            }
            for tool in summary.tools
        ],
        "loggers": [
            {
                "library": logger.library,
                "encoder": logger.encoder.value,
                "path": logger.location.path,
                "line": logger.location.line,
                "what": logger.what,
            }
            for logger in summary.loggers
        ],
        "log_calls": summary.log_calls,
        "sinks": [
            {
                "kind": sink.kind,
                "destination": sink.destination,
                "path": sink.location.path,
                "line": sink.location.line,
                "wired": sink.wired,
            }
            for sink in summary.sinks
        ],
    }


def _number(value: Decimal) -> float:
    return float(value)
