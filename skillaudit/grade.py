"""From verdicts to points and letters, exactly as ``rubric.toml`` says.

Every deduction and every cap is returned, so that anyone can add a score up by hand. Points are decimals: a deduction
is rounded half up to 0.01 before it is added, a score to 0.1 before it becomes a letter.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from skillaudit.check import Finding
from skillaudit.evaluate import Assessment, Evaluation, Outcome, Verdict
from skillaudit.model import Axis, Location, Severity
from skillaudit.rubric import Kind, rubric

CONTROLS, ELSEWHERE = "controls", "elsewhere"
_HUNDREDTH, _TENTH, _ZERO, _FULL = Decimal("0.01"), Decimal("0.1"), Decimal(0), Decimal(100)
_FAIL = "F"


class Grade(msgspec.Struct, frozen=True):
    """A letter and its score, both None where too little could be judged.

    ``decided`` of ``total`` is the weight of the checks that were decided; ``package`` is where it was earned.
    """

    letter: str | None
    score: Decimal | None
    decided: int
    total: int
    provisional: bool
    package: str


class Deduction(msgspec.Struct, frozen=True):
    """What one check costs: ``points`` for production code, ``elsewhere`` for other surfaces, before any cap."""

    check: str
    axis: Axis
    group: str
    points: Decimal
    elsewhere: Decimal


class Cap(msgspec.Struct, frozen=True):
    """A group of deductions that counts ``applied`` points instead of its ``sum``."""

    axis: Axis
    group: str
    sum: Decimal
    cap: Decimal
    applied: Decimal


class Ceiling(msgspec.Struct, frozen=True):
    """A reason why a score is at most ``at_most``, whatever the deductions; ``grade`` is the axis or observability."""

    grade: str
    at_most: Decimal
    reason: str


class Scorecard(msgspec.Struct, frozen=True):
    """The grades of one package or of a repository, with everything they are made of."""

    overall: Grade
    security: Grade
    maintenance: Grade
    observability: Grade
    deductions: tuple[Deduction, ...]
    caps: tuple[Cap, ...]
    ceilings: tuple[Ceiling, ...]


class Ledger:
    """What each check costs one package: entered once, added up as often as somebody asks what a repair would bring."""

    def __init__(self, assessment: Assessment) -> None:
        self._accounts = tuple(_Account(assessment, axis) for axis in (Axis.SECURITY, Axis.MAINTENANCE))

    def axes(self) -> tuple["_AxisGrade", "_AxisGrade"]:
        """Security and Maintenance as they are."""
        security, maintenance = self._accounts
        return security.add_up(), maintenance.add_up()

    def may_reach(self, score: Decimal, satisfied: frozenset[str]) -> bool:
        """A quick no: whether these repairs give back enough, were each to give back all that its check costs."""
        return all(account.most(satisfied) >= score - _TENTH for account in self._accounts)

    def overall(self, satisfied: frozenset[str]) -> Grade:
        """The overall grade once these checks have nothing to find any more."""
        security, maintenance = self._accounts
        return _overall(security.add_up(satisfied).grade, maintenance.add_up(satisfied).grade)


def grade(assessment: Assessment) -> Scorecard:
    """Grade one package."""
    axes = Ledger(assessment).axes()
    observability, dimmed = _grade_observability(assessment)
    security, maintenance = (part.grade for part in axes)
    return Scorecard(
        _overall(security, maintenance),
        security,
        maintenance,
        observability,
        tuple(sorted((one for part in axes for one in part.deductions), key=lambda one: one.check)),
        tuple(cap for part in axes for cap in part.caps),
        (*(ceiling for part in axes for ceiling in part.ceilings), *dimmed),
    )


def grade_repository(evaluation: Evaluation) -> tuple[Scorecard, tuple[Scorecard, ...]]:
    """The repository's grades, each that of its worst package, and the scorecards of its packages in their order.

    The deductions and caps of an axis are those of the package that decides it. A package that could not be graded
    decides only where none could: it is listed as not assessed. A repository written mostly in languages that are not
    read is not graded by the rest of it, unless its tools are there.
    """
    cards = tuple(grade(assessment) for assessment in evaluation.packages)
    if not _legible(evaluation.repository):
        return grade(evaluation.repository), cards
    secure, kept, watched = (
        min(cards, key=lambda card: _rank(getattr(card, name))) for name in ("security", "maintenance", "observability")
    )
    chosen = ((Axis.SECURITY, secure), (Axis.MAINTENANCE, kept))
    watching = [one for one in watched.ceilings if one.grade == "observability"]
    return (
        Scorecard(
            _overall(secure.security, kept.maintenance),
            secure.security,
            kept.maintenance,
            watched.observability,
            tuple(sorted((d for a, c in chosen for d in c.deductions if d.axis is a), key=lambda one: one.check)),
            tuple(cap for axis, card in chosen for cap in card.caps if cap.axis is axis),
            (*(one for axis, card in chosen for one in card.ceilings if one.grade == axis.value), *watching),
        ),
        cards,
    )


def letter_of(score: Decimal) -> str:
    """The letter of a score that is already rounded to 0.1."""
    return next((letter for letter, bound in rubric().letters.items() if score >= bound), _FAIL)


def letters() -> tuple[str, ...]:
    """All letters, best first."""
    return (*rubric().letters, _FAIL)


def _legible(assessment: Assessment) -> bool:
    """Whether the auditor reads enough of it: the part that registers the tools, or a good share of its lines.

    Where part of it is in other languages, that share must be more than a front end: some question about a server must
    have been answered.
    """
    if assessment.serves or assessment.supported == 1:
        return True
    answered = any(
        verdict.check.group == CONTROLS and verdict.outcome in {Outcome.MET, Outcome.NOT_MET}
        for verdict in assessment.verdicts
    )
    return assessment.supported >= rubric().graded_from and answered


def _rank(graded: Grade) -> tuple[bool, Decimal]:
    return graded.score is None, graded.score if graded.score is not None else _ZERO


class _AxisGrade(msgspec.Struct, frozen=True):
    """``points`` are what the deductions leave, below 0 where they are more than there is."""

    grade: Grade
    points: Decimal
    deductions: tuple[Deduction, ...]
    caps: tuple[Cap, ...]
    ceilings: tuple[Ceiling, ...]


class _Entry(msgspec.Struct, frozen=True):
    """What one check adds to its axis: a deduction, and the HIGH findings that hold the score down."""

    deduction: Deduction
    highs: tuple[Finding, ...]


class _Account:
    """One axis of one package."""

    def __init__(self, assessment: Assessment, axis: Axis) -> None:
        verdicts = [verdict for verdict in assessment.verdicts if verdict.check.axis is axis]
        self._axis, self._stdio_only = axis, assessment.stdio_only
        self._entries = tuple(_Entry(_deduct(verdict), _highs(verdict)) for verdict in verdicts)
        self._standing = _stand(verdicts, assessment)
        self._costs = {one.deduction.check: one.deduction.points + one.deduction.elsewhere for one in self._entries}
        self._points = self.add_up().points

    def most(self, satisfied: frozenset[str]) -> Decimal:
        """The points that are left at most, before any ceiling; fewer where a cap swallowed part of a deduction.

        An axis without a score holds nothing down.
        """
        if not self._standing.enough:
            return _FULL
        return self._points + sum((self._costs.get(check, _ZERO) for check in satisfied), _ZERO)

    def add_up(self, satisfied: frozenset[str] = frozenset()) -> _AxisGrade:
        """The axis with the entries of the satisfied checks struck out."""
        entries = [one for one in self._entries if one.deduction.check not in satisfied]
        deductions = tuple(one.deduction for one in entries)
        caps = tuple(_caps(self._axis, deductions, stdio_only=self._stdio_only))
        ungrouped = sum((one.points for one in deductions if one.group != CONTROLS), _ZERO)
        ceilings = (
            *_high_ceilings(self._axis, [high for one in entries for high in one.highs]),
            *_unseen_ceilings(self._axis.value, self._standing.unseen),
        )
        points = _FULL - ungrouped - sum((cap.applied for cap in caps), _ZERO)
        return _AxisGrade(_graded(points, ceilings, self._standing), points, deductions, caps, ceilings)


def _deduct(verdict: Verdict) -> Deduction:
    """What a verdict costs; nothing unless it has findings that are graded, of a check that costs points."""
    charged = () if verdict.check.free else verdict.findings
    here = [finding for finding in charged if finding.surface.counts]
    other = [finding for finding in charged if not finding.surface.counts]
    elsewhere = _incidents(other) / rubric().elsewhere.divisor
    check = verdict.check
    return Deduction(check.id, check.axis, check.group, _round(_points(verdict, here)), _round(elsewhere))


def _points(verdict: Verdict, findings: Sequence[Finding]) -> Decimal:
    if verdict.outcome is not Outcome.NOT_MET:
        return _ZERO
    match verdict.check.kind:
        case Kind.INCIDENT:
            return _incidents(findings)
        case Kind.STATE:
            return _heaviest(findings) or _told(verdict)
        case Kind.RATIO:
            missed = verdict.opportunities - verdict.met
            return (_heaviest(findings) or _told(verdict)) * (
                Decimal(missed) / verdict.opportunities if verdict.opportunities else 1
            )


def _told(verdict: Verdict) -> Decimal:
    """The check's weight where another check's finding tells of its misses: said once, they still count."""
    told = any(one.surface.counts and one.told and not one.met for one in verdict.evidence)
    return Decimal(verdict.check.weight) if told else _ZERO


def _incidents(findings: Iterable[Finding]) -> Decimal:
    """The heaviest in full, a part of each further one, up to a multiple of the heaviest."""
    known = rubric().incident.weights
    weights = sorted((Decimal(known[finding.severity]) for finding in findings if finding.graded), reverse=True)
    if not weights:
        return _ZERO
    further = sum(weights[1:], _ZERO) / rubric().incident.divisor
    return min(weights[0] + further, weights[0] * rubric().incident.most)


def _heaviest(findings: Iterable[Finding]) -> Decimal:
    return max((_weight(finding) for finding in findings if finding.graded), default=_ZERO)


def _weight(finding: Finding) -> Decimal:
    return Decimal(rubric().weights[finding.severity])


def _caps(axis: Axis, deductions: Sequence[Deduction], *, stdio_only: bool) -> Iterable[Cap]:
    limits = rubric().controls
    groups = (
        (
            CONTROLS,
            limits.cap_stdio if stdio_only else limits.cap,
            [d.points for d in deductions if d.group == CONTROLS],
        ),
        (ELSEWHERE, rubric().elsewhere.cap, [d.elsewhere for d in deductions]),
    )
    for group, cap, points in groups:
        total = sum(points, _ZERO)
        if total:
            yield Cap(axis, group, total, cap, min(total, cap))


def _highs(verdict: Verdict) -> tuple[Finding, ...]:
    if verdict.check.free:
        return ()
    return tuple(one for one in verdict.findings if one.severity is Severity.HIGH and one.graded and one.surface.counts)


def _high_ceilings(axis: Axis, highs: Sequence[Finding]) -> Iterable[Ceiling]:
    # Ways from a source to a sink that meet pairwise all meet in one source, or all in one sink.
    if len({_source(one) for one in highs}) > 1 and len({one.location for one in highs}) > 1:
        reason = "two HIGH findings of different source and sink in production code"
        yield Ceiling(axis.value, rubric().ceilings.two_high, reason)
    elif highs:
        yield Ceiling(axis.value, rubric().ceilings.high, "a HIGH finding in production code")


def _source(finding: Finding) -> Location:
    return finding.trace[0].location if finding.trace else finding.location


def _unseen_ceilings(name: str, share: Decimal) -> Iterable[Ceiling]:
    steps = [step for step in rubric().unseen.steps if share >= step.since]
    if steps:
        best = letters()[letters().index(steps[-1].at_most) - 1]
        reason = f"{share:.1%} of what the checks would read was not seen"
        yield Ceiling(name, rubric().letters[best] - _TENTH, reason)


def _unseen(verdicts: Iterable[Verdict]) -> Decimal:
    """The mean over the checks, by weight: a check that failed saw nothing."""
    weighed = [(verdict.check.weight, verdict.unseen) for verdict in verdicts if verdict.check.weight]
    total = sum(weight for weight, _ in weighed)
    return sum((weight * share for weight, share in weighed), _ZERO) / (total or 1)


class _Standing(msgspec.Struct, frozen=True):
    """On how much a grade stands: weights of what was decided, and whether that is enough for a letter."""

    decided: int
    total: int
    unseen: Decimal
    enough: bool
    package: str


def _stand(verdicts: Sequence[Verdict], assessment: Assessment) -> _Standing:
    decided = sum(v.check.weight for v in verdicts if v.outcome in {Outcome.MET, Outcome.NOT_MET})
    total = decided + sum(v.check.weight for v in verdicts if v.outcome is Outcome.UNKNOWN)
    unseen, least = _unseen(verdicts), rubric().graded_from
    found = assessment.served or all(verdict.check.axis is Axis.MAINTENANCE for verdict in verdicts)
    enough = found and bool(decided) and decided >= least * total and 1 - unseen >= least and _legible(assessment)
    return _Standing(decided, total, unseen, enough, assessment.path or "")


def _graded(points: Decimal, ceilings: Iterable[Ceiling], standing: _Standing) -> Grade:
    """A score with its letter, or neither where too little was decided or seen."""
    if not standing.enough:
        return Grade(None, None, standing.decided, standing.total, provisional=True, package=standing.package)
    score = max(_ZERO, min([points, *(ceiling.at_most for ceiling in ceilings)])).quantize(_TENTH, ROUND_HALF_UP)
    provisional = any(step.provisional and standing.unseen >= step.since for step in rubric().unseen.steps)
    return Grade(letter_of(score), score, standing.decided, standing.total, provisional, standing.package)


def _grade_observability(assessment: Assessment) -> tuple[Grade, tuple[Ceiling, ...]]:
    """The weighted share that is met; 0 for a server that records nothing, whatever else it does well."""
    verdicts = [v for v in assessment.verdicts if v.check.id.startswith(rubric().observability.prefixes)]
    weighed = [(v.check.weight, _share(v)) for v in verdicts if v.outcome in {Outcome.MET, Outcome.NOT_MET}]
    total = sum(weight for weight, _ in weighed)
    met = sum((weight * share for weight, share in weighed), _ZERO)
    silent = [Ceiling("observability", _ZERO, "the server records nothing")] if assessment.silent else []
    standing = _stand(verdicts, assessment)
    ceilings = (*silent, *_unseen_ceilings("observability", standing.unseen))
    return _graded(_FULL * met / (total or 1), ceilings, standing), ceilings


def _share(verdict: Verdict) -> Decimal:
    """How far a decided verdict is met, from 0 to 1; what costs nothing is met."""
    here = [finding for finding in verdict.findings if finding.surface.counts and finding.graded]
    if verdict.outcome is Outcome.MET or not (here or _told(verdict)):
        return Decimal(1)
    match verdict.check.kind:
        case Kind.INCIDENT:
            return max(_ZERO, 1 - _incidents(here) / (rubric().incident.weights[verdict.check.severity] or 1))
        case Kind.STATE:
            return _ZERO
        case Kind.RATIO:
            return Decimal(verdict.met) / (verdict.opportunities or 1)


def _overall(security: Grade, maintenance: Grade) -> Grade:
    """The lower axis; not graded where Security is not."""
    graded = [one for one in (security, maintenance) if one.score is not None]
    decided, total = security.decided + maintenance.decided, security.total + maintenance.total
    if security.score is None:
        return Grade(None, None, decided, total, provisional=True, package=security.package)
    lower = min(graded, key=_rank)
    provisional = security.provisional or maintenance.provisional
    return Grade(lower.letter, lower.score, decided, total, provisional, lower.package)


def _round(points: Decimal) -> Decimal:
    return Decimal(points).quantize(_HUNDREDTH, ROUND_HALF_UP)
