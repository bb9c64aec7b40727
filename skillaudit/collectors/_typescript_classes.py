"""Classes of JavaScript with fields, methods, decorators and constructor properties."""

from dataclasses import dataclass, field

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._typescript_functions import lower_function, properties, type_text
from skillaudit.collectors._typescript_names import key_text
from skillaudit.collectors._typescript_types import function_type
from skillaudit.collectors._typescript_walk import Expressions, Named, Statements, Walk, parts


@dataclass(slots=True)
class _Members:
    """What a class body declares, as it is found."""

    fields: list[ir.Field] = field(default_factory=list)
    methods: list[ir.Method] = field(default_factory=list)


def _lower_class(at: Walk, node: Node, name: str) -> int:
    index = at.reserve_class()
    decorators = tuple([at.value(decorator) for decorator in _decorators(node)])
    bases = _bases(at, node)
    members = _Members()
    body = node.child_by_field_name("body")
    with at.members_of(index, name or "<anonymous>"):
        pending: list[Node] = []
        for child in parts(body) if body is not None else []:
            pending.append(child)
            if child.type != "decorator":
                at.anchor = pending[0].start_byte
                _member(at, child, members, tuple([at.value(decorator) for decorator in pending[:-1]]))
                pending = []
    at.classes[index] = ir.Class(
        name,
        at.line(node),
        at.end_line(node),
        at.b.number,
        bases,
        decorators,
        tuple(members.fields),
        tuple(members.methods),
    )
    return at.b.add(ir.ClassValue(index))


def _decorators(node: Node) -> list[Node]:
    """Those of an exported class may also stand before ``export``."""
    around = node.parent
    before = around.children_by_field_name("decorator") if around is not None else []
    return [*before, *node.children_by_field_name("decorator")]


def _bases(at: Walk, node: Node) -> tuple[int, ...]:
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    bases: list[int] = []
    for clause in parts(heritage) if heritage is not None else []:
        if clause.type == "extends_clause":
            bases.extend(at.value(value) for value in clause.children_by_field_name("value"))
        elif clause.type == "implements_clause":
            bases.extend(at.value(value) for value in parts(clause))
        else:
            bases.append(at.value(clause))
    return tuple(bases)


def _member(at: Walk, node: Node, members: _Members, decorators: tuple[int, ...]) -> None:
    match node.type:
        case "method_definition":
            _method(at, node, members, decorators)
        case "public_field_definition" | "field_definition":
            _field(at, node, members)
        case "class_static_block":
            at.run(node)
        case "abstract_method_signature" | "method_signature":
            members.fields.append(signature(at, node))
        case "index_signature":
            pass
        case _:
            at.value(node)


def _is_static(node: Node) -> bool:
    return any(child.type == "static" for child in node.children)


def _key(at: Walk, node: Node) -> str:
    key = node.child_by_field_name("name") or node.child_by_field_name("property")
    if key is None:
        return ""
    if key.type == "computed_property_name":
        at.value(key)
    return key_text(at, key)


def _method(at: Walk, node: Node, members: _Members, decorators: tuple[int, ...]) -> None:
    name = _key(at, node)
    if name == "constructor":
        for pattern, annotation in properties(node):
            kind = at.value(annotation) if annotation is not None else NONE
            members.fields.append(
                ir.Field(at.text(pattern), kind, NONE, at.line(pattern), type_text(at, annotation)),
            )
    if any(child.type == "get" for child in node.children):
        decorators = (*decorators, at.b.add(ir.Name("getter", at.line(node))))  # as Python says ``@property``
    members.methods.append(ir.Method(name, lower_function(at, node, name, decorators), _is_static(node)))


def _field(at: Walk, node: Node, members: _Members) -> None:
    name = _key(at, node)
    decorators = tuple([at.value(decorator) for decorator in node.children_by_field_name("decorator")])
    annotation, value = node.child_by_field_name("type"), node.child_by_field_name("value")
    kind = at.value(annotation) if annotation is not None else NONE
    number = at.named(value, name) if value is not None else NONE
    members.fields.append(ir.Field(name, kind, number, at.line(node), type_text(at, annotation), decorators))
    made = at.b.values[number] if number != NONE else None
    if isinstance(made, ir.Closure):
        members.methods.append(ir.Method(name, made.function, _is_static(node)))


def signature(at: Walk, node: Node) -> ir.Field:
    """A property or method that an interface or abstract class only declares."""
    name = _key(at, node)
    annotation = node.child_by_field_name("type") or node.child_by_field_name("return_type")
    if node.type == "property_signature":
        kind = at.value(annotation) if annotation is not None else NONE
    else:
        kind = function_type(at, node, annotation)
    return ir.Field(name, kind, NONE, at.line(node), type_text(at, annotation))


def _value(at: Walk, node: Node) -> int:
    return _named(at, node, "")


def _named(at: Walk, node: Node, name: str) -> int:
    own = node.child_by_field_name("name")
    return _lower_class(at, node, at.text(own) if own is not None else name)


def _declaration(at: Walk, node: Node) -> None:
    name = node.child_by_field_name("name")
    value = _value(at, node)
    if name is not None:
        at.declare(at.text(name), value, at.line(node))


def _static_block(at: Walk, node: Node) -> None:
    body = node.child_by_field_name("body")
    if body is not None:
        at.run(body)


def _decorator(at: Walk, node: Node) -> int:
    inside = parts(node)
    return at.value(inside[0]) if inside else at.b.add(ir.Opaque("decorator", ()))


EXPRESSIONS: Expressions = {"class": _value, "decorator": _decorator}
STATEMENTS: Statements = {
    "class_declaration": _declaration,
    "abstract_class_declaration": _declaration,
    "class_static_block": _static_block,
}
NAMED: Named = {"class": _named}
