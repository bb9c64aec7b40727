"""Output formats by name; each is loaded only when it is asked for."""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast

from skillaudit.report import Report


class Format(StrEnum):
    """What ``--format`` takes."""

    CONSOLE = "console"
    JSON = "json"
    SARIF = "sarif"


class Render(Protocol):
    """A format's one function."""

    def __call__(self, report: Report) -> str:
        """The whole output, ending in a newline."""
        ...


_MODULES: Mapping[Format, str] = {
    Format.CONSOLE: "skillaudit.formats.console",
    Format.JSON: "skillaudit.formats.json",
    Format.SARIF: "skillaudit.formats.sarif",
}


def renderer(form: Format) -> Render:
    """The function that renders a format."""
    return cast("Render", import_module(_MODULES[form]).render)
