"""The overall grade as a small picture (SVG), drawn like the badges that READMEs show."""

from skillaudit.formats._badge import COLORS, LABEL, message
from skillaudit.report import Report

_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{label}: {text}">
<title>{label}: {text}</title>
<rect rx="3" width="{width}" height="20" fill="#555"/>
<rect rx="3" x="{left}" width="{right}" height="20" fill="{color}"/>
<rect x="{left}" width="4" height="20" fill="{color}"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
<text x="{label_at}" y="14">{label}</text>
<text x="{text_at}" y="14">{text}</text>
</g>
</svg>
"""
_CHARACTER, _MARGIN = 7, 10
"""Pixels; wide enough for any letter of the font."""


def render(report: Report) -> str:
    """Render the grade; nothing that comes from the repository is in it."""
    letter, text = message(report)
    left, right = (len(word) * _CHARACTER + _MARGIN for word in (LABEL, text))
    return _SVG.format(
        width=left + right,
        left=left,
        right=right,
        label=LABEL,
        text=text,
        color=COLORS[letter],
        label_at=left // 2,
        text_at=left + right // 2,
    )
