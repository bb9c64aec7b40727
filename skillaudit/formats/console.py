"""The report for a reader at a terminal; plain ASCII decoration, no markup, colour only where it is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TypeAlias

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from skillaudit.evaluate import Outcome
from skillaudit.grade import Grade, Scorecard
from skillaudit.model import Confidence, Severity
from skillaudit.report import CheckResult, Report, ReportedFinding
from skillaudit.rubric import Kind

_Line: TypeAlias = tuple[int, Text]
"""Indentation and text."""

_PLACES = 5
_GAPS = 12
_SAMPLE = 3
_PIPED_WIDTH = 100_000
_LETTERS = {"A": "bold green", "B": "green", "C": "yellow", "D": "red", "F": "bold red"}
_SEVERITIES = {
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Where the text goes: columns of the terminal, and whether it shows colours."""

    width: int = _PIPED_WIDTH
    color: bool = False


def render(report: Report, style: Style | None = None) -> str:
    """Render the report; without a style, as it is piped: no colour, no wrapping."""
    style = style or Style()
    console = Console(
        file=StringIO(),
        width=style.width,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for indent, text in _lines(report):
            console.print(Padding(text, (0, 0, 0, indent), expand=False) if text else "")
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _lines(report: Report) -> Iterator[_Line]:
    yield from _head(report)
    for title, body in (
        ("Packages", list(_packages(report))),
        ("What cost points", list(_costs(report))),
        ("Noted, at no cost", list(_notes(report))),
        ("What is good", list(_good(report))),
        ("What was not assessed", list(_unseen(report))),
        ("The fewest changes that raise the grade", list(_improvement(report))),
    ):
        if body:
            yield 0, Text()
            yield 0, Text(title, style="bold")
            yield from body


def _head(report: Report) -> Iterator[_Line]:
    subject, inventory = report.subject, report.inventory
    yield 0, _card(report.card)
    commit = f" at {subject.commit[:12]}" if subject.commit else ""
    yield 0, Text(f"{subject.source}{commit}, as of {subject.as_of}")
    if subject.note:
        yield 0, Text(subject.note)
    languages = ", ".join(f"{name} {lines}" for name, lines in inventory.languages) or "no source code"
    served = " and ".join(inventory.transports) or "no transport recognised"
    counts = f"{_count(len(inventory.tools), 'tool')}, {_count(inventory.log_calls, 'log call')}"
    yield 0, Text(f"{counts}; {served}; production lines: {languages}")


def _card(card: Scorecard) -> Text:
    """The first line: the overall letter and the three below it."""
    text = Text()
    for name, grade in (
        ("Grade", card.overall),
        ("Security", card.security),
        ("Observability", card.observability),
        ("Maintenance", card.maintenance),
    ):
        text.append(f"{'  |  ' if text else ''}{name} ")
        text.append(*_letter(grade))
    return text


def _letter(grade: Grade) -> tuple[str, str]:
    if grade.letter is None:
        return "not graded", "bold"
    return f"{grade.letter} {grade.score}{' (provisional)' if grade.provisional else ''}", _LETTERS[grade.letter]


def _packages(report: Report) -> Iterator[_Line]:
    if len(report.packages) > 1:
        for package in report.packages:
            text = Text(f"{package.path or '.'} ({package.name or 'unnamed'}): ")
            yield 2, text.append_text(_card(package.card))


def _costs(report: Report) -> Iterator[_Line]:
    """Checks by what they cost, with their places; then the caps and ceilings that complete the sum."""
    costly = [result for result in report.checks if result.deduction or result.elsewhere]
    for result in sorted(costly, key=lambda one: (-one.deduction, -one.elsewhere, one.check.id)):
        points = result.deduction + result.elsewhere
        text = Text(f"-{points:<6} {result.check.id} ").append(
            result.check.severity, _SEVERITIES[result.check.severity]
        )
        yield 2, text.append(f" {result.check.title}{_share(result)}")
        graded = [one for one in report.findings if one.check.id == result.check.id and one.finding.graded]
        for one in graded[:_PLACES]:
            yield from _place(one)
        if len(graded) > _PLACES:
            yield 10, Text(f"and {len(graded) - _PLACES} more (--format json lists all)")
    for cap in report.card.caps:
        if cap.applied != cap.sum:
            yield 2, Text(f"{cap.axis}: {cap.group} cost {cap.sum} together, capped at {cap.cap}")
    for ceiling in report.card.ceilings:
        yield 2, Text(f"{ceiling.grade}: at most {ceiling.at_most}, {ceiling.reason}")


def _place(one: ReportedFinding) -> Iterator[_Line]:
    finding = one.finding
    text = Text(f"{finding.location.path or '.'}:{finding.location.line} ", style="bold")
    text.append(finding.severity, _SEVERITIES[finding.severity])
    sure = "" if finding.confidence is Confidence.HIGH else f" ({finding.confidence} confidence)"
    where = "" if finding.surface.counts else f" [{finding.surface}]"
    yield 10, text.append(f" {finding.message}{sure}{where}", "not bold")
    for line in one.excerpt.lines:
        yield 12, Text(f"> {line}", style="dim")
    if len(finding.trace) > 1:
        yield 12, Text(" -> ".join(f"{step.location} {step.note}" for step in finding.trace), style="dim")


def _notes(report: Report) -> Iterator[_Line]:
    """Findings that cost nothing: INFO, or not sure enough."""
    free = [one for one in report.findings if not one.finding.graded]
    for one in free[:_PLACES]:
        finding = one.finding
        yield 2, Text(f"{one.check.id} {finding.location} {finding.severity}, {finding.confidence} confidence")
        yield 4, Text(finding.message)
    if len(free) > _PLACES:
        yield 2, Text(f"and {len(free) - _PLACES} more (--format json lists all)")


def _good(report: Report) -> Iterator[_Line]:
    for result in report.checks:
        good = [one for one in result.verdict.evidence if one.met and one.surface.counts]
        single = result.check.kind is Kind.INCIDENT  # where nothing went wrong, every place looks the same
        if result.verdict.outcome is Outcome.MET or (good and not single):
            yield 2, Text(f"{result.check.id} {result.check.asks}{_share(result)}")
            for one in good[: 0 if single else _SAMPLE]:
                yield 4, Text(f"{one.location} {one.what}")


def _share(result: CheckResult) -> str:
    verdict = result.verdict
    share = f" ({verdict.met} of {_count(verdict.opportunities, 'place')} good)" if verdict.opportunities else ""
    return f"{share}{f' [{verdict.state}]' if verdict.state else ''}"


def _unseen(report: Report) -> Iterator[_Line]:
    for result in report.checks:
        if result.verdict.outcome in {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE}:
            word = result.verdict.outcome.replace("_", " ")
            yield 2, Text(f"{result.check.id} {result.check.title}: {word}, {result.verdict.reason}")
    places: defaultdict[str, list[str]] = defaultdict(list)
    for gap in report.gaps:
        places[gap.reason].append(gap.path)
    for reason, paths in list(places.items())[:_GAPS]:
        yield 2, Text(f"{_some(paths)}{reason}")
    if len(places) > _GAPS:
        yield 2, Text(f"and {len(places) - _GAPS} more reasons (--format json lists all)")


def _some(paths: Iterable[str]) -> str:
    named = [path for path in paths if path]
    if not named:
        return ""
    more = f" and {len(named) - _SAMPLE} more" if len(named) > _SAMPLE else ""
    return f"{', '.join(named[:_SAMPLE])}{more}: "


def _improvement(report: Report) -> Iterator[_Line]:
    if report.improvement is None:
        return
    yield 2, Text(f"to {report.improvement.letter}:")
    for change in report.improvement.changes:
        check = next(result.check for result in report.checks if result.check.id == change.check)
        yield 4, Text(f"{check.id} {check.title}, {_count(change.places, 'place')}: skillaudit explain {check.id}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
