"""JSON with places for variables, as Terraform's references and templates write it."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from msgspec.structs import replace

from skillaudit.configuration import List, Map, Node, Text, UnreadableError, Unresolved
from skillaudit.configurations._events import read_events

File: TypeAlias = Callable[[str], str | None]
"""The text of another file by the path that a configuration names; None where there is none."""

MOST: Final = 64 << 10
"""Characters of a file that is taken over."""
_LONGEST = 400
_PLACE = re.compile(r"(?<!\$)\$\{[ \t]*([^{}]{1,300}?)[ \t]*\}")
_IN_JSON = re.compile(r"\"(?:\$\{[^{}]{0,300}\}|\$(?!\{[^{}]{0,300}\})|[^\"\\$]|\\.)*\"?|(?P<bare>\$\{[^{}]{0,300}\})")
"""Texts, also one that does not end, so that each character is looked at once; references between them."""
_YAML = re.compile(r"\.ya?ml(?:\.\w{1,9})?$")
_REFERENCE = re.compile(r"^[\w.\[\]*-]+$")


def nothing(_: str) -> str | None:
    """No file is there."""
    return None


@lru_cache(maxsize=32)
def as_tree(text: str, path: str = "") -> Node | None:
    """The tree of a JSON text, or of a file named as YAML; references may stand for values. None for others."""
    if len(text) > MOST:
        return None
    if text.lstrip().startswith(("{", "[")):
        text = _IN_JSON.sub(lambda found: f'"{_simple(found[0])}"' if found["bare"] else _strings(found[0]), text)
    elif not _YAML.search(path):
        return None
    try:
        held = next(read_events(text, strict=False), None)
    except UnreadableError:
        return None
    return held if isinstance(held, Map | List) else None


def _strings(written: str) -> str:
    """A text of JSON in which no reference holds a quotation mark."""
    return _PLACE.sub(lambda found: _simple(found[0]), written)


def _simple(place: str) -> str:
    return "${open}" if '"' in place or "\\" in place else place


def filled(template: Node, variables: Mapping[str, Node]) -> Node:
    """A template with what it is handed in its places; what is not handed over stays open.

    Lists and maps that come several times are one object, so that nothing multiplies.
    """
    match template:
        case Map(line, named):
            return Map(line, tuple((key, filled(one, variables)) for key, one in named))
        case List(line, items):
            return List(line, tuple(filled(one, variables) for one in items))
        case Unresolved(line, written):
            whole = _PLACE.fullmatch(written)
            given = variables.get(whole[1]) if whole is not None else None
            if given is not None:
                return replace(given, line=line) if isinstance(given, Text | Unresolved) else given
            text = _PLACE.sub(lambda place: _part(variables.get(place[1]), place[0]), written)
            return Unresolved(line, text) if "${" in text or "%{" in text else Text(line, text)
        case Text():
            return template


def _part(value: Node | None, place: str) -> str:
    """What stands in the middle of a text for a variable."""
    match value:
        case Text(text=text) if len(text) <= _LONGEST:
            return text
        case Unresolved(text=text) if len(text) <= _LONGEST and ("${" in text or _REFERENCE.match(text)):
            return text if "${" in text else f"${{{text}}}"
        case _:
            return place
