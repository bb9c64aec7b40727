"""Look through a tree for signs of maintenance; each module of ``upkeeps/`` knows one kind of them."""

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Final

from skillaudit.history import History
from skillaudit.inventory import Inventory
from skillaudit.model import Gap
from skillaudit.treefiles import Files
from skillaudit.upkeep import Sign, Upkeep

_READERS = "skillaudit.upkeeps"
_GAP: Final = "upkeep"


def survey(root: Path, inventory: Inventory, history: History, as_of: str, *, part: bool) -> Upkeep:
    """Every sign of maintenance in a tree.

    Args:
        root: the tree that the inventory lists.
        inventory: its files and packages.
        history: what git remembers of it.
        as_of: ISO date that ages are counted to.
        part: it is one folder of a larger repository.
    """
    files = Files(root, inventory)
    signs: list[Sign] = []
    for name in _readers():
        signs += import_module(f"{_READERS}.{name}").read(files)
    gaps = [Gap(_GAP, gap.path, gap.reason) for gap in files.gaps]
    if history.trouble:
        gaps.append(Gap("history", ".git", history.trouble))
    elif history.shallow:
        gaps.append(Gap("history", ".git", "the repository is shallow: older commits and tags are not there"))
    return Upkeep(
        as_of,
        history,
        part,
        tuple(sorted(dict.fromkeys(signs), key=lambda one: (one.location, repr(one)))),
        tuple(dict.fromkeys(gaps)),
    )


def _readers() -> list[str]:
    package = import_module(_READERS)
    return sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
