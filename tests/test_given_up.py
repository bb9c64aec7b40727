"""A program that cannot be linked in time is unknown, not clean, and nothing of it is kept for the next audit."""

import threading
from pathlib import Path
from typing import Never

import pytest
from audits import AS_OF, write_tree

from skillaudit import link
from skillaudit.collect import CollectOptions
from skillaudit.evaluate import Outcome
from skillaudit.link import NOT_LINKED
from skillaudit.pipeline import Options, audit
from skillaudit.report import Report
from skillaudit.source import Source

TOOLS = 300
SERVER = (
    "import os\nfrom fastmcp import FastMCP\nmcp = FastMCP('a')\n"
    + "".join(f"@mcp.tool()\ndef run{n}(command: str) -> int:\n    return os.system(command)\n" for n in range(TOOLS))
    + "if __name__ == '__main__':\n    mcp.run()\n"
)
"""As much as no machine links before it is asked whether it has."""


def _audit(folder: Path, seconds: float) -> Report:
    return audit(Source(str(folder)), Options(AS_OF, collect=CollectOptions(jobs=1, link_seconds=seconds)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    write_tree(tmp_path / "tree", {"server.py": SERVER, "pyproject.toml": '[project]\nname = "a"\n'})
    return tmp_path / "tree"


def test_what_was_not_linked_is_a_gap_and_no_letter(folder: Path) -> None:
    report = _audit(folder, 0.0)
    assert [(gap.path, gap.reason) for gap in report.gaps if gap.kind == NOT_LINKED] == [
        ("server.py", "linking took longer than 0 s")
    ]
    assert report.card.security.letter is None
    assert {one.verdict.outcome for one in report.checks if one.check.id.startswith("SA60")} == {Outcome.UNKNOWN}
    assert not any(thread.name == "link" for thread in threading.enumerate())


def test_a_mistake_of_our_own_is_a_gap_and_a_line_to_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Never:
        raise IndexError("secret words of the tree")

    monkeypatch.setattr(link, "_link", fail)
    said: list[str] = []
    report = audit(Source(str(folder)), Options(AS_OF, collect=CollectOptions(jobs=1)), warn=said.append)
    assert [gap.reason for gap in report.gaps if gap.kind == NOT_LINKED] == ["internal error: IndexError"]
    assert report.card.security.letter is None
    assert report.card.maintenance.letter is not None
    (line,) = [one for one in said if "internal error" in one]
    assert "IndexError in link.py" in line
    assert "secret words" not in line
    assert "Please report" in line


def test_the_next_audit_links_again(folder: Path) -> None:
    _audit(folder, 0.0)
    report = _audit(folder, 600.0)
    assert [gap for gap in report.gaps if gap.kind == NOT_LINKED] == []
    assert len(report.inventory.tools) == TOOLS
