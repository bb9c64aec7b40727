"""The report as GitHub shows Markdown: for a job's summary and for a comment, within the size of a comment.

Whatever comes from the repository stands in code spans, where neither mentions, links nor HTML are read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from skillaudit.evaluate import Outcome
from skillaudit.grade import Grade
from skillaudit.report import CheckResult, Report, ReportedFinding, Status

MAX_CHARACTERS: Final = 65_000
"""A comment holds 65,536; what a caller puts around the report must fit in too."""
_TICKS = re.compile(r"`+")
_WIDTH = 300
_FINDINGS = 20
_GAPS = 10
_CLOSING = "\n*and more: see the report in another format*\n"


def render(report: Report) -> str:
    """Render the report; where it is too long the end is left out, and said so."""
    text = ""
    for block in _blocks(report):
        if len(text) + len(block) > MAX_CHARACTERS - len(_CLOSING):
            return text + _CLOSING
        text += block
    return text


def _blocks(report: Report) -> Iterator[str]:
    """Pieces that are shown whole or not at all, the most important first."""
    subject = report.subject
    yield "## skillaudit: " + (f"grade {_letter(report.card.overall)}\n\n")
    yield "| Security | Observability | Maintenance |\n| --- | --- | --- |\n"
    grades = (report.card.security, report.card.observability, report.card.maintenance)
    yield "| " + " | ".join(map(_letter, grades)) + " |\n\n"
    commit = f" at {_code(subject.commit[:12])}" if subject.commit else ""
    yield f"{_code(subject.source)}{commit}, as of {subject.as_of}\n"
    yield from _change(report)
    yield from _costs(report)
    yield from _set_aside(report)
    yield from _improvement(report)
    yield from _unseen(report)


def _change(report: Report) -> Iterator[str]:
    change = report.change
    if change is None:
        return
    counts = ", ".join(f"{change.count(status)} {status}" for status in Status)
    yield f"\n### What changed\n\nAgainst {_code(change.base)}: **{counts}, {len(change.fixed)} fixed**\n\n"
    if change.failed:
        yield f"The base could not be audited, so everything counts as new: {_code(change.failed)}\n"
        return
    yield from (f"- {_code(sentence)}\n" for sentence in change.posture)
    pairs = zip(report.findings, change.statuses, change.misses, strict=True)
    new = [(one, misses) for one, status, misses in pairs if status is Status.NEW]
    for one, misses in new[:_FINDINGS]:
        yield f"- **new** {_finding(one)}"
        yield from (f"  - {_code(what)}\n" for what in misses[:_FINDINGS])
    if len(new) > _FINDINGS:
        yield f"- and {len(new) - _FINDINGS} more new findings\n"
    yield from (f"- **fixed** {_finding(one)}" for one in change.fixed[:_FINDINGS])
    yield from (
        f"- **not looked at any more** {_code(f'{gap.path} {gap.reason}')}\n" for gap in change.new_gaps[:_GAPS]
    )


def _costs(report: Report) -> Iterator[str]:
    costly = [result for result in report.checks if result.deduction or result.elsewhere]
    if costly:
        yield "\n### What cost points\n\n"
    for result in sorted(costly, key=lambda one: (-one.deduction, -one.elsewhere, one.check.id)):
        yield _cost(result, [one for one in report.findings if one.check.id == result.check.id and one.finding.graded])
    for cap in report.card.caps:
        if cap.applied != cap.sum:
            yield f"\n{cap.axis}: {cap.group} cost {cap.sum} together, capped at {cap.cap}\n"
    yield from (f"\n{one.grade}: at most {one.at_most}, {one.reason}\n" for one in report.card.ceilings)


def _cost(result: CheckResult, found: list[ReportedFinding]) -> str:
    """One check, folded; a piece of its own, so that no fold is left open where the text is cut."""
    check, verdict = result.check, result.verdict
    share = f", {verdict.met} of {verdict.opportunities} good" if verdict.opportunities > 1 else ""
    points = result.deduction + result.elsewhere
    lines = "".join(f"- {_finding(one)}" for one in found[:_FINDINGS])
    more = f"- and {len(found) - _FINDINGS} more\n" if len(found) > _FINDINGS else ""
    head = f"<b>{check.id}</b> {check.title}: {points} points{share}"
    return f"<details><summary>{head}</summary>\n\n{lines}{more}\n</details>\n"


def _finding(one: ReportedFinding) -> str:
    finding = one.finding
    sure = "" if finding.confidence == "high" else f", {finding.confidence} confidence"
    where = f"{finding.location.path or '.'}:{finding.location.line}"
    return f"{one.check.id} {finding.severity}{sure} {_code(where)} {_code(finding.message)}\n"


def _set_aside(report: Report) -> Iterator[str]:
    suppressions = report.suppressions
    if suppressions.findings or suppressions.problems:
        word = "" if suppressions.honoured else " (asked for, not honoured)"
        yield f"\n### Set aside{word}\n\n"
    for one in suppressions.findings[:_FINDINGS]:
        until = f" until {one.until}" if one.until else ""
        yield f"- {one.check.id} {_code(str(one.finding.location))}: {_code(one.reason)}{until}\n"
    for problem in suppressions.problems[:_FINDINGS]:
        yield f"- {_code(str(problem.location))} {_code(problem.text)}\n"


def _improvement(report: Report) -> Iterator[str]:
    if report.improvement is not None:
        titles = {result.check.id: result.check.title for result in report.checks}
        yield f"\n### The fewest changes to {report.improvement.letter}\n\n"
        for change in report.improvement.changes:
            yield f"- {change.check} {titles[change.check]} ({change.places})\n"


def _unseen(report: Report) -> Iterator[str]:
    unknown = [result for result in report.checks if result.verdict.outcome is Outcome.UNKNOWN]
    if unknown or report.gaps:
        yield "\n### What was not assessed\n\n"
    yield from (f"- {one.check.id} {one.check.title}: {_code(one.verdict.reason)}\n" for one in unknown)
    gaps = sorted(report.gaps, key=lambda gap: -gap.lines)
    yield from _some(f"- {_code(f'{gap.path}: {gap.reason}' if gap.path else gap.reason)}\n" for gap in gaps[:_GAPS])
    if len(gaps) > _GAPS:
        yield f"- and {len(gaps) - _GAPS} more\n"


def _some(lines: Iterable[str]) -> Iterator[str]:
    """Each line once."""
    yield from dict.fromkeys(lines)


def _letter(grade: Grade) -> str:
    if grade.letter is None:
        return "not graded"
    return f"**{grade.letter}** {grade.score}{' (provisional)' if grade.provisional else ''}"


def _code(text: str) -> str:
    """A code span that nothing in the text can end."""
    text = text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"
