"""Helm templates: values that the chart's own ``values.yaml`` gives are filled in, the rest is left open."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from skillaudit.configuration import Map, Node, Source, Text, UnreadableError, at
from skillaudit.configurations._events import read_events

_ALONE = re.compile(r"^\s*(?:-\s*)?\{\{-?\s*(.{0,2000}?)\s*-?\}\}\s*$")
_INLINE = re.compile(r"\{\{-?\s*(.{0,500}?)\s*-?\}\}")
_QUOTED = re.compile(r"\{\{-?\s*(?:`([^`]{0,2000})`|\"([^\"\\]{0,200})\")\s*-?\}\}")
"""What a template writes out as it stands, which is how it passes on the templates of others."""
_CONDITION = re.compile(r"^(?P<not>not\s+)?\.Values\.(?P<path>[\w.]{1,200})$")
_VALUE = re.compile(r"^\.Values\.([\w.]{1,200})((?:\s*\|.*)?)$")
_DEFAULT = re.compile(r"\bdefault\s+(?:\"([^\"]*)\"|'([^']*)'|(\d+|true|false))")
_SUBCHART = re.compile(r"^(?:(?P<parent>.+)/)?charts/(?P<name>[^/]+)$")
_IN_CHART = re.compile(r"(?:^|/)templates/")
_RELEASE = {".Release.Name": "release", ".Chart.Name": "chart", ".Release.Namespace": "default"}
_CONTROL = re.compile(r"^(?:if|else|end|range|with|define|block|template|/\*|\$\w+\s*:?=)")
_PRODUCTION = ("values-prod.yaml", "values-production.yaml", "values.prod.yaml", "values.production.yaml")
"""Values that lie over a chart's own where it runs in production."""
OPEN = "${template}"
"""What stands for a value that only Helm could compute."""


def chart_of(source: Source) -> Node | None:
    """The values of the chart that a template belongs to, empty where there are none; None where it is no template."""
    if "{{" not in source.text or not _IN_CHART.search(source.path):
        return None
    folder = "" if source.path.startswith("templates/") else source.path.rpartition("/templates/")[0]
    return _chart_values(source, folder)


def _chart_values(source: Source, folder: str) -> Node:
    """The values of the chart in a folder, below what the chart around it sets for it."""
    text = source.sibling(f"{folder}/values.yaml".lstrip("/"))
    own = Map(1, ()) if text is None else _values(text)
    for name in _PRODUCTION:
        if (text := source.sibling(f"{folder}/{name}".lstrip("/"))) is not None:
            own = _over(own, _values(text))
    parent = _SUBCHART.match(folder)
    if parent is None:
        return own
    around = _chart_values(source, parent["parent"] or "")
    given = [one for one in (at(around, parent["name"]), _shared(around)) if isinstance(one, Map)]
    for one in given:
        own = _over(own, one)
    return own


def _shared(values: Node) -> Node | None:
    """What every sub-chart sees."""
    held = at(values, "global")
    return Map(held.line, (("global", held),)) if held is not None else None


def _over(below: Node, above: Node) -> Node:
    """A tree of values with another one laid over it."""
    if not isinstance(below, Map) or not isinstance(above, Map):
        return above
    known = dict(below.items)
    for key, node in above.items:
        known[key] = _over(known[key], node) if key in known else node
    return Map(below.line, tuple(known.items()))


@lru_cache(8)
def _values(text: str) -> Node:
    try:
        return next(read_events(text, strict=False), Map(1, ()))
    except UnreadableError:  # the file itself is reported where it is read as a document
        return Map(1, ())


def fill(text: str, values: Node | None) -> str:
    """The template as plain YAML, line for line; the text itself where it is none."""
    if values is None:
        return text
    lines: list[str] = []
    kept: list[str] = []
    text = _QUOTED.sub(lambda found: _set_aside(found, kept), text)
    branches = _Branches(values)
    for line in text.split("\n"):
        single = line.count("{{") == 1 and not line.lstrip().startswith("- ")
        alone = _ALONE.match(line) if single else None
        if (alone is not None and branches.turn(alone[1])) or branches.closed:
            lines.append("")
        elif alone is not None:
            if not _CONTROL.match(alone[1]):
                _leave_open(lines)
            lines.append("")
        elif "{{" in line:
            lines.append(_INLINE.sub(lambda found: _filled(found[1], values), line))
        else:
            lines.append(line)
    return _ASIDE.sub(lambda found: kept[int(found[1])], "\n".join(lines))


@dataclass(slots=True)
class _Branches:
    """The conditions around a line, as far as the chart's own values decide them; None where they do not."""

    values: Node
    open: list[bool | None] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        """Whether the line is in a branch that is not taken."""
        return False in self.open

    def turn(self, action: str) -> bool:
        """Whether an action on a line of its own begins, changes or ends a branch, after which that is known."""
        word = action.partition(" ")[0]
        if word == "if":
            self.open.append(self._holds(action.removeprefix("if").strip()))
        elif word in {"range", "with", "define", "block"}:
            self.open.append(None)
        elif word == "else" and self.open:
            before = self.open[-1]
            self.open[-1] = None if before is None or action != "else" else not before
        elif word == "end" and self.open:
            self.open.pop()
        else:
            return False
        return True

    def _holds(self, condition: str) -> bool | None:
        """A value of the chart, or the reverse of one."""
        found = _CONDITION.match(condition)
        held = at(self.values, *found["path"].split(".")) if found is not None else None
        if found is None or not isinstance(held, Text):
            return None
        return (held.text.lower() not in {"", "false", "0"}) is not bool(found["not"])


_ASIDE = re.compile("\ue000(\\d{1,6})\ue001")


def _set_aside(found: re.Match[str], kept: list[str]) -> str:
    """A mark in the place of a text that is written out as it stands; its lines stay lines."""
    held = found[1] if found[1] is not None else found[2]
    if "\n" in held:
        return found[0]
    kept.append(held)
    return f"\ue000{len(kept) - 1}\ue001"


def _leave_open(lines: list[str]) -> None:
    """What a helper would put below the last key is not known."""
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].strip():
            if lines[number].rstrip().endswith(":"):
                lines[number] = f"{lines[number].rstrip()} {OPEN}"
            return


def _filled(expression: str, values: Node) -> str:
    if expression in _RELEASE:
        return _RELEASE[expression]
    if _CONTROL.match(expression):
        return ""
    found = _VALUE.match(expression)
    held = at(values, *found[1].split(".")) if found else None
    if isinstance(held, Text) and held.text and "\n" not in held.text:
        return held.text
    default = _DEFAULT.search(expression)
    return next((one for one in default.groups() if one is not None), OPEN) if default else OPEN
