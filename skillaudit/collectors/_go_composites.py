"""Lowers Go's composite literals: structs and maps to records, slices and arrays to sequences."""

from dataclasses import dataclass

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._go_types import bare, field_names
from skillaudit.collectors._go_walk import Walk, children

_LISTS = ("slice_type", "array_type", "implicit_length_array_type")


@dataclass(slots=True)
class _Shape:
    """The type of a literal: its definition as far as the file shows it, and the value that names it (-1: elided)."""

    definition: Node | None
    made_of: int


def _shape(walk: Walk, node: Node | None) -> _Shape:
    if node is None:
        return _Shape(None, NONE)
    node = bare(node)
    definition = walk.types.get(walk.src.text(node), node) if node.type == "type_identifier" else node
    return _Shape(definition, walk.value(node))


def _composite(walk: Walk, node: Node) -> int:
    shape = _shape(walk, node.child_by_field_name("type"))
    body = node.child_by_field_name("body")
    return _filled(walk, body if body is not None else node, shape)


def _filled(walk: Walk, body: Node, shape: _Shape) -> int:
    kind = shape.definition.type if shape.definition else ""
    if shape.definition is not None and kind in _LISTS:
        return _sequence(walk, body, _shape(walk, shape.definition.child_by_field_name("element")))
    value_type = shape.definition.child_by_field_name("value") if shape.definition and kind == "map_type" else None
    names = field_names(walk, shape.definition) if shape.definition and kind == "struct_type" else []
    inner = _shape(walk, value_type)
    entries = []
    for position, element in enumerate(children(body)):
        key_node, value_node = _parts(element)
        if key_node is None:
            key = names[position] if position < len(names) else ""
        else:
            key = _key(walk, key_node, is_map=kind == "map_type")
        line = walk.line(value_node)
        value = _element(walk, value_node, inner, key)
        entries.append(ir.Entry(key, value, line=line if line != walk.line(body) else 0))
    return walk.b.add(ir.Record(tuple(entries), walk.line(body), shape.made_of))


def _sequence(walk: Walk, body: Node, inner: _Shape) -> int:
    numbers = []
    for element in children(body):
        key_node, value_node = _parts(element)
        if key_node is not None:
            walk.value(key_node)
        numbers.append(_element(walk, value_node, inner, ""))
    return walk.b.add(ir.Sequence(tuple(numbers)))


def _parts(element: Node) -> tuple[Node | None, Node]:
    """Key (if any) and value of one element, without the nodes around them."""
    if element.type != "keyed_element":
        return None, _unwrapped(element)
    inside = children(element)
    return _unwrapped(inside[0]), _unwrapped(inside[-1])


def _unwrapped(node: Node) -> Node:
    inside = children(node) if node.type == "literal_element" else []
    return inside[0] if inside else node


def _key(walk: Walk, node: Node, *, is_map: bool) -> str:
    """A field's name, or a map's key where its value shows."""
    if node.type == "identifier" and not is_map:
        return walk.src.text(node)
    if node.type == "literal_value":
        _filled(walk, node, _Shape(None, NONE))
        return ""
    value = walk.b.values[walk.value(node)]
    while isinstance(value, ir.Variable):
        value = walk.b.values[value.value]
    return value.text if isinstance(value, ir.Literal) else ""


def _element(walk: Walk, node: Node, shape: _Shape, name: str) -> int:
    """An element; its type may be left out where the literal around it tells."""
    return _filled(walk, node, shape) if node.type == "literal_value" else walk.named(node, name)


VALUES = {"composite_literal": _composite}
