"""Routing trees as Alertmanager and Grafana evaluate them: matchers, and which receivers a set of labels reaches."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
import re2

from skillaudit.model import Location

_LABEL = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_MATCHER = re.compile(rf"^\s*({_LABEL})\s*(=~|!~|!=|=)\s*(.*?)\s*$", re.DOTALL)
_ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}
_LONGEST = 2000


class Matcher(msgspec.Struct, frozen=True):
    """A condition on one label; ``operator`` is ``=``, ``!=``, ``=~`` or ``!~``."""

    label: str
    operator: str
    value: str

    def takes(self, value: str) -> bool:
        """Whether a label's value fits, an absent label being an empty value. A pattern must fit the whole value."""
        if self.operator in {"=", "!="}:
            return (value == self.value) is (self.operator == "=")
        pattern = _pattern(self.value)
        return pattern is not None and (pattern.fullmatch(value) is not None) is (self.operator == "=~")


OPEN = Matcher("", "=", "")
"""A condition that could not be read, on a label that no alert has: whether it holds is never known."""


@lru_cache(512)
def _pattern(text: str) -> Any:
    """The pattern in the dialect that Alertmanager uses, whose matching takes linear time; None where it is none."""
    if len(text) > _LONGEST:
        return None
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(text, options)
    except re2.error:
        return None


class Route(msgspec.Struct, frozen=True):
    """A node of a routing tree. ``continues``: siblings after it are asked as well; ``silent``: it is always muted."""

    receiver: str
    location: Location
    matchers: tuple[Matcher, ...] = ()
    routes: "tuple[Route, ...]" = ()
    continues: bool = False
    silent: bool = False

    def routed(self, labels: Mapping[str, str]) -> tuple["Route", ...]:
        """The nodes whose receivers an alert with exactly these labels reaches; none if the root does not take it."""
        return tuple(self.walk(labels, complete=True)) if self.verdict(labels, complete=True) else ()

    def possible(self, labels: Mapping[str, str]) -> tuple["Route", ...]:
        """The nodes that an alert may reach that has these labels, and others which are not known."""
        return tuple(self.walk(labels, complete=False)) if self.verdict(labels, complete=False) is not False else ()

    def count(self) -> int:
        """How many nodes the tree has."""
        found, pending = 0, [self]
        while pending:
            found += 1
            pending += pending.pop().routes
        return found

    def walk(self, labels: Mapping[str, str], *, complete: bool) -> Iterator["Route"]:
        """The nodes below this one, or itself, that take the labels; ``complete``: there are no others."""
        taken = False
        for one in self.routes:
            verdict = one.verdict(labels, complete=complete)
            if verdict is not False:
                yield from one.walk(labels, complete=complete)
            if verdict:
                taken = True
                if not one.continues:
                    break
        if not taken:
            yield self

    def verdict(self, labels: Mapping[str, str], *, complete: bool) -> bool | None:
        """Whether all matchers take the labels; None where that hangs on labels that are not known."""
        verdicts = {
            one.takes(labels.get(one.label, "")) if complete or one.label in labels else None for one in self.matchers
        }
        return False if False in verdicts else None if None in verdicts else True


def matchers(text: str) -> tuple[Matcher, ...] | None:
    """The matchers that a text spells, ``{a="b", c=~"d|e"}`` or without braces; None where it is none."""
    held = text.strip()
    if held.startswith("{") and held.endswith("}"):
        held = held[1:-1]
    found = [_matcher(part) for part in _parts(held) if part.strip()]
    return None if None in found else tuple(one for one in found if one is not None)


def _parts(text: str) -> Iterable[str]:
    """The text cut at commas outside quotes."""
    parts, start, quoted, skip = [], 0, False, False
    for place, letter in enumerate(text):
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _matcher(text: str) -> Matcher | None:
    found = _MATCHER.match(text[:_LONGEST])
    value = _unquoted(found[3]) if found else None
    return None if found is None or value is None else Matcher(found[1], found[2], value)


def _unquoted(text: str) -> str | None:
    """A value without its quotes, its escapes replaced; None where a quote is not closed."""
    if text.startswith('"'):
        if len(text) == 1 or not text.endswith('"'):
            return None
        text = text[1:-1]
    held, escaped = "", False
    for letter in text:
        if escaped:
            held += _ESCAPES.get(letter, f"\\{letter}")
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            return None
        else:
            held += letter
    return None if escaped else held
