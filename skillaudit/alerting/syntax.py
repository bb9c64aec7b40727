"""What Prometheus refuses in a file of rules: none of its rules is loaded then."""

import re
from collections.abc import Iterator

from skillaudit.configuration import List, Map, Node, Text, Unresolved, at, children, pairs, raw
from skillaudit.configurations._templates import OPEN

_GROUP = {
    "name", "interval", "limit", "rules", "query_offset", "labels", "partial_response_strategy", "source_tenants",
    "evaluation_delay", "align_evaluation_time_on_interval", "remote_write", "namespace",
}  # fmt: skip
_RULE = {"record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"}
_ALERT_ONLY = ("for", "keep_firing_for", "annotations")
_DURATION = re.compile(r"^(?:(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?|0)$")
_LABEL = re.compile(r"^[a-zA-Z_]\w*$", re.ASCII)
_METRIC = re.compile(r"^[a-zA-Z_:][\w:]*$", re.ASCII)
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`")
_RANGE = re.compile(r"\[([^\[\]]*)\]")
_ENDS = re.compile(r"(?:[-+*/%^(,]|[<>=!]=?|\b(?:and|or|unless|by|without|on|offset))\s*$", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}


def problems(groups: Node | None) -> Iterator[str]:
    """Why the groups of a file would not be loaded, the first reason of each place; nothing where all is well."""
    names: set[str] = set()
    for group in children(groups):
        if isinstance(group, Unresolved):
            continue
        name = raw(group, "name")
        if not name:
            yield f"a group without name, line {group.line}"
        elif name in names and OPEN not in name:
            yield f"two groups of one name, line {group.line}"
        names.add(name)
        yield from _unknown(group, _GROUP)
        yield from _duration(group, "interval")
        for rule in children(group, "rules"):
            yield from (f"{reason}, line {rule.line}" for reason in _rule(rule))


def _unknown(node: Node, known: set[str]) -> Iterator[str]:
    yield from (f"unknown field, line {node.line}" for key, _ in pairs(node) if key not in known)


def _duration(node: Node, key: str) -> Iterator[str]:
    held = at(node, key)
    written = raw(held)
    if held is not None and written and OPEN not in written and not _DURATION.match(written):
        yield f"{key} is no duration, line {held.line}"


def _rule(rule: Node) -> Iterator[str]:
    if isinstance(rule, Unresolved) or rule == Text(rule.line, ""):
        return
    if not isinstance(rule, Map):
        yield "a rule that is no map"
        return
    recorded, alert, expr = raw(rule, "record"), raw(rule, "alert"), raw(rule, "expr")
    if bool(recorded) == bool(alert):
        yield "a rule must either record or alert"
    if not expr.strip():
        yield "a rule without expression"
    elif OPEN not in expr:
        yield from _expression(expr)
    if recorded and any(at(rule, key) is not None for key in _ALERT_ONLY):
        yield "a recording rule has fields of an alert"
    if recorded and OPEN not in recorded and not _METRIC.match(recorded):
        yield "a recorded name is no metric"
    yield from _unknown(rule, _RULE)
    for key in ("for", "keep_firing_for"):
        yield from _duration(rule, key)
    yield from _texts(rule)


def _texts(rule: Node) -> Iterator[str]:
    """Labels and annotations: their names, and templates that are not closed."""
    for key in ("labels", "annotations"):
        if isinstance(at(rule, key), List):
            yield f"{key} must be a map"
        for name, value in pairs(rule, key):
            if OPEN not in name and (not _LABEL.match(name) or (key == "labels" and name == "__name__")):
                yield f"a name in {key} is not allowed"
            if raw(value).count("{{") != raw(value).count("}}"):
                yield f"a template in {key} is not closed"


def _expression(text: str) -> Iterator[str]:
    """Brackets, quotes, ranges and what cannot stand at the end; the rest of the language is Prometheus's to know."""
    bare = _QUOTED.sub("''", re.sub(r"#[^\n\"'`]*$", "", text, flags=re.MULTILINE))
    held: list[str] = []
    for letter in bare:
        if letter in "([{":
            held.append(letter)
        elif letter in _CLOSING and (not held or held.pop() != _CLOSING[letter]):
            yield "brackets of an expression do not match"
            return
    if held:
        yield "a bracket of an expression is not closed"
    if re.search(r"[\"`]|(?<!')'(?!')", bare.replace("''", "")):
        yield "a quote of an expression is not closed"
    if _ENDS.search(bare.strip()):
        yield "an expression ends with an operator"
    for window in _RANGE.findall(bare):
        parts = window.strip().split(":", 1)
        if not parts[0].strip() or ("$" not in window and not all(_DURATION.match(one.strip()) for one in parts)):
            yield "a range of an expression is no duration"
