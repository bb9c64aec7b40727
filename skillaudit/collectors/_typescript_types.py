"""Type annotations of TypeScript as values: nothing of them is evaluated."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.collectors._typescript_walk import Expressions, Walk, parts


def _inner(at: Walk, node: Node) -> int:
    inside = parts(node)
    return at.value(inside[0]) if inside else at.b.add(ir.Opaque(node.type, ()))


def _name(at: Walk, node: Node) -> int:
    return at.b.read(at.text(node), at.line(node))


def _predefined(at: Walk, node: Node) -> int:
    return at.b.add(ir.Name(at.text(node), at.line(node)))


def _nested(at: Walk, node: Node) -> int:
    inside = parts(node)
    base = at.value(inside[0])
    for name in inside[1:]:
        base = at.b.add(ir.Member(base, at.text(name), at.line(node)))
    return base


def _generic(at: Walk, node: Node) -> int:
    base, *arguments = parts(node)
    line = at.line(node)
    keys = [at.value(argument) for listed in arguments for argument in parts(listed)]
    key = keys[0] if len(keys) == 1 else at.b.add(ir.Sequence(tuple(keys)))
    return at.b.add(ir.Item(at.value(base), key, line))


def _array(at: Walk, node: Node) -> int:
    line = at.line(node)
    return at.b.add(ir.Item(at.b.add(ir.Name("Array", line)), _inner(at, node), line))


def _alternatives(at: Walk, node: Node) -> int:
    """``A | B | C`` nests to the left, once per member: large enumerations would exhaust the stack."""
    operator, members = "|" if node.type == "union_type" else "&", []
    pending: list[Node] = [node]
    while pending:
        current = pending.pop()
        if current.type == node.type:
            pending.extend(parts(current))
        else:
            members.append(current)
    return at.b.add(ir.Operation(operator, tuple([at.value(member) for member in reversed(members)])))


def _tuple(at: Walk, node: Node) -> int:
    return at.b.add(ir.Sequence(tuple([at.value(part) for part in parts(node)])))


def _tuple_parameter(at: Walk, node: Node) -> int:
    annotation = node.child_by_field_name("type")
    return at.value(annotation) if annotation is not None else _inner(at, node)


def function_type(at: Walk, node: Node, result: Node | None) -> int:
    """A function's type: those of its parameters, and what it gives where that is said."""
    listed = node.child_by_field_name("parameters")
    declared = [one.child_by_field_name("type") for one in (parts(listed) if listed is not None else ())]
    params = [at.b.add(ir.Opaque("untyped", ())) if one is None else at.value(one) for one in declared]
    given = () if result is None else (at.value(result),)
    return at.b.add(ir.Opaque("function type", (at.b.add(ir.Sequence(tuple(params))), *given)))


def _function(at: Walk, node: Node) -> int:
    return function_type(at, node, node.child_by_field_name("return_type") or node.child_by_field_name("type"))


def _lookup(at: Walk, node: Node) -> int:
    inside = parts(node)
    if len(inside) != 2:  # noqa: PLR2004 - a type and its key; an error may stand between them
        return at.opaque(node)
    base, key = inside
    return at.b.add(ir.Item(at.value(base), at.value(key), at.line(node)))


def _operator(at: Walk, node: Node) -> int:
    return at.b.add(ir.Operation(at.text(node.children[0]), (_inner(at, node),)))


def _this(at: Walk, _node: Node) -> int:
    return at.b.add(ir.Receiver())


def _leaf(at: Walk, node: Node) -> int:
    return at.b.add(ir.Opaque(node.type.replace("_", " "), ()))


EXPRESSIONS: Expressions = {
    **dict.fromkeys(
        ("type_annotation", "literal_type", "parenthesized_type", "readonly_type", "optional_type", "rest_type"), _inner
    ),
    **dict.fromkeys(("opting_type_annotation", "omitting_type_annotation", "adding_type_annotation"), _inner),
    **dict.fromkeys(("type_identifier", "statement_identifier"), _name),
    **dict.fromkeys(("nested_type_identifier", "nested_identifier"), _nested),
    **dict.fromkeys(("union_type", "intersection_type"), _alternatives),
    **dict.fromkeys(("required_parameter", "optional_parameter"), _tuple_parameter),
    **dict.fromkeys(
        ("function_type", "constructor_type", "method_signature", "call_signature", "construct_signature"), _function
    ),
    **dict.fromkeys(("type_query", "index_type_query"), _operator),
    **dict.fromkeys(
        (
            "asserts_annotation",
            "conditional_type",
            "existential_type",
            "infer_type",
            "template_literal_type",
            "type_arguments",
            "type_parameters",
            "type_predicate_annotation",
        ),
        _leaf,
    ),
    "array_type": _array,
    "generic_type": _generic,
    "lookup_type": _lookup,
    "predefined_type": _predefined,
    "this_type": _this,
    "tuple_type": _tuple,
}
