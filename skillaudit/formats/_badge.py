"""What both kinds of badge say."""

from skillaudit.report import Report

LABEL = "skillaudit"
COLORS = {"A": "#2e8540", "B": "#5c8a1e", "C": "#94730a", "D": "#b3541e", "F": "#b3261e", "": "#6e7681"}
"""By letter, each dark enough for white text (contrast 4.5 or more); empty for a report without one."""


def message(report: Report) -> tuple[str, str]:
    """The letter, empty where there is none, and the words of the badge."""
    grade = report.card.overall
    if grade.letter is None:
        return "", "not graded"
    return grade.letter, f"{grade.letter} {grade.score}"
