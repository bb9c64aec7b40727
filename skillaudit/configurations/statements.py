"""Daemons with a language of their own: fluentd, rsyslog, syslog-ng."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit.configuration import MAX_DEPTH, Map, Node, Reader, Source, Text, UnreadableError
from skillaudit.configurations._elements import elements
from skillaudit.configurations._events import scalar

_NAMES = re.compile(r"\.(?:conf|cfg|fluentd|td-agent)$")
_FLUENTD = re.compile(r"^\s*<(?:source|match|label|filter)\b", re.MULTILINE)
_SYSLOG_NG = re.compile(r"^\s*(?:destination|log)\s+\w*\s*\{", re.MULTILINE)
_RSYSLOG = re.compile(
    r"^\s*(?:(?:[\w*.,;=!]{1,80}\s+-?@{1,2}[\w\[\]\"'(]|\$(?:ModLoad|DefaultNetstreamDriver|InputFileName)\b"
    r"|(?:action|input|module|global)\s*\(\s*(?:type|load|\w+)\s*=))",
    re.MULTILINE,
)
_OBJECT = re.compile(r"^(?:if\b.{0,400}?\bthen\s*\{?\s*)?(\w+)\s*\((.*)\)\s*;?\s*\}?$", re.DOTALL)
_THEN = re.compile(r"^if\s+(.{1,400}?)\s+then\s*\{$")
_IF = re.compile(r"^if\s+(.{1,400}?)\s+then\b")
_PARAMETER = re.compile(r"([\w.]{1,80})\s*=\s*\"([^\"]*)\"")
_LEGACY = re.compile(r"^([\w*.,;=!]{1,80})\s+(-?)(@@?)(?:\([^)]*\))?\[?([\w.\-:]+?)\]?(?::(\d+))?\s*(?:;.*)?$")
_DIRECTIVE = re.compile(r"^\$(\w+)\s+(.*)$")
_DROP = re.compile(r"^([\w*.,;=!:\"'$ ]{1,200}?)\s+(?:stop|~)$")


def _wants(path: str, head: bytes) -> bool:
    if not _NAMES.search(path):
        return False
    start = head.decode("utf-8", "replace")
    return bool(_FLUENTD.search(start) or _SYSLOG_NG.search(start) or _RSYSLOG.search(start))


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    if "\0" in source.text:
        raise UnreadableError("holds NUL bytes")
    if _FLUENTD.search(source.text):
        yield "fluentd", elements(source.text)
    elif _SYSLOG_NG.search(source.text):
        yield "syslog-ng", _Braces(source.text).read()
    else:
        yield "rsyslog", _rsyslog(source.text)


def _rsyslog(text: str) -> Map:
    """Rsyslog: objects by name with their parameters; old-style selectors as ``forward`` and ``drop``."""
    named: list[tuple[str, Node]] = []
    within = ""
    for number, line in _joined(text):
        if found := _THEN.match(line):
            within = found[1]
        elif line == "}":
            within = ""
        elif found := _LEGACY.match(line):
            parts = {"selector": found[1], "type": "omfwd", "target": found[4], "port": found[5] or "514"}
            parts["protocol"] = "tcp" if found[3] == "@@" else "udp"
            named.append(("action", _texts(number, parts)))
        elif found := _DIRECTIVE.match(line):
            named.append((f"${found[1].lower()}", Text(number, found[2].strip())))
        elif found := _OBJECT.match(line):
            held = {k.lower(): v for k, v in _PARAMETER.findall(found[2])}
            alone = _IF.match(line)
            condition = alone[1] if alone is not None else within
            named.append((found[1].lower(), _texts(number, held | ({"condition": condition} if condition else {}))))
        elif found := _DROP.match(line):
            named.append(("drop", Text(number, found[1])))
    return Map(1, tuple(named))


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Statements: a line, or the lines up to the one that closes an object's parenthesis."""
    start, held, depth = 0, "", 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.split(" #")[0].strip()
        if not stripped or stripped.startswith("#"):
            continue
        start = start or number
        held = f"{held} {stripped}" if held else stripped
        depth += stripped.count("(") - stripped.count(")")
        if depth <= 0:
            yield start, held
            start, held, depth = 0, "", 0
    if held:
        yield start, held


def _texts(line: int, parts: dict[str, str]) -> Map:
    return Map(line, tuple((key, scalar(line, value)) for key, value in parts.items()))


_ENDS = {";"}
_TOKEN = re.compile(r'\s+|#[^\n]*|(?m:^)@\w+[^\n]*|"(?:[^"\\]|\\.)*"|\'[^\']*\'|[(){};]|[^\s(){};"\'#]+')


@dataclass(slots=True)
class _Braces:
    """Syslog-ng: ``name argument { name(value …); … };``, calls as maps with their words under ``@arg``."""

    text: str
    tokens: list[tuple[int, str]] = field(default_factory=list)
    place: int = 0

    def read(self) -> Map:
        """The statements of the file."""
        line = 1
        for found in _TOKEN.finditer(self.text):
            token = found[0]
            if token.strip() and not token.startswith(("#", "@")):
                self.tokens.append((line, token.strip("\"'") or token))
            line += token.count("\n")
        return self._body(1, 0)

    def _body(self, line: int, depth: int) -> Map:
        """Everything up to the closing bracket of this level."""
        if depth > MAX_DEPTH:
            raise UnreadableError(f"nested more than {MAX_DEPTH} levels deep")
        named: list[tuple[str, Node]] = []
        words: list[str] = []
        while self.place < len(self.tokens):
            number, token = self.tokens[self.place]
            self.place += 1
            if token in {"(", "{"}:
                inner = self._body(number, depth + 1)
                words, name, rest = _called(words, token)
                named.append((name, Map(number, (("@name", Text(number, rest)), *inner.items))))
            elif token in {")", "}"}:
                break
            elif token not in _ENDS:
                words.append(token)
        if words:
            named.insert(0, ("@arg", Text(line, " ".join(words))))
        return Map(line, tuple(named))


def _claims(text: str) -> bool:
    return any(shape.search(text) for shape in (_FLUENTD, _SYSLOG_NG, _RSYSLOG))


def _called(words: list[str], opening: str) -> tuple[list[str], str, str]:
    """What stays of the words before a bracket, the name of what opens, and its argument.

    A block is named by its first word; a call by its last, the words before are arguments of what is around it.
    """
    if not words:
        return [], "@group", ""
    if opening == "{":
        return [], words[0], " ".join(words[1:])
    return words[:-1], words[-1], ""


READER = Reader(_wants, _claims, _read)
