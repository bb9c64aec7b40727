"""SARIF 2.1.0 in the profile that GitHub code scanning accepts."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

from skillaudit.check import Check
from skillaudit.explain import explain, explain_plainly
from skillaudit.facts import Step
from skillaudit.formats._json_dependencies import advisories_document, states_document
from skillaudit.formats._written import written
from skillaudit.model import Gap, Location, Severity
from skillaudit.report import Report, ReportedFinding, Status
from skillaudit.sarif_profile import InvalidSarifError, problems_of, too_large

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "skillaudit/v1"
_HOME = "https://github.com/skillaudit/skillaudit"
_BASE = "SRCROOT"
_NAME_LIMIT, _TEXT_LIMIT, _RESULT_LIMIT = 255, 1024, 5000
_LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note", Severity.INFO: "note"}
_SECURITY_SEVERITY = {Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0", Severity.INFO: "0.5"}
_STATES = {Status.NEW: "new", Status.EXISTING: "unchanged", Status.MOVED: "updated"}

_Object: TypeAlias = dict[str, Any]


def render(report: Report) -> str:
    """Render the report as one SARIF run.

    Raises:
        InvalidSarifError: GitHub would refuse it, which is a defect of this program.
    """
    most = _RESULT_LIMIT
    log = document(report)
    text = written(log)
    while too_large(text) and most:
        most = min(most, len(report.findings)) * 2 // 3
        log = document(report, most)
        text = written(log)
    problems = problems_of(log)
    if problems:
        raise InvalidSarifError(problems[0])
    return text


def document(report: Report, most: int = _RESULT_LIMIT) -> _Object:
    """The SARIF log as plain values; of more results than ``most`` the least important are left out, and counted."""
    rules = [result.check for result in report.checks]
    index = {check.id: number for number, check in enumerate(rules)}
    shown = report.findings[:most]
    states = report.change.statuses if report.change and not report.change.failed else ()
    dropped = len(report.findings) - len(shown)
    extra = [Gap("output-limit", "", f"{dropped} findings beyond {most} are not listed")] if dropped else []
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "skillaudit",
                        "semanticVersion": report.tool.version,
                        "informationUri": _HOME,
                        "rules": [_rule(check) for check in rules],
                    }
                },
                "automationDetails": {"id": f"skillaudit/{_scope(report)}/"},
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [_notification(gap, report) for gap in (*report.gaps, *extra)],
                    }
                ],
                "columnKind": "unicodeCodePoints",
                "properties": {
                    "advisories": advisories_document(report),
                    "dependencies": states_document(report),
                },
                "results": [
                    _result(one, index[one.check.id], report) | _state(states[number : number + 1])
                    for number, one in enumerate(shown)
                ],
            }
        ],
    }


def _scope(report: Report) -> str:
    """What keeps runs on several servers of one repository apart: the one package, else all of them."""
    paths = [package.path for package in report.packages]
    return quote(paths[0] if len(paths) == 1 and paths[0] else "repository")[:_NAME_LIMIT]


def _rule(check: Check) -> _Object:
    return {
        "id": check.id,
        "name": "".join(word.capitalize() for word in check.title.split() if word.isalnum())[:_NAME_LIMIT],
        "shortDescription": {"text": check.title[:_TEXT_LIMIT]},
        "fullDescription": {"text": f"{check.asks} {check.why}"[:_TEXT_LIMIT]},
        "help": {"text": explain_plainly(check), "markdown": explain(check)},
        "helpUri": f"{_HOME}/blob/main/docs/checks/{check.id}.md",
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {
            "tags": [check.axis.value, *(["observability"] if check.id < "SA5" else [])],
            "precision": "high",
            "security-severity": _SECURITY_SEVERITY[check.severity],
        },
    }


def _result(one: ReportedFinding, index: int, report: Report) -> _Object:
    finding = one.finding
    result: _Object = {
        "ruleId": one.check.id,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding.location, report, one)],
        "partialFingerprints": _fingerprints(one),
        "properties": {
            "severity": finding.severity.value,
            "confidence": finding.confidence.value,
            "surface": finding.surface.value,
            "package": finding.package,
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": step.note}, **_location(step.location, report)}
            for number, step in enumerate(finding.related, 1)
        ]
    if fix := _fix(one, report):
        result["fixes"] = [fix]
    if finding.trace:
        result["codeFlows"] = [{"threadFlows": [{"locations": _stops(finding.trace, report)}]}]
    return result


def _state(status: Sequence[Status]) -> _Object:
    return {"baselineState": _STATES[status[0]]} if status else {}


def _fix(one: ReportedFinding, report: Report) -> _Object | None:
    """The mechanical fix as a replacement of text, where the text stands where it was expected."""
    edit, line = one.finding.edit, one.finding.location.line
    column = one.excerpt.column_of(edit.old) if edit is not None else 0
    if edit is None or not column:
        return None
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + len(edit.old)}
    artifact = _location(one.finding.location, report)["physicalLocation"]["artifactLocation"]
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.new}}
    return {
        "description": {"text": one.finding.fix or one.check.title},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }


def _fingerprints(one: ReportedFinding) -> _Object:
    """GitHub tracks alerts by its own key where it is given, tools of other makers by ours."""
    tracked = {"primaryLocationLineHash": one.excerpt.line_hash} if one.excerpt.line_hash else {}
    return {**tracked, FINGERPRINT: one.fingerprint}


def _stops(trace: Sequence[Step], report: Report) -> list[_Object]:
    return [{"location": {"message": {"text": step.note}, **_location(step.location, report)}} for step in trace]


def _location(location: Location, report: Report, one: ReportedFinding | None = None) -> _Object:
    artifact = {"uri": quote(location.path or report.anchor, safe="/"), "uriBaseId": _BASE}
    region = _region(location) if one is None else _region_with_columns(location, one.excerpt.end_column)
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _region(location: Location) -> _Object:
    """A region with columns where they are known, else whole lines."""
    if location.column:
        return _region_with_columns(location, 0)
    return {"startLine": max(location.line, 1), "endLine": max(location.line, location.end_line, 1)}


def _region_with_columns(location: Location, end_column: int) -> _Object:
    """A region as GitHub wants results placed; an end that is not known is that of the line, else one character on."""
    first, last = max(location.line, 1), max(location.line, location.end_line, 1)
    start = max(location.column, 1)
    end = location.end_column or end_column
    least = start + 1 if first == last else 1
    return {"startLine": first, "startColumn": start, "endLine": last, "endColumn": max(end, least)}


def _notification(gap: Gap, report: Report) -> _Object:
    notification: _Object = {
        "level": "warning" if gap.lines else "note",
        "message": {"text": gap.reason},
        "descriptor": {"id": gap.kind},
    }
    if gap.path:
        notification["locations"] = list(_places([gap.path], report))
    return notification


def _places(paths: Iterable[str], report: Report) -> Iterable[_Object]:
    return (_location(Location(path, 1), report) for path in paths)
