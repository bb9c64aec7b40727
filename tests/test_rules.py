import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tree_sitter
import tree_sitter_go
import tree_sitter_typescript
import yaml

from skillaudit import ir, rulefiles
from skillaudit.collectors import semgrep

_SUFFIX = {"typescript": ".ts", "go": ".go"}
_COMMENT = re.compile(rb"^\s*// (ruleid|ok): (.+)$")
_FACTS = {
    "tool",
    "tool_definition",
    "tool_list",
    "dispatcher",
    "middleware",
    "resource",
    "prompt",
    "transport",
    "logger_config",
    "log_sink",
    "auth",
}
_KINDS = {
    "transport": {"stdio", "http", "sse", "unknown"},
    "log_sink": {"external", "file", "console", "errors-only", "syslog"},
    "auth": {"verify", "oauth-server", "read-header"},
}
_ENCODERS = {"json", "text", "pretty", "unknown", "as-before"}


def _language(rules: Path) -> str:
    return rules.parent.name


def _target(rules: Path) -> Path:
    return rules.with_suffix(_SUFFIX[_language(rules)])


@cache
def _raw(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(path.read_bytes())["rules"])


@cache
def _marks() -> Mapping[str, tuple[ir.Mark, ...]]:
    files = [(str(_target(path)), _language(path), _target(path).read_bytes()) for path in rulefiles.sources()]
    marks, gaps = semgrep.run_rules(files, jobs=2, timeout=120)
    assert gaps == ()
    return {path: tuple(mark for mark in marks if mark.path == path) for path, _, _ in files}


def _annotated(source: bytes) -> Iterator[tuple[str, str, int]]:
    pending: list[tuple[str, str]] = []
    for number, line in enumerate(source.splitlines(), start=1):
        found = _COMMENT.match(line)
        if found:
            pending += [(found[1].decode(), name.strip()) for name in found[2].decode().split(",")]
        elif pending:
            yield from ((kind, name, number) for kind, name in pending)
            pending = []


_SOURCES = [pytest.param(path, id=f"{_language(path)}-{path.stem}") for path in rulefiles.sources()]
_RULES = [pytest.param(rule, id=rule["id"]) for path in rulefiles.sources() for rule in _raw(path)]


@pytest.mark.parametrize("rules", _SOURCES)
def test_the_rules_match_exactly_the_annotated_lines(rules: Path) -> None:
    own = {rule["id"] for rule in _raw(rules)}
    notes = list(_annotated(_target(rules).read_bytes()))
    expected = sorted((name, line) for kind, name, line in notes if kind == "ruleid")
    found = sorted((mark.rule, mark.line) for mark in _marks()[str(_target(rules))] if mark.rule in own)
    assert found == expected
    assert {name for _, name, _ in notes} <= own, "an annotation names a rule of another file"


@pytest.mark.parametrize("rule", _RULES)
def test_every_rule_has_a_line_that_it_must_match(rule: dict[str, Any]) -> None:
    notes = [note for path in rulefiles.sources() for note in _annotated(_target(path).read_bytes())]
    assert any(kind == "ruleid" and name == rule["id"] for kind, name, _ in notes)


@pytest.mark.parametrize("rule", _RULES)
def test_metadata_speaks_the_linkers_language(rule: dict[str, Any]) -> None:
    metadata = rule["metadata"]
    fact = metadata["fact"]
    assert fact in _FACTS
    assert metadata["tokens"]
    assert all(len(token) >= 3 for token in metadata["tokens"])
    if fact in _KINDS:
        assert metadata["kind"] in _KINDS[fact]
    if fact == "logger_config":
        assert metadata["encoder"] in _ENCODERS
        assert metadata["library"]
    place = re.compile(r"(-?\d+)?(\.[A-Za-z]+)*")
    for role in ("name", "handler", "description", "config", "uri", "tool"):
        for option in str(metadata.get(role, "0")).split("|"):
            assert option == "key" or place.fullmatch(option)


def test_identities_are_unique_and_say_their_language() -> None:
    names = [(rule["id"], _language(path)) for path in rulefiles.sources() for rule in _raw(path)]
    assert len({name for name, _ in names}) == len(names)
    assert all(name.startswith({"typescript": "ts-", "go": "go-"}[language]) for name, language in names)


def _ways(node: Any) -> list[str]:
    """For each way to satisfy the pattern: all the text that must stand in a file for it."""
    match node:
        case {"pattern": str(text)} | {"pattern-inside": str(text)}:
            return [text]
        case {"patterns": list(parts)}:
            return ["\n".join(texts) for texts in itertools.product(*map(_ways, parts))]
        case {"pattern-either": list(parts)}:
            return [way for part in parts for way in _ways(part)]
        case {"metavariable-regex": {"regex": str(regex)}}:
            return _options(regex.replace("\\.", "."))
        case _:
            return [""]


def _options(regex: str) -> list[str]:
    """The alternatives of the last group of a regular expression, or the whole of it."""
    group = re.search(r"\(\?:([^()]*\|[^()]*)\)[^()]*\$$", regex)
    return group[1].split("|") if group else [regex]


def _impossible_without(tokens: list[str], node: Any) -> bool:
    return all(any(all(part in way for part in entry.split()) for entry in tokens) for way in _ways(node))


@pytest.mark.parametrize("rule", _RULES)
def test_no_match_is_possible_without_a_token(rule: dict[str, Any]) -> None:
    assert _impossible_without(rule["metadata"]["tokens"], rule)


def test_a_token_that_is_too_narrow_is_noticed() -> None:
    either = {"pattern-either": [{"pattern": "alpha(...)"}, {"pattern": "beta(...)"}]}
    assert not _impossible_without(["alpha"], either)
    assert not _impossible_without(["alpha beta"], either)
    assert _impossible_without(["alpha", "beta"], either)
    regex = {"metavariable-regex": {"metavariable": "$X", "regex": "^(?:.*\\.)?(?:one|two)$"}}
    assert not _impossible_without(["one"], regex)
    assert _impossible_without(["one", "two"], regex)
    assert _impossible_without(["alpha one", "alpha two"], {"patterns": [{"pattern": "alpha(...)"}, regex]})


@pytest.mark.parametrize("rules", _SOURCES)
def test_every_mark_covers_exactly_one_node_of_the_front_ends_tree(rules: Path) -> None:
    """The linker finds a mark by the byte offsets that tree-sitter gives a call: both must agree to the byte."""
    grammar = {"typescript": tree_sitter_typescript.language_typescript, "go": tree_sitter_go.language}
    parser = tree_sitter.Parser(tree_sitter.Language(grammar[_language(rules)]()))
    spans = set()
    todo = [parser.parse(_target(rules).read_bytes()).root_node]
    while todo:
        node = todo.pop()
        spans.add((node.start_byte, node.end_byte))
        todo += node.children
    marks = _marks()[str(_target(rules))]
    assert marks
    assert [mark for mark in marks if (mark.start, mark.end) not in spans] == []
