"""Miniature servers, one folder a question: a check finds exactly the marked lines, and nothing where none is marked.

``examples/<check>/bad*`` marks a line by ``expect: SA302`` in a comment at its end, with a severity where that is the
question, and is asked for every check that it marks; findings on manifests stand in a file ``EXPECT``, one
``path:line`` each; ``HISTORY`` holds the commits of a repository (``histories.py``). ``examples/<check>/good*`` marks
nothing, and the check's answer must be *met*, or the outcome that ``EXPECT`` names. ``examples/_pending`` holds in the
same layout what the implementation gets wrong today, each with its reason in a file ``PENDING``.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from audits import EXAMPLES, audit_example, audit_known, survey_folder, verdict_of

from skillaudit.check import load_checks
from skillaudit.report import Report

CHECKS = {check.id for check in load_checks()} - {"SA001", "SA703"}
SURVEYED = {f"SA{number}" for number in range(804, 816)} - {"SA808"}
"""They read no code, so that their examples need not be parsed."""
LOOKED_UP = {"SA701", "SA702"}
"""Their examples are audited with the made-up advisories of ``tests/advisories`` at hand."""
MARK = re.compile(r"(?:#|//) expect: (?P<check>SA\d{3})(?: (?P<severity>HIGH|MEDIUM|LOW|INFO))?$", re.MULTILINE)
LISTED = re.compile(r"^(?P<path>[^\s:]+):(?P<line>\d+)(?: (?P<severity>HIGH|MEDIUM|LOW|INFO))?$", re.MULTILINE)
OUTCOME = re.compile(r"^outcome (?P<outcome>met|not_met|unknown|not_applicable)$", re.MULTILINE)
SOURCES = {".py", ".ts", ".tsx", ".js", ".mjs", ".go"}

Place = tuple[str, int]


def _folders(root: Path) -> list[Path]:
    return sorted(folder for folder in root.glob("SA*/*") if folder.is_dir())


def _cases() -> list[object]:
    cases: list[object] = []
    for folder in _folders(EXAMPLES):
        own = folder.parent.name
        others = sorted(_marked(folder) - {own})
        cases.append(pytest.param(folder, own, id=f"{own}-{folder.name}"))
        cases += (pytest.param(folder, other, id=f"{own}-{folder.name}-{other}") for other in others)
    for folder in _folders(EXAMPLES / "_pending"):
        reason = (folder / "PENDING").read_text(encoding="utf-8").strip()
        mark = pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)
        own = folder.parent.name
        cases.append(pytest.param(folder, own, id=f"pending-{own}-{folder.name}", marks=mark))
    return cases


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SOURCES)


def _marked(folder: Path) -> set[str]:
    """The checks that marks name."""
    return {mark["check"] for path in _sources(folder) for mark in MARK.finditer(path.read_text(encoding="utf-8"))}


def _expected(folder: Path, check: str) -> dict[Place, str]:
    """The marked places, with the severity that a mark names or nothing."""
    marks: dict[Place, str] = {}
    for source in _sources(folder):
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
            mark = MARK.search(line)
            if mark and mark["check"] == check:
                marks[source.relative_to(folder).as_posix(), number] = mark["severity"] or ""
    for listed in LISTED.finditer(_notes(folder)):
        marks[listed["path"], int(listed["line"])] = listed["severity"] or ""
    return marks


def _notes(folder: Path) -> str:
    notes = folder / "EXPECT"
    return notes.read_text(encoding="utf-8") if notes.exists() else ""


def _found(report: Report, check: str) -> Counter[tuple[Place, str]]:
    """The check's findings in production code, with their severities."""
    return Counter(
        ((one.finding.location.path, one.finding.location.line), one.finding.severity.value)
        for one in report.findings
        if one.check.id == check and one.finding.surface.counts
    )


def _unshown(report: Report, folder: Path) -> list[tuple[str, Place]]:
    """Findings on a line that is there, of any check, without that line."""
    bare = ((one.check.id, one.finding.location) for one in report.findings if not one.excerpt.lines)
    return [(check, (place.path, place.line)) for check, place in bare if _line(folder, place.path, place.line).strip()]


def _line(folder: Path, path: str, number: int) -> str:
    file = folder / path
    lines = file.read_text(encoding="utf-8").splitlines() if path and file.is_file() else []
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _audited(folder: Path, check: str) -> Report:
    if check in SURVEYED:
        return survey_folder(folder)
    return audit_known(folder) if check in LOOKED_UP else audit_example(folder)


@pytest.mark.parametrize(("folder", "check"), _cases())
def test_a_check_finds_what_is_marked_and_nothing_else(folder: Path, check: str) -> None:
    bad = folder.name.startswith("bad")
    report = _audited(folder, check)
    expected = _expected(folder, check)
    found = _found(report, check)
    places = {place for place, _ in found}
    assert bool(expected) is bad, "a bad example marks lines, a good one none"
    assert sorted(place for place in expected if place not in places) == [], "missed"
    assert sorted(place for place in places if place not in expected) == [], "found where nothing is wrong"
    assert [place for (place, _), count in found.items() if count > 1] == [], "found twice"
    graver = {place: got for place, got in found if expected[place] not in {"", got}}
    assert graver == {}, "weighed differently"
    assert check in SURVEYED or _unshown(report, folder) == [], "shown without its line"
    if not bad:
        named = OUTCOME.search(_notes(folder))
        assert verdict_of(report, check).outcome.value == (named["outcome"] if named else "met")


def test_every_check_has_both_kinds_of_examples() -> None:
    kinds = {(folder.parent.name, folder.name.partition("-")[0]) for folder in _folders(EXAMPLES)}
    assert kinds == {(check, kind) for check in CHECKS for kind in ("bad", "good")}
