"""The page about real servers says what the reports say."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import git
import pytest

from bench import real_servers
from bench.real_servers_page import MARKER, Audited, page


def _grade(letter: str | None, score: float | None, *, provisional: bool = False) -> dict[str, Any]:
    return {"letter": letter, "score": score, "provisional": provisional}


def _finding(check: str, severity: str, confidence: str = "high") -> dict[str, str]:
    return {"check": check, "severity": severity, "confidence": confidence}


REPORT: dict[str, Any] = {
    "subject": {"commit": "0123456789abcdef"},
    "grades": {
        "overall": _grade("C", 70.5),
        "security": _grade("C", 70.5, provisional=True),
        "observability": _grade("F", 0.0),
        "maintenance": _grade(None, None),
    },
    "findings": [
        _finding("SA302", "HIGH"),
        _finding("SA303", "LOW"),
        _finding("SA303", "LOW"),
        _finding("SA303", "INFO"),
        _finding("SA302", "HIGH", "low"),
    ],
    "gaps": [
        {"kind": "not-analysed", "path": "a.py", "lines": 12},
        {"kind": "not-analysed", "path": "a.py", "lines": 1000},
        {"kind": "not-assessed", "path": "", "lines": 0},
    ],
    "inventory": {"languages": {"go": 5, "python": 1200}},
}

AUDITED = Audited("owner/name", 1.26, REPORT, "")


def _row(text: str, heading: str) -> str:
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return next(line for line in section.splitlines() if line.startswith("| owner/name"))


def test_every_table_counts_right() -> None:
    text = page([AUDITED], "")
    grades = "C 70.5 | C 70.5* | F 0 | not graded |"
    assert _row(text, "Grades") == f"| owner/name | 0123456789 | 1,205 | python | 1.3 | {grades}"
    assert _row(text, "Findings") == "| owner/name | 1 | 0 | 2 | SA302 1, SA303 2 | 2 |"
    assert _row(text, "Gaps") == "| owner/name | 1,012 | 1 | not-analysed 2, not-assessed 1 |"
    assert "| maintenance | 0 | 0 | 0 | 0 | 0 | 1 |" in text
    assert "## Not audited" not in text


def test_a_failed_audit_is_listed_with_its_reason_and_not_counted() -> None:
    text = page([AUDITED, Audited("other/one", 3.0, None, "no | such <ref>")], "")
    assert "| other/one | 3.0 | no \\| such &lt;ref> |" in text
    assert text.startswith("# Real servers\n\n1 public")


def test_what_was_written_by_hand_stays() -> None:
    first = page([AUDITED], "")
    written = first + "\n## Read in the source\n\nAll true.\n"
    again = page([AUDITED], written)
    assert again == first.rstrip() + "\n\n## Read in the source\n\nAll true.\n"
    assert again.count(MARKER) == 1


def test_an_audit_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_servers, "_GRACE", 0.3)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    started = time.monotonic()
    code, why = real_servers._run([sys.executable, "-c", deaf], subprocess.DEVNULL, 0.5, {})
    assert (code, why) == (-1, "stopped after 0.5 s")
    assert time.monotonic() - started < 20


def test_the_reason_of_a_failure_is_its_last_line() -> None:
    code = "import sys; sys.exit('first\\nskillaudit: the repository is empty')"
    assert real_servers._run([sys.executable, "-c", code], subprocess.DEVNULL, 60, {}) == (
        1,
        "skillaudit: the repository is empty",
    )


def test_a_checkout_is_dated_by_its_newest_commit(tmp_path: Path) -> None:
    assert real_servers.last_commit_date(tmp_path) == ""
    git.Repo.init(tmp_path).index.commit("a", commit_date="2024-02-29T12:00:00+0000")
    assert real_servers.last_commit_date(tmp_path) == "2024-02-29"


def test_only_checkouts_named_after_a_repository_are_audited(tmp_path: Path) -> None:
    for name in ("b__x", "a__y", "notes"):
        (tmp_path / name).mkdir()
    (tmp_path / "c__z.json").touch()
    assert [path.name for path in real_servers.checkouts_in(tmp_path)] == ["a__y", "b__x"]
