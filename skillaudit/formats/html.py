"""The report as one HTML file that loads nothing from anywhere; the layout stands in ``reports/``."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from skillaudit.evaluate import Outcome
from skillaudit.formats._words import NO_LETTER, earned_in, series, tools
from skillaudit.forward import Chain, Standing
from skillaudit.grade import Grade
from skillaudit.matrix import Cell, Seen
from skillaudit.model import Axis
from skillaudit.report import CheckResult, Report, ReportedFinding, Status, title_of
from skillaudit.resources import directory

_SHOWN: Final = 1000
"""Findings on the page; a browser stays quick, and nobody reads more. JSON has them all."""
_EVIDENCE = 50
_REPOSITORY: Final = "*"
"""What findings on the repository itself have in the place of a package."""
_SIGNS: Final[Mapping[Seen, tuple[str, str]]] = {
    Seen.YES: ("●", "noticed"),
    Seen.PART: ("◐", "noticed in part"),
    Seen.NO: ("○", "goes unnoticed"),
    Seen.UNKNOWN: ("?", "could not tell"),
    Seen.NEVER: ("·", "does not apply"),
}


class _Shown(msgspec.Struct, frozen=True):
    """A finding with its status in words, empty where the report is compared with nothing."""

    one: ReportedFinding
    status: str
    misses: tuple[str, ...] = ()


class _Group(msgspec.Struct, frozen=True):
    """Tools for which the same holds, and the cells of the first of them."""

    tools: list[str]
    cells: tuple[Cell, ...]


def render(report: Report) -> str:
    """Render the report as a page that any browser shows from a file.

    Raises:
        FileNotFoundError: the installation lacks its templates.
    """
    folder = directory("reports")
    style = (folder / "report.css.j2").read_text(encoding="utf-8")
    script = (folder / "report.js.j2").read_text(encoding="utf-8")
    pages = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(folder),
        trim_blocks=True,
        keep_trailing_newline=True,
        lstrip_blocks=True,
    )
    pages.globals.update(letter=_letter, sign=_sign, where=_where, series=series, package_name=_package_name)
    pages.globals.update(no_letter=NO_LETTER, earned_in=earned_in, count=_count)
    return pages.get_template("report.html.j2").render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=_policy(style, script),
        **_parts(report),
    )


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, and of what stands in the page only our own style and script count."""
    hashed = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("style", style), ("script", script))
    }
    sources = " ".join(f"{name}-src 'sha256-{value}';" for name, value in hashed.items())
    return f"default-src 'none'; {sources} base-uri 'none'; form-action 'none'"


def _parts(report: Report) -> dict[str, Any]:
    """What the template lays out, put into order here."""
    findings = _findings(report)
    card = report.card
    return {
        "grades": (
            ("Overall", card.overall),
            ("Security", card.security),
            ("Observability", card.observability),
            ("Maintenance", card.maintenance),
        ),
        "tools": tools(report),
        "title": title_of(report.subject, report.packages),
        "costs": _costs(report),
        "titles": {result.check.id: result.check.title for result in report.checks},
        "findings": findings[:_SHOWN],
        "more_findings": max(0, len(findings) - _SHOWN),
        "facets": _facets(findings[:_SHOWN]),
        "rows": _rows(report),
        "signs": tuple(_SIGNS.values()),
        "chains": sorted(report.forwarding, key=_by_need),
        "good": _good(report),
        "open_checks": [
            one for one in report.checks if one.verdict.outcome in {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE}
        ],
        "gaps": sorted(report.gaps, key=lambda gap: -gap.lines),
    }


def _findings(report: Report) -> list[_Shown]:
    change = report.change
    if change is None:
        return [_Shown(one, "") for one in report.findings]
    order = list(Status)
    rows = zip(report.findings, change.statuses, change.misses, strict=True)
    shown = [(order.index(status), _Shown(one, status.value, misses)) for one, status, misses in rows]
    return [one for _, one in sorted(shown, key=lambda pair: pair[0])]


def _facets(findings: Sequence[_Shown]) -> dict[str, list[str]]:
    """What the filters offer: every value that occurs."""
    ones = [shown.one for shown in findings]
    return {
        "status": list(dict.fromkeys(shown.status for shown in findings if shown.status)),
        "severity": [
            value for value in ("HIGH", "MEDIUM", "LOW", "INFO") if any(o.finding.severity == value for o in ones)
        ],
        "check": sorted({one.check.id for one in ones}),
        "package": sorted({_package_name(one.finding.package) for one in ones}),
        "surface": sorted({one.finding.surface.value for one in ones}),
    }


def _rows(report: Report) -> list[_Group]:
    """One row for all tools of which the same holds, the largest first: what is alike is seen at a glance."""
    groups: dict[tuple[Seen, ...], _Group] = {}
    for row in report.coverage.rows:
        groups.setdefault(tuple(cell.seen for cell in row.cells), _Group([], row.cells)).tools.append(row.tool)
    return sorted(groups.values(), key=lambda one: (-len(one.tools), one.tools[0]))


def _costs(report: Report) -> list[tuple[str, list[CheckResult]]]:
    """What costs points by axis, dearest first; an axis that lost nothing is left out."""
    costly = [result for result in report.checks if result.deduction or result.elsewhere]
    ordered = sorted(costly, key=lambda one: (-one.deduction, -one.elsewhere, one.check.id))
    by_axis = ((axis.title(), [one for one in ordered if one.check.axis is axis]) for axis in Axis)
    return [(name, held) for name, held in by_axis if held]


def _good(report: Report) -> list[tuple[CheckResult, list[Any]]]:
    """Checks that are met, or in part, with places on the good side."""
    found = []
    for result in report.checks:
        good = [one for one in result.verdict.evidence if one.met and one.surface.counts]
        if good or result.verdict.outcome is Outcome.MET:
            found.append((result, good[:_EVIDENCE]))
    return found


def _by_need(chain: Chain) -> tuple[bool, bool, str, str]:
    return (
        chain.arrives,
        all(link.standing is not Standing.BROKEN for link in chain.links),
        chain.package,
        chain.workload,
    )


def _letter(grade: Grade) -> str:
    return grade.letter or "–"  # noqa: RUF001 - a dash for a reader


def _sign(seen: Seen) -> tuple[str, str]:
    """A cell of the matrix: its sign, and what it means in words."""
    return _SIGNS[seen]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _package_name(path: str) -> str:
    return "the repository" if path == _REPOSITORY else path or "."


def _where(path: str, line: int) -> str:
    return f"{path or '.'}:{line}" if line else path or "."
