"""FastMCP's route maps: which operations become tools, and which resources or nothing."""

import re
from typing import Final

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.scene import Scene
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.operations import Operation
from skillaudit.linking.registrations.toolbox import Toolbox

_KINDS: Final = {"TOOL", "RESOURCE", "RESOURCE_TEMPLATE", "EXCLUDE", "IGNORE"}
_CHEAP: Final = re.compile(r"(?:[\w/\-: ]|\\[./{}\-dw]|[{}](?!\d)|\^|\$|\.\*|\.\+|\||\\w\+|\\d\+|\[\^/\]\+)*")
_REPEATS: Final = 3
_MOST: Final = 100
_LONGEST: Final = 120


class RouteMap(msgspec.Struct, frozen=True):
    """One rule: what operations it is for, and what it makes of them (``TOOL``, ``RESOURCE``, ``EXCLUDE`` …)."""

    kind: str
    pattern: re.Pattern[str]
    methods: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def fits(self, operation: Operation) -> bool:
        """Whether the rule is for the operation."""
        return (
            (not self.methods or operation.method in self.methods)
            and self.tags <= set(operation.tags)
            and self.pattern.search(operation.path[:_LONGEST]) is not None
        )


class RouteMaps(msgspec.Struct, frozen=True):
    """Rules in their order; what none is for becomes a tool."""

    rules: tuple[RouteMap, ...] = ()

    def makes_tool(self, operation: Operation) -> bool:
        """Whether the operation becomes a tool."""
        return next((rule.kind == "TOOL" for rule in self.rules if rule.fits(operation)), True)


def route_maps(box: Toolbox, fn: Fn, call: ir.Call) -> RouteMaps | None:
    """The rules that a call gives; None where they, or a function that decides, cannot be read."""
    if box.keyword(fn, call, "route_map_fn") is not None:
        return None
    given = box.keyword(fn, call, "route_maps")
    if given is None:
        return RouteMaps()
    found = [_rule(box, held, scene) for held, scene in box.scenes.elements(given) if isinstance(held, At)]
    rules = [rule for rule in found if rule is not None]
    return RouteMaps(tuple(rules)) if 0 < len(rules) == len(found) <= _MOST else None


def _rule(box: Toolbox, at: At, scene: Scene) -> RouteMap | None:
    value = box.program.value(at)
    if not isinstance(value, ir.Call):
        return None
    fn = Fn(at.module, at.function)
    kind_at = box.keyword(fn, value, "mcp_type", "route_type")
    kind = box.origins.name_of(kind_at) if kind_at is not None else ""
    pattern_at = box.keyword(fn, value, "pattern")
    pattern = next((text for text, _ in box.scenes.texts(pattern_at, scene)), "") if pattern_at is not None else ".*"
    cheap = _CHEAP.fullmatch(pattern) and pattern.count("*") + pattern.count("+") <= _REPEATS
    methods = _texts(box, box.keyword(fn, value, "methods"))
    tags = _texts(box, box.keyword(fn, value, "tags"))
    if kind not in _KINDS or not pattern or not cheap or methods is None or tags is None:
        return None
    try:
        held = re.compile(pattern)
    except re.error:
        return None
    return RouteMap(kind, held, frozenset(method.lower() for method in methods - {"*"}), tags)


def _texts(box: Toolbox, at: At | None) -> frozenset[str] | None:
    """The constant texts of a list, or the one text; None where some are not known."""
    if at is None:
        return frozenset()
    whole = box.texts.one(at)
    if whole:
        return frozenset((whole,))
    elements = [[text for text, _ in box.scenes.read([seen])] for seen in box.scenes.elements(at)]
    return frozenset(text for texts in elements for text in texts) if elements and all(elements) else None
