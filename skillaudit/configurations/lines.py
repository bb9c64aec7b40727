"""Line by line syntaxes: Dockerfile, Procfile, systemd unit, fluent-bit's classic form, logrotate."""

import re
from collections.abc import Iterator

from skillaudit.configuration import MAX_NODES, Map, Node, Reader, Source, UnreadableError
from skillaudit.configurations._events import scalar
from skillaudit.configurations._sections import fluent_sections, logical_lines, unit_sections

_DOCKERFILE = re.compile(r"(?:^|/)(?:Dockerfile|Containerfile)[^/]*$|\.(?:Dockerfile|dockerfile)$")
_PROCFILE = re.compile(r"(?:^|/)Procfile$")
_PROCESS = re.compile(r"^([\w-]{1,80}):\s*(\S.*)$")
_CONF = re.compile(r"\.(?:conf|cfg|service|ini|logrotate)$|/logrotate\.d/[^/]+$")
_FROM = re.compile(r"^\s*FROM\s+\S", re.MULTILINE | re.IGNORECASE)
_FLUENT = re.compile(r"^\s*\[(?:INPUT|OUTPUT)\]\s*$", re.MULTILINE | re.IGNORECASE)
_UNIT = re.compile(r"^\[Service\]\s*$", re.MULTILINE)
_UPLOAD = re.compile(r"^\[Upload\]\s*$", re.MULTILINE)
_ROTATED = re.compile(r"^\s*(?:rotate\s+\d+|copytruncate|daily|weekly)\s*$", re.MULTILINE)
_PATHS = re.compile(r"^((?:[\"']?/[^\s{\"']+[\"']?\s*)+)\{\s*$")


def _wants(path: str, _: bytes) -> bool:
    return any(name.search(path) for name in (_DOCKERFILE, _PROCFILE, _CONF))


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    if "\0" in source.text:
        raise UnreadableError("holds NUL bytes")
    if source.text.count("\n") > MAX_NODES // 2:
        raise UnreadableError("too many lines")
    if _DOCKERFILE.search(source.path):
        if _FROM.search(source.text):
            yield "dockerfile", _instructions(source.text)
    elif _PROCFILE.search(source.path):
        yield "procfile", _processes(source.text)
    elif (kind := _sectioned(source)) is not None:
        yield kind, (fluent_sections if kind == "fluent-bit" else unit_sections)(source.text)
    elif _ROTATED.search(source.text) and (rotated := _rotations(source.text)).items:
        yield "logrotate", rotated


def _sectioned(source: Source) -> str | None:
    """The kind of a file of sections, by those that it has."""
    if source.path.endswith("savedsearches.conf"):
        return "splunk-searches"
    shapes = (("fluent-bit", _FLUENT), ("journal-upload", _UPLOAD), ("systemd", _UNIT))
    return next((kind for kind, shape in shapes if shape.search(source.text)), None)


def _instructions(text: str) -> Map:
    """A Dockerfile's instructions by their name in capitals."""
    named: list[tuple[str, Node]] = []
    for number, line in logical_lines(text):
        word, _, rest = line.partition(" ")
        named.append((word.upper(), scalar(number, rest.strip())))
    return Map(1, tuple(named))


def _processes(text: str) -> Map:
    """A Procfile's commands by the name of their process."""
    found = ((number, _PROCESS.match(line[:4000])) for number, line in logical_lines(text))
    return Map(1, tuple((held[1], scalar(number, held[2])) for number, held in found if held))


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
