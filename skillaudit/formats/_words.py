"""Words that several formats put together in the same way."""

from collections.abc import Sequence

from skillaudit.report import Report

_RECORDED = "SA105"
NO_LETTER = (
    "No letter: no tool of a server was recognised, or too little of what the grade asks could be decided; what was "
    "not assessed says why."
)


def series(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def recorded(report: Report) -> str:
    """Of how many tools a call leaves a record, in brackets: the question that the report answers first."""
    asked = next((one for one in report.checks if one.check.id == _RECORDED and one.verdict.opportunities), None)
    return f" ({asked.verdict.met} of {asked.verdict.opportunities} recorded when called)" if asked else ""


def earned_in(report: Report, grade: str) -> str:
    """Which of several packages decides an axis or observability, in brackets; empty where there is one only."""
    card = report.card
    grades = {"security": card.security, "observability": card.observability, "maintenance": card.maintenance}
    return f" ({grades[grade].package or 'the root package'})" if len(report.packages) > 1 else ""
