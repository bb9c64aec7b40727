"""Whole set-ups of alerting, one a tool: each is complete, and each break is what is reported.

``paging/<name>/`` is a repository; ``breaks.toml`` changes one place of it and names what must be said, and where.
"""

import tempfile
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from audits import write_tree
from linked import facts_of
from msgspec.structs import replace

from skillaudit.chain import with_chains
from skillaudit.check import Finding, load_checks
from skillaudit.configuration import documents
from skillaudit.facts import Facts
from skillaudit.inventory import take_inventory
from skillaudit.paging import with_alerting

STACKS = Path(__file__).parent / "paging"
NAMES = sorted(folder.name for folder in STACKS.iterdir() if folder.is_dir())
CHECKS = [check for check in load_checks() if check.id.startswith("SA50")]


@dataclass(frozen=True)
class Break:
    """One change, and all findings that must follow: a burst whose alert pages no one is two."""

    stack: str
    path: str
    old: str
    new: str
    says: list[str]


BREAKS = [Break(**one) for one in tomllib.loads((STACKS / "breaks.toml").read_text(encoding="utf-8"))["break"]]


@cache
def _code(source: str, manifest: str) -> Facts:
    return facts_of({"server.py": source, "pyproject.toml": manifest})


def _findings(files: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_tree(root, files)
        inventory = take_inventory(root)
        held = documents(root, inventory)
        code = replace(_code(files["server.py"], files["pyproject.toml"]), inventory=inventory)
        facts = with_alerting(with_chains(code, held), held, root)
    assert [gap.reason for gap in facts.gaps] == []
    seen = ((check, found) for check in CHECKS for found in check.run(facts))
    return [f"{check.id} {one.severity} {one.location}" for check, one in seen if isinstance(one, Finding)]


def _files(stack: str) -> dict[str, str]:
    root = STACKS / stack
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.parametrize("stack", NAMES)
def test_a_whole_set_up_has_nothing_missing(stack: str) -> None:
    assert _findings(_files(stack)) == []


@pytest.mark.parametrize("change", BREAKS, ids=lambda one: f"{one.stack}-{one.says[0].split(' ')[0]}-{one.new[:20]}")
def test_the_break_is_what_is_reported(change: Break) -> None:
    files = _files(change.stack)
    assert change.old in files[change.path]
    files[change.path] = files[change.path].replace(change.old, change.new, 1)
    assert _findings(files) == change.says


def test_every_check_is_broken_in_every_way_that_the_tool_allows() -> None:
    told = {(change.stack, one.split()[0]) for change in BREAKS for one in change.says}
    assert {check for _, check in told} == {check.id for check in CHECKS}
    assert all({(stack, "SA502"), (stack, "SA503"), (stack, "SA505")} <= told for stack in NAMES)
