"""From a tree's inventory to what is known of its code: modules in intermediate form, and the rules' marks.

Front ends and the rule engine are named, not imported: isolated workers load the former, and the latter is loaded only
when some file is not in the cache.
"""

import importlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TypeAlias, TypeVar

import msgspec

from skillaudit import ir
from skillaudit.cache import Cache, collector_stamp, open_cache
from skillaudit.inventory import Inventory, SourceFile
from skillaudit.model import Gap, Surface
from skillaudit.pool import FrontEnds, Job, Limits, Lowered, lower_files
from skillaudit.relevance import always_matters, is_candidate, may_matter

T = TypeVar("T", ir.Mark, Gap)

RULE_ENGINE = "skillaudit.collectors.semgrep"

RunRules: TypeAlias = Callable[..., tuple[tuple[ir.Mark, ...], tuple[Gap, ...]]]
"""``run_rules(files, *, jobs, timeout, cancelled)``, files as path, language, bytes: see the rule engine's module."""

_NOT_ANALYSED = "not-analysed"
_UNPARSED = "lines inside syntax errors"
_REPEATABLE = (
    *("rules: syntax error", "rules: larger than", "larger than", _UNPARSED),
    *("syntax error", "nested too deeply", "UTF-16 text", "positions unknown"),
)
"""How the reasons begin of gaps that the same bytes always give."""


class CollectOptions(msgspec.Struct, frozen=True):
    """How to collect: processes at a time, whether to use the disk cache, limits.

    ``parse_seconds``, ``rules_seconds`` and ``link_seconds`` are for all files together; what is not done by then is a
    gap.
    """

    jobs: int = msgspec.field(default_factory=lambda: os.cpu_count() or 1)
    use_cache: bool = True
    limits: Limits = msgspec.field(default_factory=Limits)
    parse_seconds: float = 600.0
    rules_seconds: float = 600.0
    link_seconds: float = 300.0
    front_ends: FrontEnds = msgspec.field(default_factory=FrontEnds)
    rule_engine: str = RULE_ENGINE


class Collected(msgspec.Struct, frozen=True):
    """What is known of the code.

    ``modules`` are sorted by path, ``marks`` by path and offset; every file that should have been read and was not, or
    not wholly, is a gap. ``warnings`` are lines for the user that say nothing about the tree.
    """

    modules: tuple[ir.Module, ...]
    marks: tuple[ir.Mark, ...]
    gaps: tuple[Gap, ...]
    warnings: tuple[str, ...] = ()


class _Analysis(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that one file's bytes say, as the cache keeps it; ``troubles`` are kind and reason of the rules' gaps."""

    module: ir.Module
    marks: tuple[ir.Mark, ...]
    troubles: tuple[tuple[str, str], ...]


def collect(root: Path, inventory: Inventory, options: CollectOptions) -> Collected:
    """Parse what matters and match the rules in it, taking from the cache what was done before.

    Args:
        root: the tree that the inventory lists.
        inventory: its files.
        options: how to go about it.

    Raises:
        WorkerError: the analysis cannot run on this machine at all.
    """
    cache, warning = open_cache(collector_stamp, use=options.use_cache)
    try:
        run = _Run(root, options, cache)
        for file in inventory.files:
            if file.digest and is_candidate(file):
                run.take(file)
        run.analyse()
    finally:
        unwritten = cache.close()
    return Collected(
        modules=tuple(sorted(run.modules, key=lambda module: module.path)),
        marks=tuple(sorted(run.marks, key=lambda mark: (mark.path, mark.start, mark.end, mark.rule))),
        gaps=tuple(sorted(run.gaps, key=lambda gap: (gap.path, gap.kind, gap.reason))),
        warnings=tuple(filter(None, (warning, unwritten))),
    )


def is_repeatable(gap: Gap) -> bool:
    """Whether the same bytes always give this gap; others (time, memory) may not come again."""
    return gap.reason.startswith(_REPEATABLE)


class _Run:
    """One collection under way: results so far, and the files that still have to be analysed."""

    def __init__(self, root: Path, options: CollectOptions, cache: Cache) -> None:
        self.root, self.options, self.cache = root, options, cache
        self.modules: list[ir.Module] = []
        self.marks: list[ir.Mark] = []
        self.gaps: list[Gap] = []
        self.pending: dict[str, tuple[SourceFile, Job]] = {}

    def take(self, file: SourceFile) -> None:
        """Take one candidate's results from the cache, or put it down for analysis, or leave it out.

        A file that always matters is not even read when the cache knows it.
        """
        label = _label(file)
        cap = self.options.limits.size_of(label)
        if file.size > cap:
            self._miss(file, f"larger than {cap >> 10} KiB")
            return
        if always_matters(file):
            known = self.cache.get(_kind(file), file.digest, _Analysis)
            source = self._read(file) if known is None else None
        else:
            source = self._read(file)
            if source is None or not may_matter(label, source):
                return
            known = self.cache.get(_kind(file), file.digest, _Analysis)
        if known is not None:
            self._add_known(file, known)
        elif source is not None:
            self.pending[file.path] = (file, Job(file.path, label, source))

    def analyse(self) -> None:
        """Lower the pending files and run the rules on them, side by side."""
        if not self.pending:
            return
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - an unchanged tree needs no threads

        jobs = [job for _, job in self.pending.values()]
        cancelled = threading.Event()
        with ThreadPoolExecutor(1, "rules") as executor:
            try:
                rules = executor.submit(self._run_rules, jobs, cancelled)
                options = self.options
                lowered = lower_files(jobs, options.jobs, options.limits, options.front_ends, options.parse_seconds)
                marks, gaps = rules.result()
            finally:
                cancelled.set()  # before the executor waits for its thread
        self.marks += marks
        self.gaps += gaps
        found, troubles = _by_path(marks), _by_path(gaps)
        for result in lowered:
            file, _ = self.pending[result.path]
            if result.module is None:
                self._miss(file, result.reason)
            else:
                self._add_module(file, result.module)
                self._keep(file, result, found.get(file.path, ()), troubles.get(file.path, ()))

    def _run_rules(
        self, jobs: Iterable[Job], cancelled: threading.Event
    ) -> tuple[tuple[ir.Mark, ...], tuple[Gap, ...]]:
        run_rules: RunRules = importlib.import_module(self.options.rule_engine).run_rules
        files = [(job.path, job.language, job.source) for job in jobs]
        return run_rules(files, jobs=self.options.jobs, timeout=self.options.rules_seconds, cancelled=cancelled)

    def _keep(self, file: SourceFile, result: Lowered, marks: Iterable[ir.Mark], gaps: Iterable[Gap]) -> None:
        """Put a file's results into the cache, unless another run might see more."""
        gaps = tuple(gaps)
        if all(is_repeatable(gap) for gap in gaps):
            entry = (msgspec.Raw(result.raw), tuple(marks), [(gap.kind, gap.reason) for gap in gaps])
            self.cache.put(_kind(file), file.digest, msgspec.json.encode(entry))

    def _add_known(self, file: SourceFile, known: _Analysis) -> None:
        self._add_module(file, msgspec.structs.replace(known.module, path=file.path))
        self.marks += (msgspec.structs.replace(mark, path=file.path) for mark in known.marks)
        self.gaps += (Gap(kind, file.path, reason) for kind, reason in known.troubles)

    def _add_module(self, file: SourceFile, module: ir.Module) -> None:
        self.modules.append(module)
        if module.unparsed:
            self._miss(file, f"{_UNPARSED}: {module.unparsed}", min(module.unparsed, file.lines))

    def _read(self, file: SourceFile) -> bytes | None:
        try:
            return (self.root / file.path).read_bytes()
        except OSError as error:
            self._miss(file, f"cannot be read: {error.strerror}")
            return None

    def _miss(self, file: SourceFile, reason: str, lines: int | None = None) -> None:
        """Note that a file, or ``lines`` of it, was not analysed."""
        unseen = file.lines if lines is None else lines
        self.gaps.append(Gap(_NOT_ANALYSED, file.path, reason, unseen if file.surface is Surface.PRODUCTION else 0))


def _label(file: SourceFile) -> str:
    return file.language.label if file.language is not None else ""


def _kind(file: SourceFile) -> str:
    """The suffix belongs to the key: it chooses between a language's grammars."""
    return f"{_label(file)}{PurePosixPath(file.path).suffix.lower()}"


def _by_path(things: Iterable[T]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = {}
    for thing in things:
        grouped.setdefault(thing.path, []).append(thing)
    return grouped
