"""The groups of a regular expression, read off its source: what each can match, and how much of the text it takes."""

import re
from functools import lru_cache
from typing import Final

from skillaudit.facts import ALL_BUT_FEW
from skillaudit.linking.knowledge.patterns import compiled

_NAMED: Final = re.compile(r"\?P?<(?P<name>[A-Za-z_]\w*)>")
_SPLITTING: Final = re.compile(r"\\[sWDnrR]|\[\^|\[\\s\\S\]|\(\?s|[\r\n]")
_OPEN: Final = re.compile(r"[+*]\??\)*$")
_COUNTED: Final = re.compile(r"\{(?:\d*,)?(?P<most>\d+)\}\)*$")
_HOSTILE: Final = ("../../a", "/etc/x", "http://127.0.0.1/", "a;b", "$(b)", "a|b", "a b", "{{a}}", "a()")


@lru_cache(maxsize=1024)
def groups(text: str) -> dict[str, str]:
    """The source of each group by number and by name; ``0`` is the whole expression, without a script's slashes."""
    body = text[1 : text.rfind("/")] if text.startswith("/") and text.rfind("/") > 0 else text
    found, opened, number, place = {"0": body}, list[tuple[int, tuple[str, ...]]](), 0, 0
    while place < len(body):
        if body[place] == "\\":
            place += 1
        elif body[place] == "[":
            place = _class_end(body, place)
        elif body[place] == "(":
            named = _NAMED.match(body, place + 1)
            counts = named is not None or body[place + 1 : place + 2] != "?"
            number += counts
            start = named.end() if named else place + 1
            opened.append((start, (str(number), *((named["name"],) if named else ())) if counts else ()))
        elif body[place] == ")" and opened:
            start, names = opened.pop()
            found.update(dict.fromkeys(names, body[start:place]))
        place += 1
    return found


def _class_end(body: str, place: int) -> int:
    """The end of a class of characters, in which brackets and parentheses are themselves."""
    place += 2 if body[place + 1 : place + 2] == "^" else 1
    place += body[place : place + 1] == "]"
    while place < len(body) and body[place] != "]":
        place += 2 if body[place] == "\\" else 1
    return place


def one_line(group: str) -> bool:
    """Whether what a group matches holds no line break, a dot taken for any character but one."""
    return not _SPLITTING.search(group)


def harmless(group: str) -> bool:
    """Whether a group matches nothing that could name another place, be a command or be code."""
    pattern = compiled(group)
    return pattern is not None and not any(pattern.fullmatch(sample) for sample in _HOSTILE)


def kept(group: str) -> int:
    """How many characters a group shows of what it was found in: almost all where nothing limits it, 0 if unknown."""
    if _OPEN.search(group):
        return ALL_BUT_FEW
    counted = _COUNTED.search(group)
    return int(counted["most"]) if counted else 0
