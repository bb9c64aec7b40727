"""Everything that an output format shows, already masked and cleaned: formats only lay it out."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from skillaudit.check import Check, Finding
from skillaudit.clean import clean, mask, scrub
from skillaudit.evaluate import Evaluation, Verdict
from skillaudit.excerpt import Excerpt, Excerpts, key_of
from skillaudit.facts import Facts, LoggerConfig, LogSink, Tool
from skillaudit.fingerprint import fingerprints
from skillaudit.forward import Chain
from skillaudit.grade import Scorecard, grade_repository
from skillaudit.improve import Improvement, fewest_changes
from skillaudit.inventory import Inventory, SourceFile
from skillaudit.matrix import Matrix, build_matrix
from skillaudit.model import Gap, Language, Location, Subject, Surface
from skillaudit.settings import Problem
from skillaudit.standing import Asked, Standing, dependency_gaps, stand

_SERVED = frozenset({Surface.PRODUCTION, Surface.CLI})
_NO_EXCERPT = Excerpt((), "", 0)
_AT_RUN_TIME = "generated at run time"
"""The style of the tool that stands for all those which a server makes at run time."""


class ToolInfo(msgspec.Struct, frozen=True):
    """What made the report: version, digest of the rules, version of the rubric."""

    version: str
    rules: str
    rubric: int


class CheckResult(msgspec.Struct, frozen=True):
    """A check's verdict on the repository, and what it costs there: ``elsewhere`` is for other than production code."""

    verdict: Verdict
    deduction: Decimal
    elsewhere: Decimal

    @property
    def check(self) -> Check:
        """The check itself."""
        return self.verdict.check


class ReportedFinding(msgspec.Struct, frozen=True):
    """A finding with its identity: the fingerprint survives moved lines and unrelated edits.

    ``content`` is what of it survives a move to another file, see ``fingerprint.Fingerprint``.
    """

    check: Check
    finding: Finding
    fingerprint: str
    excerpt: Excerpt
    content: str = ""


class SetAsideFinding(msgspec.Struct, frozen=True):
    """A finding that the repository asks to be left out; ``reason``, ``until`` and ``place`` are of the wish."""

    check: Check
    finding: Finding
    reason: str
    until: str
    place: Location


class Suppressions(msgspec.Struct, frozen=True):
    """What the repository asked to be left out; without ``honoured`` it was counted and reported all the same."""

    honoured: bool = True
    findings: tuple[SetAsideFinding, ...] = ()
    problems: tuple[Problem, ...] = ()


_NO_SUPPRESSIONS = Suppressions()
_NOBODY = Asked()


class Status(StrEnum):
    """How a finding stands to what it is compared with."""

    NEW = "new"
    EXISTING = "existing"
    MOVED = "moved"


class Change(msgspec.Struct, frozen=True):
    """A report compared with an earlier state.

    Attributes:
        base: What it was compared with, in words: a commit, a folder, the baseline.
        statuses: One for each finding of the report, in its order.
        misses: Of each finding, the places that it counts and the base's did not, in words.
        fixed: The findings of the base that are gone.
        posture: Sentences on tools, records, sinks and grades.
        dropped: A letter is lower than in the base.
        new_gaps: What could be looked at in the base and cannot now.
        failed: Why there is no base to compare with, empty where there is one; then everything is new.
    """

    base: str
    statuses: tuple[Status, ...]
    misses: tuple[tuple[str, ...], ...]
    fixed: tuple[ReportedFinding, ...] = ()
    posture: tuple[str, ...] = ()
    dropped: bool = False
    new_gaps: tuple[Gap, ...] = ()
    failed: str = ""

    def count(self, status: Status) -> int:
        """How many findings have the status."""
        return sum(one is status for one in self.statuses)


class PackageResult(msgspec.Struct, frozen=True):
    """One package that ships and its grades; ``path`` is empty for the repository's root."""

    path: str
    name: str
    card: Scorecard


class Summary(msgspec.Struct, frozen=True):
    """What is in the repository. Tools, loggers and sinks are those of production code and commands."""

    languages: tuple[tuple[str, int], ...]
    transports: tuple[str, ...]
    tools: tuple[Tool, ...]
    loggers: tuple[LoggerConfig, ...]
    log_calls: int
    sinks: tuple[LogSink, ...]


class Report(msgspec.Struct, frozen=True):
    """One finished audit.

    Attributes:
        anchor: A file of the repository for what has no place of its own, empty in an empty tree.
        improvement: The fewest changes to a better letter, None where there is none to name.
        coverage: Which events of which tool somebody would notice.
        partial: Some code or check that belongs to this audit could not be looked at.
        suppressions: What was set aside, and what is wrong with the wishes.
        change: How it differs from a base or a baseline, where it is compared with one.
        forwarding: The ways of records, link by link.
        dependencies: How every manifest and lockfile stands.
        advisories: Who was asked about them.
    """

    tool: ToolInfo
    subject: Subject
    card: Scorecard
    checks: tuple[CheckResult, ...]
    findings: tuple[ReportedFinding, ...]
    gaps: tuple[Gap, ...]
    packages: tuple[PackageResult, ...]
    inventory: Summary
    anchor: str
    improvement: Improvement | None
    coverage: Matrix
    partial: bool
    suppressions: Suppressions = _NO_SUPPRESSIONS
    change: Change | None = None
    forwarding: tuple[Chain, ...] = ()
    dependencies: tuple[Standing, ...] = ()
    advisories: Asked = _NOBODY


def build_report(  # noqa: PLR0913 - every call names its arguments
    *,
    tool: ToolInfo,
    subject: Subject,
    facts: Facts,
    evaluation: Evaluation,
    excerpts: Excerpts,
    key: bytes,
    suppressions: Suppressions = _NO_SUPPRESSIONS,
) -> Report:
    """Grade an evaluation and put everything a reader needs beside it.

    Args:
        tool: what made it.
        subject: what was audited.
        facts: for the inventory and the gaps.
        evaluation: the verdicts.
        excerpts: source lines by place, taken while the tree existed.
        key: see ``clean.mask``; everything that comes from the repository passes through it here.
        suppressions: what was set aside before it was judged.
    """
    card, cards = grade_repository(evaluation)
    costs = {one.check: one for one in card.deductions}
    verdicts = evaluation.repository.verdicts
    shown = tuple(_scrubbed(verdict, key) for verdict in verdicts)
    zero = Decimal(0)
    return Report(
        tool=tool,
        subject=scrub(subject, key),
        card=scrub(card, key),
        checks=tuple(
            CheckResult(
                verdict,
                costs[verdict.check.id].points if verdict.check.id in costs else zero,
                costs[verdict.check.id].elsewhere if verdict.check.id in costs else zero,
            )
            for verdict in shown
        ),
        findings=_identified(verdicts, shown, excerpts),
        gaps=scrub(_gaps(facts), key),
        packages=tuple(
            PackageResult(scrub(one.path or "", key), scrub(one.name, key), scrub(graded, key))
            for one, graded in zip(evaluation.packages, cards, strict=True)
        ),
        inventory=scrub(_summary(facts), key),
        forwarding=scrub(facts.chains, key),
        anchor=scrub(_anchor(facts.inventory), key),
        improvement=fewest_changes(evaluation, card),
        coverage=scrub(build_matrix(facts, evaluation), key),
        partial=any(gap.lines for gap in _gaps(facts)) or any(verdict.failed for verdict in verdicts),
        suppressions=_scrubbed_suppressions(suppressions, key),
        dependencies=scrub(stand(facts), key),
        advisories=Asked(facts.dependencies.answer.source, facts.dependencies.answer.age_days),
    )


def _scrubbed(verdict: Verdict, key: bytes) -> Verdict:
    """The check is ours and keeps its words; all else mentions the repository."""
    return replace(
        verdict,
        evidence=scrub(verdict.evidence, key),
        findings=tuple(_scrubbed_finding(finding, key) for finding in verdict.findings),
        reason=scrub(verdict.reason, key),
        state=scrub(verdict.state, key),
    )


def _scrubbed_finding(finding: Finding, key: bytes) -> Finding:
    """A fix is code of several lines, everything else stands on one."""
    fix = "\n".join(clean(line) for line in mask(finding.fix, key).split("\n"))
    return replace(scrub(finding, key), fix=fix)


def _scrubbed_suppressions(suppressions: Suppressions, key: bytes) -> Suppressions:
    return Suppressions(
        suppressions.honoured,
        tuple(
            SetAsideFinding(
                one.check,
                _scrubbed_finding(one.finding, key),
                scrub(one.reason, key),
                scrub(one.until, key),
                scrub(one.place, key),
            )
            for one in suppressions.findings
        ),
        scrub(suppressions.problems, key),
    )


def _identified(
    verdicts: Iterable[Verdict], shown: Iterable[Verdict], excerpts: Excerpts
) -> tuple[ReportedFinding, ...]:
    """Every finding as it is ``shown``, with its fingerprint; production code first, then by severity and place."""
    found = []
    for verdict, clear in zip(verdicts, shown, strict=True):
        marks = fingerprints(verdict.check, verdict.findings, excerpts)
        for original, finding, mark in zip(verdict.findings, clear.findings, marks, strict=True):
            excerpt = excerpts.get(key_of(original.location), _NO_EXCERPT)
            found.append(ReportedFinding(verdict.check, finding, mark.own, excerpt, mark.content))
    return tuple(sorted(found, key=_order))


def _order(one: ReportedFinding) -> tuple[bool, int, str, int, int, str, str]:
    finding = one.finding
    place = finding.location
    aside = not finding.surface.counts
    return aside, finding.severity.rank, place.path, place.line, place.column, one.check.id, one.fingerprint


def _gaps(facts: Facts) -> tuple[Gap, ...]:
    """What was not looked at, once each: files, languages that are not read, and what this version does not do."""
    languages = facts.inventory.languages()
    unread = [one.label for one in Language if not one.supported and languages.get(one.label)]
    foreign = [
        Gap("language", "", f"{label}: {languages[label]} production lines are not analysed") for label in unread
    ]
    unnamed = [
        Gap("tools", tool.location.path, "tools are generated at run time: neither their names nor number are known")
        for tool in facts.tools
        if tool.style == _AT_RUN_TIME and tool.surface in _SERVED
    ]
    return tuple(
        dict.fromkeys(
            (
                *facts.inventory.gaps,
                *facts.gaps,
                *facts.upkeep.gaps,
                *unnamed,
                *_not_own(facts.inventory),
                *foreign,
                *dependency_gaps(facts),
            )
        )
    )


def _not_own(inventory: Inventory) -> Iterator[Gap]:
    """Code that was taken for a program's or somebody else's, and so not read: one note for each kind and package."""
    groups: defaultdict[tuple[str, Surface], list[SourceFile]] = defaultdict(list)
    for file in inventory.files:
        if file.language is not None and not file.surface.analysed:
            groups[file.package, file.surface].append(file)
    for (_, surface), files in sorted(groups.items()):
        path = posixpath.commonpath([file.path for file in files])
        lines = sum(file.lines for file in files)
        size = f"{len(files)} {'file' if len(files) == 1 else 'files'}" + (f", {lines} lines" if lines else "")
        yield Gap("not-own-code", path, f"{surface}: {size}, not analysed")


def title_of(subject: Subject, packages: Iterable[PackageResult] = ()) -> str:
    """What readers call what was audited: its address, or for the current folder the name of the package in it."""
    if subject.source.strip("./"):
        return subject.source
    return next((one.name for one in packages if not one.path and one.name), "the current folder")


def _summary(facts: Facts) -> Summary:
    return Summary(
        tuple(facts.inventory.languages().items()),
        tuple(sorted({one.kind for one in facts.transports if one.surface in _SERVED})),
        tuple(one for one in facts.tools if one.surface in _SERVED and one.style != _AT_RUN_TIME),
        tuple(one for one in facts.loggers if one.surface in _SERVED),
        sum(one.surface in _SERVED for one in facts.log_calls),
        tuple(one for one in facts.sinks if one.surface in _SERVED and one.kind != "console"),
    )


def _anchor(inventory: Inventory) -> str:
    shipping = [package.manifest for package in inventory.packages if package.ships]
    return next(iter(shipping or sorted(file.path for file in inventory.files)), "")
