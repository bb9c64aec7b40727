"""A short text that a regular expression matches, read off its source: hostile text is tried around it."""

import re
from typing import Final

_CLASSES: Final = {"d": "0", "w": "a", "s": " ", "D": "a", "S": "a", "W": "-", "b": "", "B": "", "n": "\n", "t": "\t",
                   "r": "\r"}  # fmt: skip
_COUNT: Final = re.compile(r"\{(?P<least>\d+)(?:,\d*)?\}")
_GROUP: Final = re.compile(r"\((?:\?(?:P?<[A-Za-z_]\w*>|:))?")
_CLASS: Final = re.compile(r"\[(?P<not>\^?)(?P<first>\\.|[^\\])(?:\\.|[^\]\\])*\]")
_MOST: Final = 64


def instance(body: str) -> str:
    """A text that matches, with the first of each alternative; empty where none is found this way."""
    pieces: list[str] = []
    place = 0
    while place < len(body):
        rest = body[place:]
        if found := _CLASS.match(rest):
            first = found["first"]
            pieces.append("a" if found["not"] else _CLASSES.get(first[1], first[1]) if len(first) > 1 else first)
            place += found.end()
        elif rest[0] == "\\" and len(rest) > 1:
            pieces.append(_CLASSES.get(rest[1], rest[1]))
            place += 2
        elif rest[0] == "|":
            place += _rest_of_group(rest)
        elif found := _COUNT.match(rest):
            pieces[-1:] = pieces[-1:] * min(int(found["least"]), _MOST)
            place += found.end()
        elif found := _GROUP.match(rest):
            place += found.end()
        else:
            pieces += [] if rest[0] in "^$*+?)" else ["a" if rest[0] == "." else rest[0]]
            place += 1
    return "".join(pieces)[:_MOST]


def _rest_of_group(text: str) -> int:
    """How far the other alternatives reach."""
    depth = 0
    for place, letter in enumerate(text):
        if letter in "()" and text[place - 1] != "\\":
            depth += 1 if letter == "(" else -1
            if depth < 0:
                return place
    return len(text)
