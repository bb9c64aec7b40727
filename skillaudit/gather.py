"""The facts of a tree: as they were last time where nothing has changed, else collected and linked."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_type_hints

import msgspec
from msgspec.structs import replace

from skillaudit.cache import Cache, collector_stamp, open_cache
from skillaudit.collect import CollectOptions
from skillaudit.facts import Facts
from skillaudit.inventory import Inventory
from skillaudit.relevance import is_prose, telling

_HINTS = get_type_hints(Facts)
_ANEW: Final = frozenset({"inventory", "dependencies", "upkeep"})
_FORWARDED: Final = ("chains", "deployments", "alerting", "gaps")
"""What following logs and alerts adds to what the code says; it alone reads prose, such as who answers an alert."""
_LINKED: Final = tuple(name for name in Facts.__struct_fields__ if name not in {*_ANEW, *_FORWARDED[:-1]})


def _kept(name: str, held: tuple[str, ...]) -> Any:
    return msgspec.defstruct(name, [(field, _HINTS[field]) for field in held], frozen=True, array_like=True)


_KEPT: Final = {kind: _kept(f"_{kind}", held) for kind, held in (("linked", _LINKED), ("forwarded", _FORWARDED))}
"""Facts as the cache keeps them; the inventory, dependencies' standing and signs of upkeep are taken anew."""

_PARTS: Final = (
    "gather.py", "afresh.py", "relevance.py", "link.py", "linking", "facts.py", "model.py", "inventory.py",
    "settingsfiles.py", "lapses.py", "secretshapes.py", "codeflows.py", "clean.py",
    "hosting.py", "environment.py", "configuration.py", "configurations", "forwarding",
    "forward.py", "chain.py", "alert.py", "alerting", "paging.py", "treefiles.py", "cisteps.py", "targets.py",
    "credentials.py",
)  # fmt: skip


class Gathered(msgspec.Struct, frozen=True):
    """The facts, and lines for the user that say nothing about the tree."""

    facts: Facts
    warnings: tuple[str, ...] = ()


def gather(
    root: Path, inventory: Inventory, options: CollectOptions, progress: Callable[[str], None] = lambda _: None
) -> Gathered:
    """What is known of the code of a tree.

    Facts are a function of the inventory, which holds every file's digest, the limits and our own code; so an unchanged
    tree is neither parsed nor linked again, and one of which only prose changed is not either.

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
    forwarded_by = _digest(inventory, options)
    warnings: tuple[str, ...] = ()
    try:
        facts, linked_by = _recall_linked(cache, root, inventory, options)
        complete = _recall(cache, "forwarded", forwarded_by, facts) if facts is not None else None
        if complete is None:
            from skillaudit.afresh import Afresh  # noqa: PLC0415 - an unchanged tree need not pay for loading it

            afresh, keep = Afresh(root, inventory), facts is not None
            if facts is None:
                facts = afresh.linked(options, progress)
                warnings, keep = afresh.warnings, afresh.repeatable
                _remember(cache, "linked", linked_by, facts, keep=keep)
            progress("follow the logs and alerts")
            complete = afresh.forwarded(facts)
            _remember(cache, "forwarded", forwarded_by, complete, keep=keep)
    finally:
        unwritten = cache.close()
    return Gathered(complete, tuple(dict.fromkeys(filter(None, (warning, *warnings, unwritten)))))


def _recall_linked(cache: Cache, root: Path, inventory: Inventory, options: CollectOptions) -> tuple[Facts | None, str]:
    """What the code said last time, None where it is not known, and the name that it is kept under.

    What a test or foreign file holds is part of the name only if linking can see it. That takes reading all of them, so
    the name is kept too, under all that it is made of.
    """
    listed_by = _digest(_without_prose(inventory), options)
    linked_by = cache.get("named", listed_by, str)
    if linked_by is None:
        linked_by = _digest(_without_prose(telling(root, inventory, options.limits)), options)
        cache.put("named", listed_by, msgspec.json.encode(linked_by))
    return _recall(cache, "linked", linked_by, Facts(inventory=inventory)), linked_by


def _without_prose(inventory: Inventory) -> Inventory:
    return replace(inventory, files=tuple(file for file in inventory.files if not is_prose(file)))


def _digest(inventory: Inventory, options: CollectOptions) -> str:
    return hashlib.sha256(repr((inventory, options.limits)).encode("utf-8", "surrogatepass")).hexdigest()


def _recall(cache: Cache, kind: str, digest: str, facts: Facts) -> Facts | None:
    """The facts with those of a kind as they were last time, None where they are not known."""
    held = cache.get(kind, digest, _KEPT[kind])
    return (
        None
        if held is None
        else replace(facts, **{name: getattr(held, name) for name in _KEPT[kind].__struct_fields__})
    )


def _remember(cache: Cache, kind: str, digest: str, facts: Facts, *, keep: bool) -> None:
    if keep:
        cache.put(kind, digest, msgspec.json.encode([getattr(facts, name) for name in _KEPT[kind].__struct_fields__]))
