"""The overall grade as the JSON that badge services read (schema version 1 of shields.io end points)."""

import json

from skillaudit.formats._badge import COLORS, LABEL, message
from skillaudit.report import Report


def render(report: Report) -> str:
    """Render the grade."""
    letter, text = message(report)
    document = {"schemaVersion": 1, "label": LABEL, "message": text, "color": COLORS[letter], "isError": not letter}
    return json.dumps(document) + "\n"
