"""Lowers Go's types: type expressions to values, struct and interface types to classes, types to their zero values."""

from collections.abc import Iterator

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._go_names import NUMBERS, cut
from skillaudit.collectors._go_walk import Draft, Walk, children

_BASIC = {
    "string": ir.Literal("str", ""),
    "bool": ir.Literal("bool", "false"),
    "error": ir.Literal("null", "nil"),
    "any": ir.Literal("null", "nil"),
} | dict.fromkeys(NUMBERS, ir.Literal("num", "0"))

_WRAPPERS = ("pointer_type", "generic_type", "parenthesized_type", "negated_type")


def bare(node: Node) -> Node:
    """A type without its pointers and type arguments."""
    while node.type in _WRAPPERS and node.named_child_count:
        node = children(node)[0]
    return node


def zero(walk: Walk, node: Node) -> int:
    """What a variable of this type holds before anything is assigned; what may be, or point to, a struct names it."""
    builder, kind = walk.b, node.type
    if kind == "type_identifier" and (name := walk.src.text(node)) in _BASIC and not walk.is_local(name):
        return builder.add(_BASIC[name])
    if kind in {"slice_type", "array_type"}:
        return builder.add(ir.Sequence(()))
    if kind in {"function_type", "channel_type"}:
        return builder.add(ir.Literal("null", "nil"))
    return builder.add(ir.Record((), walk.line(node), walk.value(bare(node))))


# --- type expressions


def _name(walk: Walk, node: Node) -> int:
    return walk.b.read(walk.src.text(node), walk.line(node))


def _qualified(walk: Walk, node: Node) -> int:
    package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
    base = _name(walk, package or node)
    return walk.b.add(ir.Member(base, walk.src.text(name or node), walk.line(node)))


def _single(walk: Walk, node: Node) -> int:
    """A pointer or parenthesis around a type; a constraint is the union of its parts."""
    numbers = [walk.value(child) for child in children(node)]
    return numbers[0] if len(numbers) == 1 else walk.b.add(ir.Operation("|", tuple(numbers)))


def _generic(walk: Walk, node: Node) -> int:
    arguments = node.child_by_field_name("type_arguments")
    base = walk.value(node.child_by_field_name("type"))
    return _applied(walk, node, base, children(arguments) if arguments else [])


def _applied(walk: Walk, node: Node, base: int, arguments: list[Node]) -> int:
    numbers = tuple(walk.value(argument) for argument in arguments)
    key = numbers[0] if len(numbers) == 1 else walk.b.add(ir.Sequence(numbers))
    return walk.b.add(ir.Item(base, key, walk.line(node)))


def _container(walk: Walk, node: Node) -> int:
    """``[]T``, ``map[K]V`` and ``chan T`` are written as if they were generic types of these names."""
    name = {"map_type": "map", "channel_type": "chan"}.get(node.type, "[]")
    base = walk.b.add(ir.Name(name, walk.line(node)))
    fields = ("key", "value") if name == "map" else ("value",) if name == "chan" else ("element",)
    parts = (node.child_by_field_name(part) for part in fields)
    return _applied(walk, node, base, [part for part in parts if part is not None])


def parameter_types(node: Node | None) -> Iterator[Node]:
    """The type of each parameter or result, once for each name."""
    for declaration in children(node) if node is not None else ():
        type_node = declaration.child_by_field_name("type")
        if type_node is not None:
            names = [name for name in declaration.children_by_field_name("name") if name.is_named]
            yield from [type_node] * max(1, len(names))


def result_type(walk: Walk, node: Node) -> int:
    """What a function of this signature returns: one type, a sequence of them, or -1."""
    result = node.child_by_field_name("result")
    if result is None:
        return NONE
    if result.type != "parameter_list":
        return walk.value(result)
    numbers = tuple(walk.value(part) for part in parameter_types(result))
    return numbers[0] if len(numbers) == 1 else walk.b.add(ir.Sequence(numbers))


def _signature(walk: Walk, node: Node) -> int:
    """A function's type: its children are the sequence of parameter types and, if any, the result type."""
    parameters = parameter_types(node.child_by_field_name("parameters"))
    numbers = walk.b.add(ir.Sequence(tuple(walk.value(part) for part in parameters)))
    result = result_type(walk, node)
    return walk.b.add(ir.Opaque("function_type", (numbers,) if result == NONE else (numbers, result)))


# --- structs and interfaces


def field_names(walk: Walk, node: Node) -> list[str]:
    """A struct's fields in order, as positional literals fill them."""
    return [name for declaration in _fields(node) for name in _declared(walk, declaration)]


def _fields(node: Node) -> list[Node]:
    lists = [child for child in node.named_children if child.type == "field_declaration_list"]
    return [child for group in lists for child in children(group) if child.type == "field_declaration"]


def _declared(walk: Walk, declaration: Node) -> list[str]:
    names = [walk.src.text(name) for name in declaration.children_by_field_name("name") if name.is_named]
    type_node = declaration.child_by_field_name("type")
    return names or [walk.src.text(bare(type_node or declaration)).rpartition(".")[2]]


def _struct(walk: Walk, node: Node, draft: Draft) -> None:
    fields: list[ir.Field] = []
    for declaration in _fields(node):
        type_node, tag = declaration.child_by_field_name("type"), declaration.child_by_field_name("tag")
        number, text = walk.value(type_node), cut(walk.src.text(type_node)) if type_node else ""
        text = f"{text} {walk.src.text(tag)}" if tag else text
        line = walk.line(declaration)
        if declaration.child_by_field_name("name") is None:
            draft.bases = (*draft.bases, number)
        fields += [ir.Field(name, number, NONE, line, text) for name in _declared(walk, declaration)]
    draft.fields = tuple(fields)


def _interface(walk: Walk, node: Node, draft: Draft) -> None:
    """Methods without a body are fields that hold functions; what is embedded is a base."""
    fields = []
    for member in children(node):
        name = member.child_by_field_name("name")
        if member.type == "method_elem" and name is not None:
            text = cut("func" + walk.src.code[name.end_byte : member.end_byte].decode("utf-8", "replace"))
            fields.append(ir.Field(walk.src.text(name), _signature(walk, member), NONE, walk.line(member), text))
        else:
            draft.bases = (*draft.bases, walk.value(member))
    draft.fields = tuple(fields)


def draft_of(walk: Walk, name: str, node: Node) -> int:
    """A new class for a type's definition; ``describe`` fills it."""
    kind = {"struct_type": "struct", "interface_type": "interface"}.get(node.type, "type")
    walk.classes.append(Draft(name, walk.line(node), walk.end_line(node), walk.b.number, kind))
    return len(walk.classes) - 1


def describe(walk: Walk, index: int, node: Node) -> None:
    """Fill a class from the type's definition: another type than a struct or an interface is its base."""
    draft = walk.classes[index]
    match draft.kind:
        case "struct":
            _struct(walk, node, draft)
        case "interface":
            _interface(walk, node, draft)
        case _:
            draft.bases = (walk.value(node),)


def _anonymous(walk: Walk, node: Node) -> int:
    """A struct or interface type without a name; it may be read twice (parameters, zero values)."""
    if node.type == "interface_type" and not children(node):
        return walk.b.add(ir.Name("any", walk.line(node)))
    if node.type == "struct_type" and not _fields(node):
        return walk.b.add(ir.Opaque("struct_type", ()))
    index = walk.reserved.get(node.start_byte)
    if index is None:
        index = walk.reserved[node.start_byte] = draft_of(walk, "", node)
        describe(walk, index, node)
    return walk.b.add(ir.ClassValue(index))


# --- declarations


def _type_spec(walk: Walk, node: Node) -> None:
    name, definition = node.child_by_field_name("name"), node.child_by_field_name("type")
    if name is None or definition is None:
        return
    text = walk.src.text(name)
    index = walk.reserved.get(node.start_byte)
    if index is None:
        index = draft_of(walk, text, definition)
        walk.declare(text, walk.b.add(ir.ClassValue(index)), walk.line(name))
    describe(walk, index, definition)


def _type_alias(walk: Walk, node: Node) -> None:
    name = node.child_by_field_name("name")
    number = walk.value(node.child_by_field_name("type"))
    if name is not None:
        walk.declare(walk.src.text(name), number, walk.line(name))


def _group(walk: Walk, node: Node) -> None:
    for child in children(node):
        walk.run(child)


VALUES = {
    "type_identifier": _name,
    "package_identifier": _name,
    "qualified_type": _qualified,
    "generic_type": _generic,
    "slice_type": _container,
    "array_type": _container,
    "implicit_length_array_type": _container,
    "map_type": _container,
    "channel_type": _container,
    "function_type": _signature,
    "struct_type": _anonymous,
    "interface_type": _anonymous,
    "pointer_type": _single,
    "parenthesized_type": _single,
    "negated_type": _single,
    "type_elem": _single,
    "type_constraint": _single,
}
STATEMENTS = {"type_declaration": _group, "type_spec": _type_spec, "type_alias": _type_alias}
