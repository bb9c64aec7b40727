"""A report as GitHub shows Markdown: for a job's summary and for a comment, within the size of a comment.

Whatever comes from a repository stands in code spans, where neither mentions, links nor HTML are read. It is made from
the published report, so that one that somebody else hands over is shown in the same way.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skillaudit.check import load_checks
from skillaudit.formats._words import NO_LETTER
from skillaudit.formats.json import document
from skillaudit.published import (
    Published,
    PublishedCheck,
    PublishedEvidence,
    PublishedFinding,
    PublishedGrade,
    published,
)
from skillaudit.report import Report

MAX_CHARACTERS: Final = 65_000
"""A comment holds 65,536; what a caller puts around the report must fit in too."""
_TICKS = re.compile(r"`+")
_WIDTH = 300
_FINDINGS = 20
_GAPS = 10
_CLOSING = "\n*and more: see the report in another format*\n"


def render(report: Report) -> str:
    """Render the report; where it is too long the end is left out, and said so."""
    return summarise(published(document(report)))


def summarise(report: Published) -> str:
    """Render a published report in the same way."""
    titles = {check.id: check.title for check in load_checks()}
    text = ""
    for block in _blocks(report, titles):
        if len(text) + len(block) > MAX_CHARACTERS - len(_CLOSING):
            return text + _CLOSING
        text += block
    return text


def _blocks(report: Published, titles: Mapping[str, str]) -> Iterator[str]:
    """Pieces that are shown whole or not at all, the most important first."""
    subject, grades = report.subject, report.grades
    yield f"## skillaudit: grade {_letter(grades.overall)}\n\n"
    yield "| Security | Observability | Maintenance |\n| --- | --- | --- |\n"
    yield "| " + " | ".join(map(_letter, (grades.security, grades.observability, grades.maintenance))) + " |\n\n"
    if grades.overall.letter is None:
        yield f"{NO_LETTER}\n\n"
    commit = f" at {code_span(subject.commit[:12])}" if subject.commit else ""
    title = subject.source if subject.source.strip("./") else "the current folder"
    yield f"{code_span(title)}{commit}, as of {subject.as_of}\n"
    yield from _change(report)
    yield from _costs(report, titles)
    yield from _set_aside(report)
    yield from _improvement(report, titles)
    yield from _unseen(report, titles)


def _change(report: Published) -> Iterator[str]:
    change = report.change
    if change is None:
        return
    counts = f"{change.new} new, {change.existing} existing, {change.moved} moved, {len(change.fixed)} fixed"
    yield f"\n### What changed\n\nAgainst {code_span(change.base)}: **{counts}**\n\n"
    if change.failed:
        yield f"The base could not be audited, so everything counts as new: {code_span(change.failed)}\n"
        return
    yield from (f"- {code_span(sentence)}\n" for sentence in change.posture)
    new = [one for one in report.findings if one.status == "new"]
    for one in new[:_FINDINGS]:
        yield f"- **new** {_finding(one)}"
        yield from (f"  - {code_span(what)}\n" for what in one.new_misses[:_FINDINGS])
    if len(new) > _FINDINGS:
        yield f"- and {len(new) - _FINDINGS} more new findings\n"
    yield from (f"- **fixed** {_finding(one)}" for one in change.fixed[:_FINDINGS])
    gaps = change.new_gaps[:_GAPS]
    yield from (f"- **not looked at any more** {code_span(f'{gap.path} {gap.reason}')}\n" for gap in gaps)


def _costs(report: Published, titles: Mapping[str, str]) -> Iterator[str]:
    costly = [one for one in report.checks if one.deduction + one.elsewhere and one.id in titles]
    if costly:
        yield f"\n### What {'cost' if report.grades.overall.letter else 'would cost'} points\n\n"
    for one in sorted(costly, key=lambda one: (-one.deduction, -one.elsewhere, one.id)):
        found = [finding for finding in report.findings if finding.check == one.id and finding.graded]
        yield _cost(one, titles[one.id], found)
    for cap in report.caps:
        if cap.applied != cap.sum:
            yield f"\n{cap.axis}: {cap.group} cost {cap.sum:g} together, capped at {cap.cap:g}\n"
    yield from (f"\n{one.grade}: at most {one.at_most:g}, {code_span(one.reason)}\n" for one in report.ceilings)


def _cost(check: PublishedCheck, title: str, found: list[PublishedFinding]) -> str:
    """One check, folded; a piece of its own, so that no fold is left open where the text is cut."""
    share = f", {check.met} of {check.opportunities} good" if check.opportunities > 1 else ""
    points = check.deduction + check.elsewhere
    places = [_finding(one) for one in found] or [_evidence(one) for one in check.evidence if one.told and not one.met]
    lines = "".join(f"- {place}" for place in places[:_FINDINGS])
    more = f"- and {len(places) - _FINDINGS} more\n" if len(places) > _FINDINGS else ""
    head = f"<b>{check.id}</b> {title}: {points:g} points{share}"
    return f"<details><summary>{head}</summary>\n\n{lines}{more}\n</details>\n"


def _evidence(one: PublishedEvidence) -> str:
    return f"{code_span(f'{one.path}:{one.line}')} {code_span(one.what)}: see {one.told}\n"


def _finding(one: PublishedFinding) -> str:
    sure = "" if one.confidence == "high" else f", {one.confidence} confidence"
    return (
        f"{one.check} {one.severity}{sure} {code_span(f'{one.path or chr(46)}:{one.line}')} {code_span(one.message)}\n"
    )


def _set_aside(report: Published) -> Iterator[str]:
    suppressions = report.suppressions
    if suppressions.findings or suppressions.problems:
        word = "" if suppressions.honoured else " (asked for, not honoured)"
        yield f"\n### Set aside{word}\n\n"
    for one in suppressions.findings[:_FINDINGS]:
        until = f" until {code_span(one.until)}" if one.until else ""
        yield f"- {one.check} {code_span(f'{one.path}:{one.line}')}: {code_span(one.reason)}{until}\n"
    for problem in suppressions.problems[:_FINDINGS]:
        yield f"- {code_span(f'{problem.path}:{problem.line}')} {code_span(problem.text)}\n"


def _improvement(report: Published, titles: Mapping[str, str]) -> Iterator[str]:
    if report.improvement is not None:
        yield f"\n### The fewest changes to {report.improvement.letter}\n\n"
        for change in report.improvement.changes:
            yield f"- {change.check} {titles.get(change.check, '')} ({change.places})\n"


def _unseen(report: Published, titles: Mapping[str, str]) -> Iterator[str]:
    unknown = [one for one in report.checks if one.outcome == "unknown" and one.id in titles]
    if unknown or report.gaps:
        yield "\n### What was not assessed\n\n"
    yield from (f"- {one.id} {titles[one.id]}: {code_span(one.reason)}\n" for one in unknown)
    gaps = sorted(report.gaps, key=lambda gap: -gap.lines)
    yield from _once(
        f"- {code_span(f'{gap.path}: {gap.reason}' if gap.path else gap.reason)}\n" for gap in gaps[:_GAPS]
    )
    if len(gaps) > _GAPS:
        yield f"- and {len(gaps) - _GAPS} more\n"


def _once(lines: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(lines)


def _letter(grade: PublishedGrade) -> str:
    if grade.letter is None or grade.score is None:
        return "not graded"
    return f"**{grade.letter}** {grade.score:.1f}{' (provisional)' if grade.provisional else ''}"


def code_span(text: str) -> str:
    """A code span of Markdown that nothing in the text can end."""
    text = text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"
