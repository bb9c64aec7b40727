"""Lowers Go's functions, methods and function literals: signature, receiver, named results, body."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE, FunctionBuilder, Header
from skillaudit.collectors._go_names import cut
from skillaudit.collectors._go_types import bare, result_type, zero
from skillaudit.collectors._go_walk import Draft, Walk, children


def _names(node: Node) -> list[Node]:
    return [name for name in node.children_by_field_name("name") if name.is_named]


def _parameters(walk: Walk, node: Node) -> list[tuple[ir.Parameter, int]]:
    """The declared parameters and their lines; their types are values of the enclosing function."""
    group = node.child_by_field_name("parameters")
    found = []
    for declaration in children(group) if group else ():
        type_node = declaration.child_by_field_name("type")
        number = walk.value(type_node)
        text = cut(walk.src.text(type_node)) if type_node else ""
        kind = "rest" if declaration.type == "variadic_parameter_declaration" else "plain"
        names = [walk.src.text(name) for name in _names(declaration)] or [""]
        found += [(ir.Parameter(name, kind, number, NONE, text), walk.line(declaration)) for name in names]
    return found


def _results(walk: Walk, node: Node) -> list[tuple[str, Node]]:
    group = node.child_by_field_name("result")
    if group is None or group.type != "parameter_list":
        return []
    found = []
    for declaration in children(group):
        type_node = declaration.child_by_field_name("type")
        if type_node is not None:
            found += [(walk.src.text(name), type_node) for name in _names(declaration)]
    return found


def _type_parameters(walk: Walk, node: Node) -> None:
    group = node.child_by_field_name("type_parameters")
    for declaration in children(group) if group else ():
        number = walk.value(declaration.child_by_field_name("type"))
        for name in _names(declaration):
            walk.declare(
                walk.src.text(name), walk.b.add(ir.Opaque("type_parameter", (number,))), walk.line(declaration)
            )


def _bind_receiver(walk: Walk, builder: FunctionBuilder, name: Node) -> None:
    """The receiver is itself wherever its name is read, in closures too."""
    number = builder.add(ir.Receiver())
    text = walk.src.text(name)
    builder.env[text] = number
    builder.bound[text] = (number, walk.line(name))


def _qualified(walk: Walk, name: str, owner: int) -> str:
    if owner != NONE:
        return f"{walk.classes[owner].name}.{name}"
    frame = walk.frame
    if not name:
        frame.closures += 1
        name = f"func{frame.closures}"
    parent = frame.builder.header
    return name if parent.parent == NONE else f"{parent.qualname}.{name}"


def define(walk: Walk, node: Node, number: int, name: str, owner: int = NONE) -> None:
    """Lower a function into the place ``number``."""
    parameters = _parameters(walk, node)
    header = Header(
        name, _qualified(walk, name, owner), walk.line(node), walk.end_line(node), node.start_byte, node.end_byte,
        tuple(parameter for parameter, _ in parameters), (), walk.b.number, owner, returns=result_type(walk, node),
        doc=walk.docs.get(node.start_byte, ""),
    )  # fmt: skip
    results = _results(walk, node)
    with walk.inside(number, header, tuple(text for text, _ in results)) as builder:
        _type_parameters(walk, node)
        receiver = node.child_by_field_name("receiver")
        for declaration in children(receiver) if receiver else ():
            for written in _names(declaration):
                _bind_receiver(walk, builder, written)
        for index, (parameter, line) in enumerate(parameters):
            if parameter.name:
                walk.declare(parameter.name, builder.add(ir.Param(index)), line)
        for text, type_node in results:
            walk.declare(text, zero(walk, type_node), walk.line(type_node))
        body = node.child_by_field_name("body")
        if body is not None:
            _body(walk, body)


def _body(walk: Walk, body: Node) -> None:
    """The parameters stand in the same block as the body's own declarations."""
    for statement in children(body):
        walk.run(statement)
    if body.has_error:
        walk.recover(body)


def doc_of(walk: Walk, comments: list[Node]) -> str:
    """The text of the comments above a declaration, without directives such as ``//go:embed``."""
    texts = [walk.src.text(comment) for comment in comments]
    lines = [
        text.removeprefix("//").removeprefix("/*").removesuffix("*/").strip() for text in texts if text[2:5] != "go:"
    ]
    return "\n".join(lines).strip()


def owner_of(walk: Walk, node: Node) -> int:
    """The class of a method's receiver; a type of another file of the package gets an entry to be merged by name."""
    receiver = node.child_by_field_name("receiver")
    declarations = children(receiver) if receiver else []
    type_node = declarations[0].child_by_field_name("type") if declarations else None
    name = walk.src.text(bare(type_node)) if type_node else ""
    if name not in walk.owners:
        walk.owners[name] = len(walk.classes)
        walk.classes.append(Draft(name, walk.line(node), walk.end_line(node), 0, "extension"))
    return walk.owners[name]


def _function(walk: Walk, node: Node) -> None:
    name = walk.src.text(node.child_by_field_name("name") or node)
    number = walk.reserved.get(node.start_byte)
    if number is None:
        number = walk.reserve()
        walk.declare(name, walk.b.add(ir.Closure(number)), walk.line(node))
    define(walk, node, number, name)


def _method(walk: Walk, node: Node) -> None:
    name = walk.src.text(node.child_by_field_name("name") or node)
    owner, number = owner_of(walk, node), walk.reserve()
    walk.classes[owner].methods.append(ir.Method(name, number))
    define(walk, node, number, name, owner)


def _literal(walk: Walk, node: Node) -> int:
    name, walk.hint = walk.hint, ""
    number = walk.reserve()
    define(walk, node, number, name)
    return walk.b.add(ir.Closure(number))


VALUES = {"func_literal": _literal}
STATEMENTS = {"function_declaration": _function, "method_declaration": _method}
