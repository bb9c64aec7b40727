"""What a change does to a server: findings that are new, gone or moved, and how its posture differs."""

from collections.abc import Iterable, Iterator, Sequence

from skillaudit.baseline import BaselineEntry
from skillaudit.demands import Demand
from skillaudit.evaluate import Outcome
from skillaudit.facts import Tool
from skillaudit.fingerprint import Fingerprint, pair
from skillaudit.grade import Grade, letters
from skillaudit.model import Confidence, Gap, Severity
from skillaudit.report import Change, Report, ReportedFinding, Status
from skillaudit.rubric import Kind

_NOT_GRADED = "not graded"
_NAMED = 5


_FROM = {Demand.NEW_HIGH: Severity.HIGH, Demand.NEW_MEDIUM: Severity.MEDIUM, Demand.NEW_LOW: Severity.LOW}


def without_base(base: str, head: Report, reason: str) -> Change:
    """The change where the base could not be audited: nothing of the head is taken for known."""
    return Change(
        base,
        tuple(Status.NEW for _ in head.findings),
        tuple(() for _ in head.findings),
        new_gaps=head.gaps,
        dropped=True,
        failed=reason,
    )


def compare(base: str, before: Report, after: Report, accepted: Sequence[BaselineEntry] = ()) -> Change:
    """Compare two audits that were made with the same rules.

    Args:
        base: what ``before`` is, in words.
        before: the audit of the base.
        after: the audit of the head.
        accepted: findings that count as known although the base does not have them.
    """
    partners = pair([_mark(one) for one in before.findings], [_mark(one) for one in after.findings])
    known = accept(after, accepted)
    statuses, misses = [], []
    for finding, partner, excused in zip(after.findings, partners, known, strict=True):
        added = () if partner is None else _added(before, after, finding)
        misses.append(added)
        if excused or (partner is not None and not added):
            moved = partner is not None and _place(before.findings[partner]) != _place(finding)
            statuses.append(Status.MOVED if moved else Status.EXISTING)
        else:
            statuses.append(Status.NEW)
    kept = {number for number in partners if number is not None}
    return Change(
        base,
        tuple(statuses),
        tuple(misses),
        tuple(one for number, one in enumerate(before.findings) if number not in kept),
        tuple(_posture(before, after)),
        dropped=any(_worse(old, new) for _, old, new in _letters(before, after)),
        new_gaps=_new_gaps(before, after),
    )


def beside_baseline(accepted: Sequence[BaselineEntry], head: Report) -> Change:
    """The change where there is a baseline and no base: what the baseline does not hold is new."""
    known = accept(head, accepted)
    marks = {mark for one in head.findings for mark in (one.fingerprint, one.content)}
    gone = sum(one.fingerprint not in marks and one.content not in marks for one in accepted)
    words = _plural(gone, "finding no longer occurs", "findings no longer occur")
    stale = (f"{gone} accepted {words}",) if gone else ()
    return Change(
        "the baseline",
        tuple(Status.EXISTING if excused else Status.NEW for excused in known),
        tuple(() for _ in head.findings),
        posture=stale,
    )


def accept(report: Report, accepted: Sequence[BaselineEntry]) -> tuple[bool, ...]:
    """Which of the findings a baseline holds; an entry whose last day has passed holds nothing."""
    valid = [one for one in accepted if not one.until or one.until >= report.subject.as_of]
    partners = pair(
        [Fingerprint(one.fingerprint, one.content) for one in valid], [_mark(one) for one in report.findings]
    )
    return tuple(partner is not None for partner in partners)


def violates(report: Report, demand: Demand) -> bool:
    """Whether the change is one that must not be; without anything to compare with, everything is new."""
    change = report.change
    match demand:
        case Demand.GRADE_DROP:
            return change is not None and change.dropped
        case Demand.NEW_GAP:
            return bool(report.gaps if change is None else change.new_gaps)
        case _:
            statuses = (Status.NEW,) * len(report.findings) if change is None else change.statuses
            pairs = zip(report.findings, statuses, strict=True)
            new = [one.finding for one, status in pairs if status is Status.NEW]
            worst = _FROM[demand].rank
            return any(one.severity.rank <= worst and one.confidence is not Confidence.LOW for one in new)


def _mark(one: ReportedFinding) -> Fingerprint:
    return Fingerprint(one.fingerprint, one.content)


def _place(one: ReportedFinding) -> str:
    """A finding moves from one file to another; another line of the same file is no move."""
    return one.finding.location.path


def _added(before: Report, after: Report, one: ReportedFinding) -> tuple[str, ...]:
    """The misses that a finding on a whole package counts and did not count before."""
    package = one.finding.package
    old, new = (_misses(report, one.check.id, package) for report in (before, after))
    return tuple(what for what in new if what not in old) if len(new) > len(old) else ()


def _misses(report: Report, check: str, package: str) -> tuple[str, ...]:
    verdict = next(result.verdict for result in report.checks if result.check.id == check)
    if verdict.check.kind is not Kind.RATIO:
        return ()
    return tuple(one.what for one in verdict.evidence if not one.met and one.surface.counts and one.package == package)


def _new_gaps(before: Report, after: Report) -> tuple[Gap, ...]:
    known = {(gap.kind, gap.path) for gap in before.gaps}
    return tuple(gap for gap in after.gaps if (gap.kind, gap.path) not in known)


# --- posture


def _posture(before: Report, after: Report) -> Iterator[str]:
    yield from _tools(before, after)
    for verb, one, other in (("adds", before, after), ("removes", after, before)):
        yield from (f"{verb} {text}" for text in _listed("transport", _transports(other) - _transports(one)))
        yield from (f"{verb} {text}" for text in _listed("log destination", _sinks(other) - _sinks(one)))
    for check, earlier, now in _outcomes(before, after):
        yield f"{check}: {earlier} → {now}".replace("_", " ")
    for name, old, new in _letters(before, after):
        if old != new:
            yield f"{name} {old} → {new}"


def _tools(before: Report, after: Report) -> Iterator[str]:
    old, new = ({(one.package, one.name): one for one in report.inventory.tools} for report in (before, after))
    added = [tool for key, tool in new.items() if key not in old]
    removed = [tool for key, tool in old.items() if key not in new]
    silent = [tool for key, tool in new.items() if not tool.records and key in old and old[key].records]
    if added:
        yield f"adds {_count(len(added), 'tool')} ({_names(added)}), {_recorded(added)}"
    if removed:
        yield f"removes {_count(len(removed), 'tool')} ({_names(removed)})"
    if silent:
        verb = _plural(len(silent), "leaves", "leave")
        yield f"{_count(len(silent), 'tool')} no longer {verb} a record ({_names(silent)})"


def _recorded(tools: Sequence[Tool]) -> str:
    leaving = sum(bool(tool.records) for tool in tools)
    if leaving == len(tools):
        return "which leaves a record" if len(tools) == 1 else "each of which leaves a record"
    if not leaving:
        return {1: "which leaves no record", 2: "neither of which leaves a record"}.get(
            len(tools), "none of which leaves a record"
        )
    return f"{leaving} of which {_plural(leaving, 'leaves', 'leave')} a record"


def _transports(report: Report) -> set[str]:
    return set(report.inventory.transports)


def _sinks(report: Report) -> set[str]:
    return {one.destination for one in report.inventory.sinks if one.wired and one.kind == "external"}


def _outcomes(before: Report, after: Report) -> Iterator[tuple[str, Outcome, Outcome]]:
    old = {result.check.id: result.verdict.outcome for result in before.checks}
    for result in after.checks:
        earlier, now = old.get(result.check.id), result.verdict.outcome
        if earlier is not None and earlier is not now and {earlier, now} & {Outcome.MET, Outcome.NOT_MET}:
            yield f"{result.check.id} {result.check.title}", earlier, now


def _letters(before: Report, after: Report) -> Iterator[tuple[str, str, str]]:
    for name in ("overall", "security", "observability", "maintenance"):
        old, new = (getattr(report.card, name) for report in (before, after))
        yield name.capitalize(), _letter(old), _letter(new)


def _letter(grade: Grade) -> str:
    return grade.letter or _NOT_GRADED


def _worse(old: str, new: str) -> bool:
    order = (*letters(), _NOT_GRADED)
    return order.index(new) > order.index(old)


# --- words


def _listed(noun: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"the {noun} {name}" for name in sorted(names))


def _names(tools: Sequence[Tool]) -> str:
    names = sorted(tool.name for tool in tools)
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {_plural(number, noun, f'{noun}s')}"


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
