"""The facts of a tree: as they were last time where nothing has changed, else collected and linked."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, get_type_hints

import msgspec

from skillaudit.cache import Cache, collector_stamp, open_cache
from skillaudit.collect import Collected, CollectOptions, collect, is_repeatable
from skillaudit.configuration import Documents, documents
from skillaudit.facts import Facts
from skillaudit.inventory import Inventory
from skillaudit.settingsfiles import SettingsFiles, read_settings
from skillaudit.treefiles import Files

_HINTS = get_type_hints(Facts)
_ANEW: Final = frozenset({"inventory", "dependencies", "upkeep"})
_HELD: Final = tuple(field.name for field in fields(Facts) if field.name not in _ANEW)
_Held: Final[Any] = msgspec.defstruct("_Held", [(name, _HINTS[name]) for name in _HELD], frozen=True, array_like=True)
"""All facts as the cache keeps them; the inventory, dependencies' standing and signs of upkeep are taken anew."""

_KIND: Final = "facts"
_PARTS: Final = (
    "gather.py", "relevance.py", "link.py", "linking", "facts.py", "model.py", "inventory.py",
    "settingsfiles.py", "lapses.py", "secretshapes.py", "codeflows.py", "linking/codeapis.toml", "clean.py",
    "hosting.py", "environment.py", "configuration.py", "configurations", "forwarding", "forwarding/delivery.toml",
    "forward.py", "chain.py", "alert.py", "alerting", "paging.py", "treefiles.py", "cisteps.py", "targets.py",
    "credentials.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts, and lines for the user that say nothing about the tree."""

    facts: Facts
    warnings: tuple[str, ...] = ()


def gather(
    root: Path, inventory: Inventory, options: CollectOptions, progress: Callable[[str], None] = lambda _: None
) -> Gathered:
    """What is known of the code of a tree.

    Facts are a function of the inventory, which holds every file's digest, the limits and our own code; so an unchanged
    tree is neither parsed nor linked again.

    Args:
        root: the tree that the inventory lists.
        inventory: its files.
        options: how to collect.
        progress: called with the name of each step as it begins.

    Raises:
        WorkerError: the analysis cannot run on this machine at all.
    """
    progress("collect facts")
    cache, warning = open_cache(lambda: collector_stamp(_PARTS), use=options.use_cache)
    digest = hashlib.sha256(repr((inventory, options.limits)).encode("utf-8", "surrogatepass")).hexdigest()
    warnings: tuple[str, ...] = ()
    try:
        facts = _recall(cache, digest, inventory)
        if facts is None:
            collected = collect(root, inventory, options)
            progress("link")
            held = documents(root, inventory)
            facts = _link(collected, inventory, read_settings(root, inventory), held)
            progress("follow the logs and alerts")
            facts = _forward(facts, held, root)
            warnings = collected.warnings
            if all(is_repeatable(gap) for gap in collected.gaps):
                cache.put(_KIND, digest, msgspec.json.encode([getattr(facts, name) for name in _HELD]))
    finally:
        unwritten = cache.close()
    return Gathered(facts, tuple(dict.fromkeys(filter(None, (warning, *warnings, unwritten)))))


def _recall(cache: Cache, digest: str, inventory: Inventory) -> Facts | None:
    held = cache.get(_KIND, digest, _Held)
    return None if held is None else Facts(inventory=inventory, **{name: getattr(held, name) for name in _HELD})


def _link(collected: Collected, inventory: Inventory, settings: SettingsFiles, held: Documents) -> Facts:
    from skillaudit.link import link  # noqa: PLC0415 - an unchanged tree need not pay for loading it

    return link(collected, inventory, settings, held)


def _forward(facts: Facts, held: Documents, root: Path) -> Facts:
    from skillaudit.chain import with_chains  # noqa: PLC0415 - as above
    from skillaudit.paging import with_alerting  # noqa: PLC0415

    return with_alerting(with_chains(facts, held, Files(root, facts.inventory)), held, root)
