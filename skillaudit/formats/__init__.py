"""Output formats: one module each, with ``render(report) -> str``; ``skillaudit.render`` finds them by name."""

from enum import StrEnum


class Format(StrEnum):
    """What ``--format`` takes."""

    CONSOLE = "console"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    MARKDOWN = "markdown"
    EVIDENCE = "evidence"
    EVIDENCE_JSON = "evidence-json"
    BADGE = "badge"
    BADGE_JSON = "badge-json"
    CYCLONEDX = "cyclonedx"
