"""The facts of a tree that is not as it was: collected, linked, and followed to where its records go."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from skillaudit.chain import with_chains
from skillaudit.collect import CollectOptions, collect, is_repeatable
from skillaudit.configuration import Documents, documents
from skillaudit.errors import SkillauditError, told_internally
from skillaudit.facts import Facts
from skillaudit.inventory import Inventory
from skillaudit.paging import with_alerting
from skillaudit.relevance import telling
from skillaudit.settingsfiles import read_settings
from skillaudit.treefiles import Files


@dataclass(slots=True)
class Afresh:
    """One tree, read once; ``warnings`` are for the user, ``repeatable``: another run would see the same."""

    root: Path
    inventory: Inventory
    warnings: tuple[str, ...] = ()
    repeatable: bool = True
    _held: Documents = field(init=False)

    def __post_init__(self) -> None:
        """Read the configuration."""
        self._held = documents(self.root, self.inventory)

    def linked(self, options: CollectOptions, progress: Callable[[str], None]) -> Facts:
        """What the code says; a mistake of our own while linking it is a gap, and a line for the user to report.

        Raises:
            WorkerError: the analysis cannot run on this machine at all.
        """
        collected = collect(self.root, self.inventory, options)
        self.warnings = collected.warnings
        self.repeatable = all(is_repeatable(gap) for gap in collected.gaps)
        progress("link")
        from skillaudit.link import NOT_LINKED, Pace, link, unlinked  # noqa: PLC0415 - what only prose was changed in need not pay for loading it

        told = telling(self.root, self.inventory, options.limits)
        settings, held = read_settings(self.root, told), documents(self.root, told)
        try:
            facts = link(collected, told, settings, held, Pace(options.jobs, options.link_seconds))
        except Exception as error:
            if isinstance(error, SkillauditError) or os.environ.get("SKILLAUDIT_TRACEBACK"):
                raise
            facts = unlinked(collected, told, f"internal error: {type(error).__name__}")
            self.warnings = (*self.warnings, told_internally(error))
        self.repeatable &= all(gap.kind != NOT_LINKED for gap in facts.gaps)
        return replace(facts, inventory=self.inventory)

    def forwarded(self, facts: Facts) -> Facts:
        """The same facts, with what became of logs and alerts."""
        return with_alerting(with_chains(facts, self._held, Files(self.root, self.inventory)), self._held, self.root)
