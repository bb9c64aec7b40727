"""Files of sections, ``[name]`` and the lines below it."""

import re
from collections.abc import Callable, Iterator

from skillaudit.configuration import Map, Node
from skillaudit.configurations._events import scalar

_SECTION = re.compile(r"^\s*\[([\w -]{1,80})\]\s*$")


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, those that end in a backslash joined; each with the number of its first."""
    start, held = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith(("#", ";")) or (not stripped and not held):
            continue
        start = start or number
        if stripped.endswith("\\"):
            held += stripped[:-1] + " "
        else:
            yield start, held + stripped
            start, held = 0, ""
    if held:
        yield start, held


def fluent_sections(text: str) -> Map:
    """Fluent Bit's classic form."""
    return sections(text, _pair)


def unit_sections(text: str) -> Map:
    """A unit of systemd."""
    return sections(text, _assignment)


def sections(text: str, split: Callable[[str], tuple[str, str]]) -> Map:
    """Sections by their name in small letters, which may come again."""
    found: list[tuple[str, int, list[tuple[str, Node]]]] = []
    for number, line in logical_lines(text):
        if header := _SECTION.match(line):
            found.append((header[1].strip().lower(), number, []))
        elif found:
            key, value = split(line)
            found[-1][2].append((key, scalar(number, value)))
    return Map(1, tuple((name, Map(number, tuple(named))) for name, number, named in found))


def _pair(line: str) -> tuple[str, str]:
    """Fluent-bit: a name, white space, the rest."""
    key, _, value = line.replace("\t", " ").partition(" ")
    return key.lower(), value.strip()


def _assignment(line: str) -> tuple[str, str]:
    key, _, value = line.partition("=")
    return key.strip(), value.strip()
