"""The page about real servers: what the audits said, as Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MARKER = "<!-- Written by hand from here on; `python -m bench.real_servers` keeps it. -->"

_INTRODUCTION = """\
{} public MCP servers, audited with default options, the cache off, and the date of each newest commit as the reference
date. Written by `python -m bench.real_servers`."""
_GRADES = ("overall", "security", "observability", "maintenance")
_LETTERS = ("A", "B", "C", "D", "F", "not graded")
_GRADED_SEVERITIES = ("HIGH", "MEDIUM", "LOW")


@dataclass(frozen=True, slots=True)
class Audited:
    """One repository's audit: its report, or None and the ``failure`` in one line."""

    repository: str
    seconds: float
    report: dict[str, Any] | None
    failure: str

    @property
    def letter(self) -> str:
        """The overall letter, ``not graded``, or ``failed``."""
        return "failed" if self.report is None else _letter(self.report["grades"]["overall"])


def page(audited: Sequence[Audited], before: str) -> str:
    """The whole page; ``before`` is its last version, whose part written by hand is kept."""
    done = [(one, one.report) for one in audited if one.report is not None]
    failed = [one for one in audited if one.report is None]
    parts = [
        "# Real servers",
        _INTRODUCTION.format(len(done)),
        "## Grades",
        *_table(("repository", "commit", "lines", "language", "s", *_GRADES), (_grades(*pair) for pair in done)),
        "Lines are production lines that are not blank; a star marks a provisional grade.",
        "## Distribution",
        *_table(("grade", *_LETTERS), _distribution([report for _, report in done])),
        "## Findings",
        *_table(("repository", *_GRADED_SEVERITIES, "by check", "at no cost"), (_findings(*pair) for pair in done)),
        "## Gaps",
        *_table(("repository", "unseen lines", "files", "what"), (_gaps(*pair) for pair in done)),
    ]
    if failed:
        parts += ["## Not audited", *_table(("repository", "s", "why"), map(_failure, failed))]
    kept = before.partition(MARKER)[2].strip()
    return "\n\n".join((*parts, MARKER, kept)).rstrip() + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    yield "\n".join("| " + " | ".join(_cell(one) for one in row) + " |" for row in lines)


def _cell(value: object) -> str:
    """Text that stays in its cell and is no markup."""
    return str(value).replace("|", "\\|").replace("<", "&lt;")


def _letter(grade: dict[str, Any]) -> str:
    return grade["letter"] or "not graded"


def _grade(grade: dict[str, Any]) -> str:
    if grade["letter"] is None:
        return "not graded"
    return f"{grade['letter']} {grade['score']:g}{'*' if grade['provisional'] else ''}"


def _grades(one: Audited, report: dict[str, Any]) -> list[object]:
    languages: dict[str, int] = report["inventory"]["languages"]
    main = max(languages, key=lambda name: languages[name], default="none")
    commit = report["subject"]["commit"][:10]
    grades = [_grade(report["grades"][name]) for name in _GRADES]
    return [one.repository, commit, f"{sum(languages.values()):,}", main, f"{one.seconds:.1f}", *grades]


def _distribution(reports: Sequence[dict[str, Any]]) -> Iterator[list[object]]:
    for name in _GRADES:
        letters = Counter(_letter(report["grades"][name]) for report in reports)
        yield [name, *(letters[letter] for letter in _LETTERS)]


def _findings(one: Audited, report: dict[str, Any]) -> list[object]:
    findings = report["findings"]
    counted = [finding for finding in findings if finding["severity"] != "INFO" and finding["confidence"] != "low"]
    severities = Counter(finding["severity"] for finding in counted)
    checks = Counter(finding["check"] for finding in counted)
    listed = ", ".join(f"{check} {number}" for check, number in sorted(checks.items()))
    amounts = [severities[severity] for severity in _GRADED_SEVERITIES]
    return [one.repository, *amounts, listed, len(findings) - len(counted)]


def _gaps(one: Audited, report: dict[str, Any]) -> list[object]:
    gaps = report["gaps"]
    kinds = Counter(gap["kind"] for gap in gaps)
    files = len({gap["path"] for gap in gaps if gap["path"]})
    listed = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
    return [one.repository, f"{sum(gap.get('lines', 0) for gap in gaps):,}", files, listed]


def _failure(one: Audited) -> list[object]:
    return [one.repository, f"{one.seconds:.1f}", one.failure]
