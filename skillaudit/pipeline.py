"""One audit, from an address to a finished report: the six steps in their order."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from skillaudit import __version__
from skillaudit.acquire import acquire
from skillaudit.check import load_checks
from skillaudit.collect import CollectOptions
from skillaudit.collectors.semgrep import RULES_DIGEST
from skillaudit.evaluate import evaluate
from skillaudit.excerpt import take_excerpts
from skillaudit.facts import Facts
from skillaudit.gather import gather
from skillaudit.inventory import take_inventory
from skillaudit.model import Location, Subject
from skillaudit.report import Report, ToolInfo, build_report
from skillaudit.rubric import rubric
from skillaudit.source import AcquireOptions, Source


@dataclass(frozen=True, slots=True)
class Options:
    """How to audit.

    Attributes:
        as_of: The ISO date that ages are counted to; it is part of the report.
        acquire: What getting the tree may do and cost.
        collect: How to parse it.
    """

    as_of: str
    acquire: AcquireOptions = field(default_factory=AcquireOptions)
    collect: CollectOptions = field(default_factory=CollectOptions)


def audit(
    source: Source,
    options: Options,
    progress: Callable[[str], None] = lambda _: None,
    warn: Callable[[str], None] = lambda _: None,
) -> Report:
    """Audit one repository. The tree is gone before anything is judged: a check cannot read a file.

    Args:
        source: what to audit.
        options: how.
        progress: called with the name of each step as it begins.
        warn: called with what the user should know about this machine, such as a cache that cannot be used.

    Raises:
        SkillauditError: nothing could be audited; its text says why, its code is the exit code.
    """
    progress("acquire")
    with acquire(source, options.acquire) as tree:
        progress("inventory")
        inventory = take_inventory(tree.root, tree.gaps)
        gathered = gather(tree.root, inventory, options.collect, progress)
        for warning in gathered.warnings:
            warn(warning)
        facts = gathered.facts
        subject = Subject(tree.subject_source, tree.commit, options.as_of, tree.note)
        key = hashlib.sha256(f"{subject.source}\0{subject.commit}\0{subject.as_of}".encode()).digest()
        excerpts = take_excerpts(tree.root, _places(facts), key)
    progress("judge")
    evaluation = evaluate(facts, load_checks())
    tool = ToolInfo(__version__, f"sha256:{RULES_DIGEST}", rubric().version)
    return build_report(tool=tool, subject=subject, facts=facts, evaluation=evaluation, excerpts=excerpts, key=key)


def _places(facts: Facts) -> Iterator[Location]:
    """Where a finding can point: at a fact, at a handler or a record of a tool, at a manifest."""
    for found in (
        facts.tools, facts.log_calls, facts.loggers, facts.sinks, facts.transports, facts.auth, facts.stdout_writes,
    ):  # fmt: skip
        yield from (fact.location for fact in found)
    for tool in facts.tools:
        yield tool.handler
        yield from (record.location for record in tool.records)
    yield from facts.unregistered
    yield from (Location(package.manifest, 1) for package in facts.inventory.packages)
