"""The lines of a report for a terminal, and how one shows them."""

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

Part: TypeAlias = tuple[str, str]
"""Text, and how a terminal shows it."""


class Style(msgspec.Struct, frozen=True):
    """What the terminal can do: its columns, and whether it shows colours."""

    width: int
    color: bool = False


class Line(msgspec.Struct, frozen=True):
    """One line; where it is too long for a terminal it is broken, or ``cut`` if it only quotes."""

    indent: int
    parts: tuple[Part, ...]
    cut: bool = False

    @property
    def plain(self) -> str:
        return (" " * self.indent + "".join(text for text, _ in self.parts)).rstrip()


def line(indent: int, *parts: str | Part) -> Line:
    return Line(indent, tuple((part, "") if isinstance(part, str) else part for part in parts))


def quoted(indent: int, text: str) -> Line:
    return Line(indent, ((text, "dim"),), cut=True)


def shown(lines: Iterable[Line], style: Style) -> str:
    """The lines as a terminal of that kind shows them."""
    from io import StringIO  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415 - a third of a second audit's imports
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(
        file=StringIO(),
        width=style.width,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for line in lines:
            text = Text.assemble(*line.parts)
            if line.cut:
                text.truncate(max(1, style.width - line.indent), overflow="ellipsis")
            console.print(Padding(text, (0, 0, 0, line.indent), expand=False) if text else "")
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"
