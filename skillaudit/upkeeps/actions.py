"""What workflows take from elsewhere, and what privileged ones fetch."""

import re
from collections.abc import Iterator

from skillaudit.cisteps import Said, said
from skillaudit.treefiles import Files
from skillaudit.upkeep import ActionUse, HeadCheckout, Sign

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64}")
_PRIVILEGED = "pull_request_target"
"""It runs with the repository's secrets, whoever opened the pull request."""
_HEAD = re.compile(
    r"github\.event\.pull_request\.head\.(?:sha|ref|repo)|github\.head_ref|refs/pull/"
    r"|github\.event\.(?:issue|pull_request)\.number.*/(?:head|merge)"
)
_COMMAND = re.compile(
    r"gh +pr +checkout|git +fetch +\S+ +\S*(?:pull/|refs/pull)|git +(?:checkout|switch) +.*(?:head_ref"
    r"|pull_request\.head)"
)
_CHECKOUT = re.compile(r"(?:^|/)checkout$")


def read(files: Files) -> Iterator[Sign]:
    """Every action of another repository, and every checkout of a pull request's head in a privileged workflow."""
    for one in said(files):
        if one.system != "GitHub Actions":
            continue
        if one.action and (used := _use(one)) is not None:
            yield used
        if _PRIVILEGED in one.triggers and (what := _fetched(one)):
            yield HeadCheckout(one.location, what, one.guard)


def _use(one: Said) -> ActionUse | None:
    name, _, ref = one.text.partition("@")
    if name.startswith((".", "$")) or not name:
        return None
    return ActionUse(one.location, name, ref, _SHA.fullmatch(ref) is not None)


def _fetched(one: Said) -> str:
    """How the head of the pull request gets in; empty where it does not."""
    if not one.action:
        found = _COMMAND.search(one.text)
        return found[0] if found else ""
    if not _CHECKOUT.search(one.text.partition("@")[0]):
        return ""
    heads = (f"{name}: {held}" for name, held in one.inputs if name in {"ref", "repository"} and _HEAD.search(held))
    return next(heads, "")
