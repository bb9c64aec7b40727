"""From the name of a format to the function that renders it; each format is loaded only when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from skillaudit.formats import Format
from skillaudit.report import Report


class Render(Protocol):
    """A format's one function."""

    def __call__(self, report: Report) -> str:
        """The whole output, ending in a newline."""
        ...


_MODULES: Mapping[Format, str] = {
    Format.CONSOLE: "skillaudit.formats.console",
    Format.JSON: "skillaudit.formats.json",
    Format.SARIF: "skillaudit.formats.sarif",
    Format.HTML: "skillaudit.formats.html",
    Format.MARKDOWN: "skillaudit.summary",
    Format.EVIDENCE: "skillaudit.sheet",
    Format.EVIDENCE_JSON: "skillaudit.sheet_json",
    Format.BADGE: "skillaudit.formats.badge",
    Format.BADGE_JSON: "skillaudit.formats.badge_json",
    Format.CYCLONEDX: "skillaudit.formats.cyclonedx",
}


def renderer(form: Format) -> Render:
    """The function that renders a format."""
    return cast("Render", import_module(_MODULES[form]).render)
