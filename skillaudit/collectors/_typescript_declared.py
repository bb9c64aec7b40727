"""Interfaces, type aliases, enumerations, namespaces and ambient declarations of TypeScript."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._typescript_classes import signature
from skillaudit.collectors._typescript_names import key_text
from skillaudit.collectors._typescript_walk import Expressions, Statements, Walk, parts

_SIGNATURES = frozenset({"property_signature", "method_signature"})
_AMBIENT_TYPES = frozenset({"interface_declaration", "type_alias_declaration", "enum_declaration"})


def _record_type(at: Walk, node: Node, name: str, body: Node, bases: tuple[int, ...]) -> int:
    index = at.reserve_class()
    fields = tuple([signature(at, child) for child in parts(body) if child.type in _SIGNATURES])
    lines = at.line(node), at.end_line(node)
    at.classes[index] = ir.Class(name, *lines, at.b.number, bases, (), fields, (), "interface")
    return at.b.add(ir.ClassValue(index))


def _object_type(at: Walk, node: Node) -> int:
    return _record_type(at, node, "", node, ())


def _interface(at: Walk, node: Node) -> None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return
    extends = [child for child in node.named_children if child.type == "extends_type_clause"]
    bases = tuple([at.value(base) for clause in extends for base in clause.children_by_field_name("type")])
    value = _record_type(at, node, at.text(name), body, bases)
    _declare_type(at, name, value)


def _alias(at: Walk, node: Node) -> None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None or value is None:
        return
    if value.type == "object_type":
        _declare_type(at, name, _record_type(at, node, at.text(name), value, ()))
    else:
        _declare_type(at, name, at.value(value))


def _declare_type(at: Walk, name: Node, value: int) -> None:
    at.frame.types[at.text(name)] = (value, at.line(name))


def _enum(at: Walk, node: Node) -> None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return
    index = at.reserve_class()
    fields = []
    for child in parts(body):
        value = child.child_by_field_name("value")
        number = at.value(value) if value is not None else NONE
        fields.append(ir.Field(key_text(at, child.child_by_field_name("name") or child), NONE, number, at.line(child)))
    lines = at.line(node), at.end_line(node)
    at.classes[index] = ir.Class(at.text(name), *lines, at.b.number, (), (), tuple(fields), (), "enum")
    at.declare(at.text(name), at.b.add(ir.ClassValue(index)), at.line(node))


def _namespace(at: Walk, node: Node) -> None:
    """Its body runs where it stands; what it exports is the namespace's value."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None or name.type == "string":
        if body is not None:
            _ambient_types(at, body)
        return
    frame = at.frame
    outer, path = frame.exports, frame.path
    frame.exports, frame.path = [], at.qualified(at.text(name))
    with at.scope():
        at.run_all(parts(body))
    entries = tuple([ir.Entry(exported, frame.local(local, line)) for exported, local, line in frame.exports])
    frame.exports, frame.path = outer, path
    at.declare(at.text(name), at.b.add(ir.Record(entries, at.line(node))), at.line(node))


def _namespace_value(at: Walk, node: Node) -> int:
    _namespace(at, node)
    return at.b.add(ir.Opaque("namespace", ()))


def _ambient(at: Walk, node: Node) -> None:
    """``declare`` describes code that stands elsewhere: only its types are of use."""
    _ambient_types(at, node)


def _ambient_types(at: Walk, node: Node) -> None:
    for child in parts(node):
        inner = child.child_by_field_name("declaration") if child.type == "export_statement" else child
        if inner is not None and inner.type in _AMBIENT_TYPES:
            at.run(inner)


EXPRESSIONS: Expressions = {"object_type": _object_type, "internal_module": _namespace_value}
STATEMENTS: Statements = {
    "ambient_declaration": _ambient,
    "enum_declaration": _enum,
    "interface_declaration": _interface,
    "module": _namespace,
    "type_alias_declaration": _alias,
}
