"""The evidence sheet as JSON."""

from skillaudit.evidence import document
from skillaudit.formats._written import written
from skillaudit.report import Report


def render(report: Report) -> str:
    """Render the sheet as plain ASCII."""
    return written(document(report))
