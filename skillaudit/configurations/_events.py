"""YAML, and JSON as its subset, from parser events: no object is built that the text does not spell out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from skillaudit.configuration import MAX_DEPTH, MAX_NODES, List, Map, Node, Text, UnreadableError, Unresolved

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml's parser where the wheel has it; only its events are used, so nothing is constructed."""
_DEFAULT = re.compile(r"\$\{\w{1,100}:?-([^${}]{0,500})\}")
_OPEN = re.compile(r"\$\{|\{\{|\$\(")
_REFERENCES = {"!Ref", "!GetAtt", "!Sub", "!ImportValue", "!If", "!Join", "!FindInMap", "!Select", "!reference"}
_NULLS = {"", "~", "null", "Null", "NULL"}


def scalar(line: int, value: str) -> Node:
    """A text, with the defaults of its variables filled in; unresolved where a variable has none."""
    if "${" in value:
        value = _DEFAULT.sub(r"\1", value)
    return Unresolved(line, value) if _OPEN.search(value) else Text(line, value)


def read_events(text: str, *, strict: bool) -> Iterator[Node]:
    """The documents of a YAML text.

    Args:
        text: YAML or JSON.
        strict: whether a key that comes twice in a map is an error; templates repeat keys in their branches.

    Raises:
        UnreadableError: it is no YAML, nested too deeply, or stands for more than it should.
    """
    builder = _Builder(strict=strict)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            done = builder.take(event)
            if done is not None:
                yield done
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise UnreadableError(f"no valid YAML{where}") from None


@dataclass(slots=True)
class _Open:
    """A list or map under way. ``key`` is the name that waits for its value."""

    line: int
    anchor: str | None
    tag: str | None
    mapping: bool
    items: list[Node] = field(default_factory=list)
    named: list[tuple[str, Node]] = field(default_factory=list)
    merged: list[Node] = field(default_factory=list)
    key: str | None = None
    weight: int = 1


@dataclass(slots=True)
class _Builder:
    strict: bool
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    weight: int = 0

    def take(self, event: yaml.Event) -> Node | None:
        """Add an event; the document's root once it is complete."""
        match event:
            case yaml.DocumentStartEvent():
                self.anchors.clear()
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(self.stack) >= MAX_DEPTH:
                    raise UnreadableError(f"nested more than {MAX_DEPTH} levels deep")
                mapping = isinstance(event, yaml.MappingStartEvent)
                self.stack.append(_Open(_line(event), event.anchor, event.tag, mapping))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                done = self.stack.pop()
                return self._put(_closed(done, strict=self.strict), done.weight, done.anchor)
            case yaml.ScalarEvent():
                return self._put(_scalar(event), 1, event.anchor)
            case yaml.AliasEvent():
                held = self.anchors.get(event.anchor or "")
                if held is None:
                    raise UnreadableError("an alias to itself or to nothing")
                return self._put(*held, None)
            case _:
                pass
        return None

    def _put(self, node: Node, weight: int, anchor: str | None) -> Node | None:
        """Place a finished node into what is open."""
        if anchor is not None:
            self.anchors[anchor] = (node, weight)
        if weight > MAX_NODES or len(self.anchors) > MAX_NODES:
            raise UnreadableError("its aliases stand for too many nodes")
        if not self.stack:
            return node
        top = self.stack[-1]
        top.weight += weight
        if top.weight > MAX_NODES:
            raise UnreadableError("holds or stands for too many nodes")
        if not top.mapping:
            top.items.append(node)
        elif top.key is None:
            top.key = node.text if isinstance(node, Text | Unresolved) else "?"
        else:
            self._name(top, top.key, node)
            top.key = None
        return None

    @staticmethod
    def _name(top: _Open, key: str, node: Node) -> None:
        if key == "<<":
            top.merged += node.items if isinstance(node, List) else (node,)
        else:
            top.named.append((key, node))


def _closed(done: _Open, *, strict: bool) -> Node:
    if not done.mapping:
        if done.tag in _REFERENCES:
            return Unresolved(done.line, ".".join(item.text for item in done.items if isinstance(item, Text)))
        return List(done.line, tuple(done.items))
    own = {key for key, _ in done.named}
    if strict and len(own) != len(done.named):
        raise UnreadableError(f"a key comes twice in the map of line {done.line}")
    extra: dict[str, Node] = {}
    for merged in done.merged:
        for key, node in merged.items if isinstance(merged, Map) else ():
            if key not in own:
                extra.setdefault(key, node)
    return Map(done.line, (*done.named, *extra.items()))


def _scalar(event: yaml.ScalarEvent) -> Node:
    line = _line(event)
    if event.tag in _REFERENCES and (event.tag != "!Sub" or "${" in event.value):
        return Unresolved(line, event.value)
    return Text(line, "") if not event.style and event.value in _NULLS else scalar(line, event.value)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1
