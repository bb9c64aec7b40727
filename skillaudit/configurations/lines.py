"""Line by line syntaxes: Dockerfile, systemd unit, fluent-bit's classic form, logrotate."""

import re
from collections.abc import Callable, Iterator

from skillaudit.configuration import MAX_NODES, Map, Node, Reader, Source, UnreadableError
from skillaudit.configurations._events import scalar

_DOCKERFILE = re.compile(r"(?:^|/)(?:Dockerfile|Containerfile)[^/]*$|\.(?:Dockerfile|dockerfile)$")
_CONF = re.compile(r"\.(?:conf|cfg|service|ini|logrotate)$|/logrotate\.d/[^/]+$")
_FROM = re.compile(r"^\s*FROM\s+\S", re.MULTILINE | re.IGNORECASE)
_SECTION = re.compile(r"^\s*\[([\w -]{1,80})\]\s*$")
_FLUENT = re.compile(r"^\s*\[(?:INPUT|OUTPUT)\]\s*$", re.MULTILINE | re.IGNORECASE)
_UNIT = re.compile(r"^\[Service\]\s*$", re.MULTILINE)
_ROTATED = re.compile(r"^\s*(?:rotate\s+\d+|copytruncate|daily|weekly)\s*$", re.MULTILINE)
_PATHS = re.compile(r"^((?:[\"']?/[^\s{\"']+[\"']?\s*)+)\{\s*$")


def _wants(path: str, _: bytes) -> bool:
    return bool(_DOCKERFILE.search(path) or _CONF.search(path))


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    if "\0" in source.text:
        raise UnreadableError("holds NUL bytes")
    if source.text.count("\n") > MAX_NODES // 2:
        raise UnreadableError("too many lines")
    if _DOCKERFILE.search(source.path):
        if _FROM.search(source.text):
            yield "dockerfile", _instructions(source.text)
    elif _FLUENT.search(source.text):
        yield "fluent-bit", _sections(source.text, _pair)
    elif _UNIT.search(source.text):
        yield "systemd", _sections(source.text, _assignment)
    elif _ROTATED.search(source.text) and (rotated := _rotations(source.text)).items:
        yield "logrotate", rotated


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


def _instructions(text: str) -> Map:
    """A Dockerfile's instructions by their name in capitals."""
    named: list[tuple[str, Node]] = []
    for number, line in logical_lines(text):
        word, _, rest = line.partition(" ")
        named.append((word.upper(), scalar(number, rest.strip())))
    return Map(1, tuple(named))


def _sections(text: str, split: Callable[[str], tuple[str, str]]) -> Map:
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


def _rotations(text: str) -> Map:
    """The paths that logrotate turns over."""
    named: list[tuple[str, Node]] = []
    for number, line in logical_lines(text):
        if found := _PATHS.match(line[:2000]):
            named += [(path.strip("\"'"), Map(number, ())) for path in found[1].split()]
    return Map(1, tuple(named))


def _claims(text: str) -> bool:
    return any(shape.search(text) for shape in (_FROM, _FLUENT, _UNIT))


READER = Reader(_wants, _claims, _read)
