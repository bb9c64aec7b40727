"""YAML, JSON (with comments) and TOML; Helm templates as far as they stay parseable."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from skillaudit.configuration import (
    HEAD,
    MAX_DEPTH,
    List,
    Map,
    Node,
    Reader,
    Source,
    UnreadableError,
)
from skillaudit.configurations._events import read_events, scalar
from skillaudit.configurations._nested import documents_in
from skillaudit.configurations._shapes import TOKENS
from skillaudit.configurations._templates import chart_of, fill
from skillaudit.configurations._variables import with_variables

_NAMES = re.compile(r"\.(?:ya?ml|json|jsonc|toml|template|tpl)$", re.IGNORECASE)
_NEVER = re.compile(
    r"(?:^|/)(?:package(?:-lock)?|tsconfig[^/]*|composer|renovate|pnpm-lock|pyproject|Cargo|uv|poetry|\.pre-commit[^/]*"
    r"|mkdocs|smithery|devcontainer|openapi[^/]*)\.(?:json|ya?ml|toml)$|(?:^|/)(?:server|manifest)\.json$|(?:^|/)\.github/(?:workflows|ISSUE_TEMPLATE)/",
    re.IGNORECASE,
)
_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LONG_KEY = re.compile(r"(?:\.[ \t]*[\w\"'-]{1,200}[ \t]*){24}")
_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_ASSIGNED = re.compile(r"""^\s*(["']?)([\w.-]{1,200})\1\s*=""")


def _wants(path: str, head: bytes) -> bool:
    if not _NAMES.search(path) or _NEVER.search(path):
        return False
    return len(head) == HEAD or any(token in head for token in TOKENS) or b"{{" in head


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    """The documents of known shapes; what has none is no configuration that matters here and raises nothing."""
    if not any(token.decode() in source.text for token in TOKENS):
        return
    chart = chart_of(source)
    suffix = source.path.rpartition(".")[2].lower()
    if suffix == "toml":
        held: Iterator[Node] = iter((_toml(source.text),))
    elif suffix in {"json", "jsonc"}:
        held = read_events(_plain(source.text), strict=False)
    else:
        filled = fill(source.text, chart)
        strict = filled is source.text
        held = read_events(with_variables(source) if strict else filled, strict=strict)
    try:
        for root in held:
            yield from documents_in(root)
    except UnreadableError:
        if _looks_known(source.text):
            raise


def _looks_known(text: str) -> bool:
    """Whether an unreadable file seems to be deployment, from its top-level words."""
    return _TOP.search(text) is not None


_TOP = re.compile(
    r"^(?:services|apiVersion|AWSTemplateFormatVersion|Resources|pipeline|sinks|scrape_configs|receivers|exporters|groups"
    r"|filebeat\.\w+)\s*:|\"(?:containerDefinitions|AWSTemplateFormatVersion|Statement)\"\s*:|^\[(?:sinks|sources)\.",
    re.MULTILINE,
)


def _plain(text: str) -> str:
    """JSON without comments, each replaced by the lines it took."""
    if "//" not in text and "/*" not in text:
        return text
    return _COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), text)


def _toml(text: str) -> Node:
    if _LONG_KEY.search(text):
        raise UnreadableError("a key of too many parts")
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError):
        raise UnreadableError("no valid TOML") from None
    return _node(held, _lines(text), "", 0)


def _lines(text: str) -> dict[str, int]:
    """Where each dotted key of a TOML text stands, the first time."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line[:400]):
            table = re.sub(r"[\"'\s]", "", header[1])
            found.setdefault(table, number)
        elif assigned := _ASSIGNED.match(line[:400]):
            found.setdefault(f"{table}.{assigned[2]}" if table else assigned[2], number)
    return found


def _node(value: Any, lines: dict[str, int], key: str, depth: int, line: int = 1) -> Node:
    if depth > MAX_DEPTH:
        raise UnreadableError(f"nested more than {MAX_DEPTH} levels deep")
    line = lines.get(key, line)
    if isinstance(value, dict):
        named = (
            (name, _node(one, lines, f"{key}.{name}" if key else name, depth + 1, line)) for name, one in value.items()
        )
        return Map(line, tuple(named))
    if isinstance(value, list):
        return List(line, tuple(_node(one, lines, key, depth + 1, line) for one in value))
    return scalar(line, str(value).lower() if isinstance(value, bool) else str(value))


READER = Reader(_wants, _looks_known, _read)
