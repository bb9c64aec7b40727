"""The report for a reader at a terminal; plain ASCII decoration, no markup, colour only where it is shown."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from skillaudit.advisory import State
from skillaudit.check import Evidence
from skillaudit.evaluate import Outcome
from skillaudit.formats._chains import chain_lines
from skillaudit.formats._lines import Line, Part, Style, line, quoted, shown
from skillaudit.formats._matrix import table
from skillaudit.formats._words import NO_LETTER, earned_in, series, tools
from skillaudit.forward import Standing
from skillaudit.grade import Grade, Scorecard
from skillaudit.matrix import Seen
from skillaudit.model import Axis, Confidence, Severity
from skillaudit.report import CheckResult, Report, ReportedFinding, Status, title_of
from skillaudit.rubric import Kind, rubric

_PLACES = 5
_MOST_PLACES = 12
_GAPS = 12
_SAMPLE = 3
_MOST_FILES = 12
_STATES = {State.VULNERABLE: "bold red", State.CLEAN: "green", State.UNCHECKED: "yellow"}
_LETTERS = {"A": "bold green", "B": "green", "C": "yellow", "D": "red", "F": "bold red"}
_SEVERITIES = {
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_SEEN = {Seen.YES: "green", Seen.PART: "yellow", Seen.NO: "bold red", Seen.UNKNOWN: "dim", Seen.NEVER: "dim"}
_STANDINGS = {Standing.OK: "", Standing.BROKEN: "red", Standing.UNKNOWN: "yellow"}
_PARTICULAR = re.compile(r"`[^`]*`|\d+")
"""What differs in the messages of findings of one sort."""


def render(report: Report, style: Style | None = None) -> str:
    """Render the report; without a style, as it is piped: no colour, nothing broken or cut."""
    lines = list(_lines(report))
    if style is None:
        return "".join(f"{line.plain}\n" for line in lines)
    return shown(lines, style)


def _lines(report: Report) -> Iterator[Line]:
    yield from _head(report)
    for title, body in (
        ("What changed", list(_changes(report))),
        ("Packages", list(_packages(report))),
        ("What cost points" if report.card.overall.letter else "What would cost points", list(_costs(report))),
        ("What costs other packages points", list(_others(report))),
        ("Noted, at no cost", list(_notes(report))),
        ("Set aside", list(_set_aside(report))),
        ("Dependencies", list(_dependencies(report))),
        ("What is good", list(_good(report))),
        ("What would be noticed", list(_coverage(report))),
        ("What was not assessed", list(_unseen(report))),
        ("Where the logs go", list(_forwarding(report))),
        ("The fewest changes that raise the grade", list(_improvement(report))),
    ):
        if body:
            yield line(0)
            yield line(0, (title, "bold"))
            yield from body


def _head(report: Report) -> Iterator[Line]:
    subject, inventory = report.subject, report.inventory
    yield line(0, *_card(report.card))
    if report.card.overall.letter is None:
        yield line(0, (NO_LETTER, "yellow"))
    commit = f" at {subject.commit[:12]}" if subject.commit else ""
    yield line(0, f"{title_of(subject, report.packages)}{commit}, as of {subject.as_of}")
    if subject.note:
        yield line(0, subject.note)
    languages = ", ".join(f"{name} {lines}" for name, lines in inventory.languages) or "no source code"
    served = series(inventory.transports) or "no transport recognised"
    counts = f"{tools(report)}, {_count(inventory.log_calls, 'log call')}"
    yield line(0, f"{counts}; {served}; production lines: {languages}")


def _grades(card: Scorecard) -> tuple[tuple[str, Grade], ...]:
    return (
        ("Grade", card.overall),
        ("Security", card.security),
        ("Observability", card.observability),
        ("Maintenance", card.maintenance),
    )


def _card(card: Scorecard) -> Iterator[Part]:
    """The first line: the overall letter and the three below it."""
    for number, (name, grade) in enumerate(_grades(card)):
        yield f"{'  |  ' if number else ''}{name} ", ""
        yield _letter(grade)


def _letter(grade: Grade) -> Part:
    if grade.letter is None:
        return "not graded", "bold"
    return f"{grade.letter} {grade.score}{' (provisional)' if grade.provisional else ''}", _LETTERS[grade.letter]


def _packages(report: Report) -> Iterator[Line]:
    """A table of what was graded; the rest in one line."""
    if len(report.packages) < 2:  # noqa: PLR2004 - one package is the repository
        return
    graded = [one for one in report.packages if one.card.overall.letter is not None]
    first = max((len(one.path or ".") for one in graded), default=0)
    headings = [name for name, _ in _grades(report.card)]
    cells = [[_letter(grade) for _, grade in _grades(one.card)] for one in graded]
    widths = [max(len(name), *(len(row[n][0]) for row in cells)) for n, name in enumerate(headings)] if cells else []
    if cells:
        titles = "".join(f"  {name:<{width}}" for name, width in zip(headings, widths, strict=True))
        yield line(2, (f"{'':<{first}}{titles}", "dim"))
    for one, row in zip(graded, cells, strict=True):
        parts = [(f"  {text:<{width}}", style) for (text, style), width in zip(row, widths, strict=True)]
        yield line(2, f"{one.path or '.':<{first}}", *parts)
    others = [one.path or "." for one in report.packages if one.card.overall.letter is None]
    if others:
        yield line(2, f"not graded: {', '.join(others)}")


def _changes(report: Report) -> Iterator[Line]:
    """How the report differs from its base: findings first, then what the server does otherwise."""
    change = report.change
    if change is None:
        return
    counts = ", ".join(f"{change.count(status)} {status}" for status in Status)
    yield line(2, f"against {change.base}: {counts}, {len(change.fixed)} fixed")
    if change.failed:
        yield line(2, (f"the base could not be audited, so everything counts as new: {change.failed}", "yellow"))
        return
    for one, status, misses in zip(report.findings, change.statuses, change.misses, strict=True):
        if status is Status.NEW:
            yield from _place(one)
            yield from (line(12, f"new: {what}") for what in misses)
    for one in change.fixed:
        yield line(4, ("fixed ", "green"), f"{one.finding.location} {one.check.id} {one.finding.message}")
    yield from (line(4, sentence) for sentence in change.posture)
    yield from (line(4, f"no longer looked at: {gap.path} {gap.reason}") for gap in change.new_gaps)


def _set_aside(report: Report) -> Iterator[Line]:
    suppressions = report.suppressions
    word = "" if suppressions.honoured else ", not honoured (--trust none)"
    for one in suppressions.findings:
        until = f" until {one.until}" if one.until else ""
        yield line(2, f"{one.finding.location} {one.check.id}{word}: {one.reason}{until} ({one.place})")
    for problem in suppressions.problems:
        yield line(2, (f"{problem.location} {problem.text}", "yellow"))


def _costs(report: Report) -> Iterator[Line]:
    """What each axis lost, by what it costs, with its places; then the caps and ceilings that complete the sum."""
    costly = [result for result in report.checks if result.deduction or result.elsewhere]
    for axis in Axis:
        held = [one for one in costly if one.check.axis is axis]
        if held:
            yield line(2, (f"{axis.title()}, from 100{earned_in(report, axis)}", "bold"))
        for result in sorted(held, key=lambda one: (-one.deduction, -one.elsewhere, one.check.id)):
            yield from _cost(report, result)
        for cap in report.card.caps:
            if cap.axis is axis and cap.applied != cap.sum:
                yield line(2, f"{cap.axis}: {cap.group} cost {cap.sum} together, capped at {cap.cap}")
    for ceiling in report.card.ceilings:
        yield line(2, f"{ceiling.grade}{earned_in(report, ceiling.grade)}: at most {ceiling.at_most}, {ceiling.reason}")


def _others(report: Report) -> Iterator[Line]:
    """The findings of packages that decide no axis, of checks that cost the one that does nothing."""
    for result in report.checks:
        held = [one for one in report.findings if one.check.id == result.check.id and one.finding.surface.counts]
        graded = [one for one in held if one.finding.graded]
        if graded and not (result.deduction or result.elsewhere or result.check.free):
            worst = min((one.finding.severity for one in graded), key=lambda one: one.rank)
            yield line(2, f"{result.check.id} ", (worst, _SEVERITIES[worst]), f" {result.check.title}{_share(result)}")
            yield from _places(graded)


def _cost(report: Report, result: CheckResult) -> Iterator[Line]:
    """One check, the findings that it is charged for or the evidence that another check's finding tells of."""
    graded = [one for one in report.findings if one.check.id == result.check.id and one.finding.graded]
    severities = (one.finding.severity for one in graded)  # none where another check's finding says it already
    worst = min(severities, key=lambda one: one.rank, default=result.check.severity)
    points = result.deduction + result.elsewhere
    title = f" {result.check.title}{_share(result)}"
    yield line(2, f"-{points:<6} {result.check.id} ", (worst, _SEVERITIES[worst]), title)
    yield from _places(graded)
    yield from () if graded else _told_elsewhere(result.verdict.told_elsewhere)


def _told_elsewhere(missed: Sequence[Evidence]) -> Iterator[Line]:
    """What a check without a finding of its own took points for, and whose finding tells of it."""
    for one in missed[:_SAMPLE]:
        yield line(10, (f"{one.location} ", "bold"), f"{one.what}: see {one.told}")
    if len(missed) > _SAMPLE:
        yield line(10, f"and {len(missed) - _SAMPLE} more (--format json lists all)")


def _places(findings: list[ReportedFinding]) -> Iterator[Line]:
    """A few findings of each sort, so that many of one do not hide another."""
    alike: Counter[str] = Counter()
    shown: list[ReportedFinding] = []
    for one in findings:
        sort = _PARTICULAR.sub("", one.finding.message)
        alike[sort] += 1
        if alike[sort] <= _PLACES and len(shown) < _MOST_PLACES:
            shown.append(one)
    for one in shown:
        yield from _place(one)
    if len(findings) > len(shown):
        yield line(10, f"and {len(findings) - len(shown)} more (--format json lists all)")


def _place(one: ReportedFinding) -> Iterator[Line]:
    finding = one.finding
    sure = "" if finding.confidence is Confidence.HIGH else f" ({finding.confidence} confidence)"
    where = "" if finding.surface.counts else f" [{finding.surface}]"
    yield line(
        10,
        (f"{finding.location.path or '.'}:{finding.location.line} ", "bold"),
        (finding.severity, _SEVERITIES[finding.severity]),
        f" {finding.message}{sure}{where}",
    )
    for source in one.excerpt.lines:
        yield quoted(12, f"> {source}")
    if finding.way:
        yield quoted(12, " -> ".join(f"{step.location} {step.note}" for step in finding.way))


def _notes(report: Report) -> Iterator[Line]:
    """Findings that cost nothing: of checks that are free, INFO, not sure enough, or told by another check."""
    for result in report.checks:
        elsewhere = result.verdict.told_elsewhere
        if elsewhere and not (result.deduction or result.verdict.findings):
            others = " and ".join(sorted({one.told for one in elsewhere}))
            yield line(2, f"{result.check.id} {result.check.title}, {_count(len(elsewhere), 'place')}: see {others}")
        noted = [
            one
            for one in report.findings
            if one.check.id == result.check.id and (one.check.free or not one.finding.graded)
        ]
        if noted:
            free = f"; costs no points: {result.check.free}" if result.check.free else ""
            yield line(2, f"{result.check.id} {result.check.title}, {_count(len(noted), 'place')}{free}")
            for one in noted[:_SAMPLE]:
                finding = one.finding
                sure = "" if finding.confidence is Confidence.HIGH else f" ({finding.confidence} confidence)"
                yield line(4, f"{finding.location} {finding.severity} {finding.message}{sure}")
            if len(noted) > _SAMPLE:
                yield line(4, f"and {len(noted) - _SAMPLE} more (--format json lists all)")


def _good(report: Report) -> Iterator[Line]:
    for result in report.checks:
        good = [one for one in result.verdict.evidence if one.met and one.surface.counts]
        single = result.check.kind is Kind.INCIDENT  # where nothing went wrong, every place looks the same
        if result.verdict.outcome is Outcome.MET or (good and not single):
            yield line(2, f"{result.check.id} {result.check.asks}{_share(result)}")
            for one in good[: 0 if single else _SAMPLE]:
                yield line(4, f"{one.location} {one.what}")


def _dependencies(report: Report) -> Iterator[Line]:
    """The state of each file, those of packages that ship first; many of one kind elsewhere in one line."""
    shipping = [one for one in report.dependencies if one.listing.surface.counts]
    for one in shipping[:_MOST_FILES]:
        listing = one.listing
        package = f" for {listing.package}" if listing.package and listing.path != listing.manifest else ""
        counted = Counter(dependency.direct for dependency in listing.dependencies)
        what = f" ({counted[True]} direct, {counted[False]} transitive): "
        found = f"{len(one.vulnerable)} of them " if one.vulnerable else ""
        state = (f"{found}{one.state}", _STATES[one.state])
        why = f"; could not check: {'; '.join(one.reasons)}" if one.vulnerable else f": {'; '.join(one.reasons)}"
        yield line(2, f"{listing.path}{package}{what}", state, why if one.reasons else "")
    if len(shipping) > _MOST_FILES:
        yield line(2, f"and {len(shipping) - _MOST_FILES} more (--format json lists all)")
    aside = Counter(one.state for one in report.dependencies if not one.listing.surface.counts)
    if aside:
        counts = ", ".join(f"{count} {state}" for state, count in sorted(aside.items()))
        yield line(2, f"of examples, tests and tools: {counts}")
    if report.dependencies:
        age = report.advisories.age_days
        old = "" if age is None else f", {_count(age, 'day')} old"
        yield line(2, f"advisories: {report.advisories.source}{old}")


def _share(result: CheckResult) -> str:
    """How many of the places are good, where there are several, and a word on how things stand."""
    verdict = result.verdict
    place = "log call" if result.check.id in rubric().precedence.log_call else "place"
    several = verdict.opportunities > 1
    share = f" ({verdict.met} of {_count(verdict.opportunities, place)} good)" if several else ""
    return f"{share}{f' [{verdict.state}]' if verdict.state else ''}"


def _coverage(report: Report) -> Iterator[Line]:
    """Tools by events: `NO` goes unnoticed, `-` cannot happen."""
    shown = table(report.coverage)
    first = max((len(row.tools) for row in shown.rows), default=0)
    widths = [max(len(name), 4) for name in shown.headings]
    if shown.rows:
        titles = "".join(f"  {name:<{width}}" for name, width in zip(shown.headings, widths, strict=True))
        yield line(2, (f"{'':<{first}}{titles}", "dim"))
    for row in shown.rows:
        words = zip(row.words, row.seen, widths, strict=True)
        parts = [(f"  {word:<{width}}", _SEEN.get(seen, "")) for word, seen, width in words]
        yield line(2, f"{row.tools:<{first}}", *parts)
    if shown.left_out:
        yield line(2, f"and {_count(shown.left_out, 'tool')} of other kinds (--format json lists all)")


def _unseen(report: Report) -> Iterator[Line]:
    for result in report.checks:
        if result.verdict.outcome in {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE}:
            word = result.verdict.outcome.replace("_", " ")
            yield line(2, f"{result.check.id} {result.check.title}: {word}, {result.verdict.reason}")
    places: defaultdict[str, list[str]] = defaultdict(list)
    reasons: dict[str, str] = {}
    for gap in sorted(report.gaps, key=lambda gap: -gap.lines):
        sort = _PARTICULAR.sub("", gap.reason) if gap.path else gap.reason
        places[sort].append(gap.path)
        reasons.setdefault(sort, gap.reason)
    for sort, paths in list(places.items())[:_GAPS]:
        yield line(2, f"{_some(paths)}{reasons[sort]}")
    if len(places) > _GAPS:
        yield line(2, f"and {len(places) - _GAPS} more reasons (--format json lists all)")


def _some(paths: Iterable[str]) -> str:
    named = [path for path in paths if path]
    if not named:
        return ""
    more = f" and {len(named) - _SAMPLE} more" if len(named) > _SAMPLE else ""
    return f"{', '.join(named[:_SAMPLE])}{more}: "


def _forwarding(report: Report) -> Iterator[Line]:
    for indent, text, standing in chain_lines(report.forwarding):
        yield line(indent, (text, _STANDINGS[standing]))


def _improvement(report: Report) -> Iterator[Line]:
    if report.improvement is None:
        return
    yield line(2, f"to {report.improvement.letter}:")
    for change in report.improvement.changes:
        check = next(result.check for result in report.checks if result.check.id == change.check)
        yield line(4, f"{check.id} {check.title}, {_count(change.places, 'place')}: skillaudit explain {check.id}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
