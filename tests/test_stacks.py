"""Whole stacks, one a destination: each is proven from the code to its end, and each broken link is the one reported.

``stacks/<name>/`` is a repository; ``breaks.toml`` changes one place of it and names the check that must speak, and
where.
"""

import tempfile
import tomllib
from collections.abc import Iterable
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
from skillaudit.forward import Stage, Standing
from skillaudit.inventory import take_inventory

STACKS = Path(__file__).parent / "stacks"
NAMES = sorted(folder.name for folder in STACKS.iterdir() if folder.is_dir())
CHECKS = [check for check in load_checks() if check.id.startswith("SA40")]
MANIFEST = '[project]\nname = "server"\nversion = "1.0.0"\ndependencies = ["mcp"]\n'


@dataclass(frozen=True)
class Break:
    """One change, and what must be said of it: the check, its severity and place; empty for nothing."""

    stack: str
    path: str
    old: str
    new: str
    says: str

    @property
    def name(self) -> str:
        return f"{self.stack}-{self.says.split(' ')[0]}-{' '.join(self.new.split())[:30] or 'nothing'}"


BREAKS = [Break(**one) for one in tomllib.loads((STACKS / "breaks.toml").read_text(encoding="utf-8"))["break"]]


@cache
def _code(source: str) -> Facts:
    """What the code of a stack is, which no break of its configuration changes."""
    return facts_of({"server.py": source, "pyproject.toml": MANIFEST})


def _facts(root: Path) -> Facts:
    inventory = take_inventory(root)
    code = replace(_code((root / "server.py").read_text(encoding="utf-8")), inventory=inventory)
    return with_chains(code, documents(root, inventory))


def _findings(facts: Facts) -> list[str]:
    """Check, severity and place of every finding of SA401 to SA407."""
    seen = (one for check in CHECKS for one in ((check.id, found) for found in check.run(facts)))
    return [f"{check} {one.severity} {one.location}" for check, one in seen if isinstance(one, Finding)]


def _files(stack: str) -> dict[str, str]:
    root = STACKS / stack
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _written(files: dict[str, str]) -> Facts:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), files)
        return _facts(Path(folder))


def _stages(facts: Facts) -> Iterable[Stage]:
    return [link.stage for link in facts.chains[0].links]


@pytest.mark.parametrize("stack", NAMES)
def test_a_whole_stack_is_proven_to_its_end(stack: str) -> None:
    facts = _facts(STACKS / stack)
    assert [gap.reason for gap in facts.gaps] == []
    assert len(facts.chains) == 1
    chain = facts.chains[0]
    assert chain.arrives
    assert [link for link in chain.links if link.standing is Standing.BROKEN] == []
    assert {Stage.SOURCE, Stage.DESTINATION, Stage.TRANSPORT, Stage.IMMUTABILITY} <= set(_stages(facts))
    assert _findings(facts) == []


@pytest.mark.parametrize("change", BREAKS, ids=lambda change: change.name)
def test_the_broken_link_is_the_one_reported(change: Break) -> None:
    files = _files(change.stack)
    assert change.old in files[change.path]
    files[change.path] = files[change.path].replace(change.old, change.new, 1)
    facts = _written(files)
    assert [gap.reason for gap in facts.gaps] == []
    assert _findings(facts) == ([change.says] if change.says else [])


def test_a_file_that_nothing_reads_stays_on_the_host() -> None:
    files = _files("files")
    del files["fluentd/fluent.conf"]
    assert _findings(_written(files)) == ["SA402 MEDIUM server.py:7"]


def test_every_check_is_broken_somewhere() -> None:
    told = {change.says.split()[0] for change in BREAKS if change.says} | {"SA402"}
    assert told == {check.id for check in CHECKS}
