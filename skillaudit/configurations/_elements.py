"""Fluentd's elements, ``<name argument>`` and the lines up to ``</name>``."""

import re

from skillaudit.configuration import MAX_DEPTH, Map, Node, Text, UnreadableError
from skillaudit.configurations._events import scalar

_OPENING = re.compile(r"^<(\w+)(?:\s+([^>]{0,500}))?>$")


def elements(text: str) -> Map:
    """Fluentd: elements by name, their argument under ``@arg``."""
    stack: list[tuple[str, int, list[tuple[str, Node]]]] = [("", 1, [])]
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if opening := _OPENING.match(stripped[:600]):
            if len(stack) > MAX_DEPTH:
                raise UnreadableError(f"nested more than {MAX_DEPTH} levels deep")
            stack.append((opening[1], number, [("@arg", Text(number, (opening[2] or "").strip()))]))
        elif stripped.startswith("</"):
            if len(stack) == 1:
                raise UnreadableError(f"an element ends that never began, line {number}")
            name, start, held = stack.pop()
            stack[-1][2].append((name, Map(start, tuple(held))))
        else:
            key, _, value = stripped.replace("\t", " ").partition(" ")
            stack[-1][2].append((key, scalar(number, value.strip().strip("\"'"))))
    if len(stack) > 1:
        raise UnreadableError(f"an element of line {stack[-1][1]} never ends")
    return Map(1, tuple(stack[0][2]))
