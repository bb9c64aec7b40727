"""One audit, from an address to a finished report: the six steps in their order."""

import hashlib
from collections.abc import Callable, Iterator

import msgspec
from msgspec.structs import replace

from skillaudit import __version__, rulefiles
from skillaudit.acquire import acquire
from skillaudit.address import LocalDirectory, locate
from skillaudit.advisory import Dependencies, places
from skillaudit.baseline import BaselineEntry
from skillaudit.change import beside_baseline, compare, without_base
from skillaudit.check import load_checks
from skillaudit.clean import harmless
from skillaudit.collect import CollectOptions
from skillaudit.contents import Contents
from skillaudit.demands import Trust
from skillaudit.errors import SkillauditError
from skillaudit.evaluate import evaluate
from skillaudit.excerpt import Excerpts, places_of, take_excerpts
from skillaudit.facts import Facts
from skillaudit.gather import gather
from skillaudit.inventory import Readings, take_inventory
from skillaudit.lookup import LookupOptions, look_up
from skillaudit.model import Location, Subject
from skillaudit.report import Report, SetAsideFinding, Suppressions, ToolInfo, build_report
from skillaudit.resolve import resolve
from skillaudit.rubric import rubric
from skillaudit.settings import Problem, Settings, take_settings
from skillaudit.source import AcquireOptions, Source, Tree
from skillaudit.suppress import Suppressor, Wishes
from skillaudit.survey import survey


class Options(msgspec.Struct, frozen=True):
    """How to audit.

    Attributes:
        as_of: The ISO date that ages are counted to; it is part of the report.
        acquire: What getting the tree may do and cost.
        collect: How to parse it.
        trust: Whose words in the repository count; None for the owner's in a folder, nobody's elsewhere.
        baseline: Accepted findings that the caller brings; None for those in the repository.
        lookup: Whom to ask about known vulnerabilities; by default nobody.
    """

    as_of: str
    acquire: AcquireOptions = msgspec.field(default_factory=AcquireOptions)
    collect: CollectOptions = msgspec.field(default_factory=CollectOptions)
    trust: Trust | None = None
    baseline: tuple[BaselineEntry, ...] | None = None
    lookup: LookupOptions = msgspec.field(default_factory=LookupOptions)


class Reporter(msgspec.Struct, frozen=True):
    """Where an audit speaks while it runs.

    ``progress`` gets the name of each step as it begins, ``warn`` what the user should know about this machine, such as
    a cache that cannot be used.
    """

    progress: Callable[[str], None] = lambda _: None
    warn: Callable[[str], None] = lambda _: None


class _Seen(msgspec.Struct, frozen=True):
    """All that judging a state of a repository needs of it; ``key`` masks its secrets."""

    subject: Subject
    key: bytes
    facts: Facts
    excerpts: Excerpts
    settings: Settings


class _Audited(msgspec.Struct, frozen=True):
    """A report, and what an audit of another state of the same repository takes from it."""

    report: Report
    wishes: Wishes
    baseline: tuple[BaselineEntry, ...]


def audit(
    source: Source,
    options: Options,
    progress: Callable[[str], None] = lambda _: None,
    warn: Callable[[str], None] = lambda _: None,
    base: Source | None = None,
) -> Report:
    """Audit one repository. The tree is gone before anything is judged: a check cannot read a file.

    Args:
        source: what to audit.
        options: how.
        progress: see ``Reporter``.
        warn: see ``Reporter``.
        base: an earlier state to compare with. What the repository asks for is then read there, not in ``source``.

    Raises:
        SkillauditError: nothing could be audited; its text says why, its code is the exit code. A base that cannot be
            audited is no error: the report says so, and everything counts as new.
    """
    reporter = Reporter(progress, warn)
    options = replace(options, trust=_trust(source, options))
    if base is None:
        reporter.progress("acquire")
        with acquire(source, options.acquire) as tree:
            seen = _look(tree, options, reporter, Readings())
        audited = _judge(seen, options, reporter)
        accepted = audited.baseline
        return replace(audited.report, change=beside_baseline(accepted, audited.report)) if accepted else audited.report
    name = harmless(base.ref or base.address)
    seen, seen_base = _look_at_both(source, base, options, reporter)
    if isinstance(seen_base, SkillauditError):
        head = _judge(seen, replace(options, trust=Trust.NONE), reporter).report
        return replace(head, change=without_base(name, head, harmless(str(seen_base))))
    earlier = _judge(seen_base, options, reporter)
    head = _judge(seen, options, reporter, earlier).report
    return replace(head, change=compare(name, earlier.report, head, earlier.baseline))


def _look_at_both(
    source: Source, base: Source, options: Options, reporter: Reporter
) -> tuple[_Seen, _Seen | SkillauditError]:
    """The head and its base, or why there is none. What both trees hold is got and read once."""
    contents, readings = Contents(), Readings()
    reporter.progress("acquire")
    with acquire(source, options.acquire, contents) as tree:
        head = _look(tree, options, reporter, readings)
        reporter.progress("acquire the base")
        try:
            with acquire(base, options.acquire, contents) as tree_before:
                return head, _look(tree_before, options, reporter, readings, (tree, head.facts))
        except SkillauditError as error:
            return head, error


def _look(
    tree: Tree,
    options: Options,
    reporter: Reporter,
    readings: Readings,
    beside: tuple[Tree, Facts] | None = None,
) -> _Seen:
    """See what is in a tree; ``beside`` is another one with its facts, which hold here if nothing differs."""
    reporter.progress("inventory")
    if beside is not None and (tree.ids, tree.gaps) == (beside[0].ids, beside[0].gaps):
        inventory = beside[1].inventory
    else:
        inventory = take_inventory(tree.root, tree.gaps, tree.ids, readings)
    if beside is not None and beside[1].inventory == inventory:
        facts = beside[1]
    else:
        gathered = gather(tree.root, inventory, options.collect, reporter.progress)
        for warning in gathered.warnings:
            reporter.warn(warning)
        reporter.progress("look up advisories")
        listings = resolve(tree.root, inventory)
        answer = look_up(listings, options.lookup, options.as_of, reporter.warn)
        facts = replace(gathered.facts, dependencies=Dependencies(listings, answer))
    signs = survey(tree.root, inventory, tree.history, options.as_of, part=tree.part)
    facts = replace(facts, upkeep=signs)
    subject = Subject(tree.subject_source, tree.commit, options.as_of, tree.note)
    key = hashlib.sha256(f"{subject.source}\0{subject.commit}\0{subject.as_of}".encode()).digest()
    excerpts = take_excerpts(tree.root, _places(facts), key, [held.location for held in facts.hard_coded])
    return _Seen(subject, key, facts, excerpts, take_settings(tree.root, inventory))


def _judge(seen: _Seen, options: Options, reporter: Reporter, earlier: _Audited | None = None) -> _Audited:
    """Grade what was seen. Of a change the base is ``earlier``: what it asks for holds for the head."""
    reporter.progress("judge")
    settings = seen.settings
    trusted = options.trust is Trust.OWNER
    asked, known = (settings, ()) if earlier is None else (_merged(earlier, settings), earlier.wishes.known)
    suppressor = Suppressor(Wishes(asked, options.as_of, trusted, known), seen.excerpts)
    evaluation = evaluate(seen.facts, load_checks(), suppressor.apply)
    report = build_report(
        tool=ToolInfo(__version__, f"sha256:{rulefiles.digest()}", rubric().version),
        subject=seen.subject,
        facts=seen.facts,
        evaluation=evaluation,
        excerpts=seen.excerpts,
        key=seen.key,
        suppressions=_suppressions(suppressor, honoured=trusted),
    )
    return _Audited(
        report,
        replace(suppressor.wishes, known=tuple(suppressor.suppressed)),
        _accepted(settings, options, trusted=trusted),
    )


def _trust(source: Source, options: Options) -> Trust:
    if options.trust is not None:
        return options.trust
    return Trust.OWNER if isinstance(locate(source, options.acquire), LocalDirectory) else Trust.NONE


def _accepted(settings: Settings, options: Options, *, trusted: bool) -> tuple[BaselineEntry, ...]:
    if options.baseline is not None:
        return options.baseline
    return settings.baseline if trusted else ()


def _merged(earlier: _Audited, head: Settings) -> Settings:
    """What holds in the head of a change: the base's wishes for files, since a line is another line by now.

    What the head adds is honoured once it is merged, not before.
    """
    base = earlier.wishes.settings
    known = {(one.check, one.place.path, one.pattern, one.reason) for one in base.ignores}
    added = tuple(
        Problem(one.place, f"{one.check} is not ignored yet: a suppression counts once it is merged")
        for one in head.ignores
        if (one.check, one.place.path, one.pattern, one.reason) not in known
    )
    return Settings(tuple(one for one in base.ignores if not one.line), base.baseline, (*head.problems, *added))


def _suppressions(suppressor: Suppressor, *, honoured: bool) -> Suppressions:
    findings = (
        SetAsideFinding(one.check, one.finding, one.ignore.reason, one.ignore.until, one.ignore.place)
        for one in suppressor.suppressed
    )
    return Suppressions(
        honoured,
        tuple(sorted(findings, key=lambda one: (one.finding.location, one.check.id))),
        suppressor.problems(),
    )


def _places(facts: Facts) -> Iterator[Location]:
    """Where a finding can point: at a fact, at a record of a tool, at a link or rule, at a manifest."""
    for name in facts.__struct_fields__:
        held = getattr(facts, name)
        yield from (place for fact in (held if isinstance(held, tuple) else ()) for place in places_of(fact))
    for tool in facts.tools:
        yield from (record.location for record in tool.records)
        yield from (trace.location for trace in tool.trail)
    for chain in facts.chains:
        yield from (link.location for link in chain.links)
    yield from facts.alerting.configured
    for rule in facts.alerting.rules:
        yield from (one.location for one in rule.expression.wanted)
        yield from (one.location for one in rule.receivers)
    yield from facts.unregistered
    yield from places(facts.dependencies)
    yield from (sign.location for sign in facts.upkeep.signs)
    yield from (Location(package.manifest, 1) for package in facts.inventory.packages)
