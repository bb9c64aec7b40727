"""Lowers Go's expressions: literals, operators, selectors, calls and conversions."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import FunctionBuilder
from skillaudit.collectors._go_names import BUILTIN_TYPES, cut, exported, unquoted
from skillaudit.collectors._go_walk import Walk, children

_TYPE_SYNTAX = frozenset(
    f"{kind}_type"
    for kind in ("pointer", "slice", "array", "map", "channel", "function", "struct", "interface", "generic")
)

# --- names and literals


def _identifier(walk: Walk, node: Node) -> int:
    name = walk.src.text(node)
    return walk.b.read(name, walk.line(node)) if name else walk.b.add(ir.Opaque("missing", ()))


def _number(walk: Walk, node: Node) -> int:
    return walk.b.add(ir.Literal("num", cut(walk.src.text(node))))


def _string(walk: Walk, node: Node) -> int:
    return walk.b.add(ir.Literal("str", cut(unquoted(walk.src.text(node)))))


def _constant(walk: Walk, node: Node) -> int:
    return walk.b.add(ir.Literal("null" if node.type == "nil" else "bool", node.type))


def _iota(walk: Walk, _: Node) -> int:
    return walk.b.add(ir.Opaque("iota", ()))


# --- operators


def is_text(builder: FunctionBuilder, number: int) -> bool:
    """Whether a value is known to be a string."""
    value = builder.values[number]
    while isinstance(value, ir.Variable):
        value = builder.values[value.value]
    return isinstance(value, ir.Text) or (isinstance(value, ir.Literal) and value.kind == "str")


def _pieces(builder: FunctionBuilder, number: int) -> tuple[int, ...]:
    value = builder.values[number]
    return value.parts if isinstance(value, ir.Text) and value.style == "concat" else (number,)


def combined(walk: Walk, operator: str, left: int, right: int, line: int) -> int:
    """``left operator right``; ``+`` puts strings together."""
    builder = walk.b
    if operator == "+" and (is_text(builder, left) or is_text(builder, right)):
        return builder.add(ir.Text("concat", (*_pieces(builder, left), *_pieces(builder, right)), line))
    return builder.add(ir.Operation(operator, (left, right)))


def _binary(walk: Walk, node: Node) -> int:
    """Long chains lean to the left: they are followed in a loop, and a concatenation is put together once."""
    builder, line = walk.b, walk.line(node)
    chain: list[tuple[str, Node | None]] = []
    first: Node | None = node
    while first is not None and first.type == "binary_expression" and (first == node or not first.has_error):
        operator = first.child_by_field_name("operator")
        chain.append((operator.type if operator else "", first.child_by_field_name("right")))
        first = first.child_by_field_name("left")
    number = walk.value(first)
    parts: list[int] = []
    for operation, operand in reversed(chain):
        right = walk.value(operand)
        if operation == "+" and (parts or is_text(builder, number) or is_text(builder, right)):
            parts = [*(parts or _pieces(builder, number)), *_pieces(builder, right)]
            continue
        if parts:
            number, parts = builder.add(ir.Text("concat", tuple(parts), line)), []
        number = builder.add(ir.Operation(operation, (number, right)))
    return builder.add(ir.Text("concat", tuple(parts), line)) if parts else number


def _unary(walk: Walk, node: Node) -> int:
    """Addresses and pointers are the value itself; what comes out of a channel is not known."""
    operator = node.child_by_field_name("operator")
    number = walk.value(node.child_by_field_name("operand"))
    match operator.type if operator else "":
        case "*" | "&":
            return number
        case "<-":
            return walk.b.add(ir.Opaque("receive", (number,)))
        case other:
            return walk.b.add(ir.Operation(other, (number,)))


def _inner(walk: Walk, node: Node) -> int:
    inside = children(node)
    return walk.value(inside[0] if inside else None)


# --- parts of values


def _selector(walk: Walk, node: Node) -> int:
    base, name = walk.value(node.child_by_field_name("operand")), node.child_by_field_name("field") or node
    return walk.b.add(ir.Member(base, walk.src.text(name), walk.line(name)))


def _index(walk: Walk, node: Node) -> int:
    base = walk.value(node.child_by_field_name("operand"))
    return walk.b.add(ir.Item(base, walk.value(node.child_by_field_name("index")), walk.line(node)))


def _slice(walk: Walk, node: Node) -> int:
    """``x[a:b]`` is an item of ``x`` whose key is the range; a bound that is left out is null."""
    number = walk.value(node.child_by_field_name("operand"))
    bounds = (node.child_by_field_name(name) for name in ("start", "end"))
    missing = walk.b.add(ir.Literal("null", "null"))
    key = walk.b.add(ir.Opaque("slice", tuple(walk.value(bound) if bound else missing for bound in bounds)))
    return walk.b.add(ir.Item(number, key, walk.line(node)))


def _assertion(walk: Walk, node: Node) -> int:
    number = walk.value(node.child_by_field_name("operand"))
    return walk.b.add(ir.Opaque("type_assertion", (number, walk.value(node.child_by_field_name("type")))))


def _instantiation(walk: Walk, node: Node) -> int:
    return walk.value(node.child_by_field_name("type"))


# --- calls


def _root(node: Node) -> Node:
    while node.type in {"selector_expression", "qualified_type", "call_expression", "index_expression"}:
        node = node.named_children[0]
    return node


def _is_type(walk: Walk, node: Node) -> bool:
    """Whether the thing in brackets is a type argument and not an index: by syntax, else by what its name tells."""
    if node.type in {"type_elem", "parenthesized_expression", "unary_expression"} and node.named_child_count:
        return _is_type(walk, children(node)[-1])
    if node.type in _TYPE_SYNTAX:
        return True
    if node.type in {"selector_expression", "qualified_type"}:
        return exported(walk.src.text(node).rpartition(".")[2]) and not walk.is_local(walk.src.text(_root(node)))
    if node.type not in {"identifier", "type_identifier"}:
        return False
    name = walk.src.text(node)
    if walk.is_local(name):
        known = walk.b.values[walk.b.env[name]] if name in walk.b.env else None
        inner = walk.b.values[known.value] if isinstance(known, ir.Variable) else known
        return isinstance(inner, ir.ClassValue) or (isinstance(inner, ir.Opaque) and inner.kind == "type_parameter")
    return name in BUILTIN_TYPES or name in walk.types or exported(name)


def _callee(walk: Walk, node: Node | None) -> int:
    """What is called: ``f[T](x)`` calls ``f``, but ``handlers[name](x)`` an item; both are written alike."""
    if node is None or node.type not in {"index_expression", "generic_type"}:
        return walk.value(node)
    base, inside = node.named_children[0], children(node)[1:]
    if inside and inside[0].type == "type_arguments":
        inside = children(inside[0])
    if not walk.is_local(walk.src.text(_root(base))) and (len(inside) > 1 or all(_is_type(walk, i) for i in inside)):
        return walk.value(base)
    if node.type == "index_expression":
        return walk.value(node)
    number = walk.value(base)
    return walk.b.add(ir.Item(number, walk.value(inside[0] if inside else None), walk.line(node)))


def _made(walk: Walk, node: Node, callee: int, args: tuple[ir.Argument, ...]) -> int:
    return walk.b.call(
        ir.Call(callee, args, walk.line(node), walk.end_line(node), node.start_byte, node.end_byte)
    )  # fmt: skip


def _call(walk: Walk, node: Node) -> int:
    callee = _callee(walk, node.child_by_field_name("function"))
    arguments = node.child_by_field_name("arguments")
    args = tuple(
        ir.Argument(walk.value(child), "", child.type == "variadic_argument", _line_below(walk, child, node))
        for child in (children(arguments) if arguments else ())
    )
    return _made(walk, node, callee, args)


def _line_below(walk: Walk, argument: Node, call: Node) -> int:
    line = walk.line(argument)
    return line if line != walk.line(call) else 0


def _conversion(walk: Walk, node: Node) -> int:
    """``[]byte(s)``; the grammar also reads a call of one argument through brackets (``f[T](x)``) as a conversion."""
    callee = _callee(walk, node.child_by_field_name("type"))
    return _made(walk, node, callee, (ir.Argument(walk.value(node.child_by_field_name("operand"))),))


VALUES = {
    "identifier": _identifier,
    "int_literal": _number,
    "float_literal": _number,
    "imaginary_literal": _number,
    "rune_literal": _number,
    "interpreted_string_literal": _string,
    "raw_string_literal": _string,
    "nil": _constant,
    "true": _constant,
    "false": _constant,
    "iota": _iota,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "parenthesized_expression": _inner,
    "variadic_argument": _inner,
    "selector_expression": _selector,
    "index_expression": _index,
    "slice_expression": _slice,
    "type_assertion_expression": _assertion,
    "type_instantiation_expression": _instantiation,
    "call_expression": _call,
    "type_conversion_expression": _conversion,
}
