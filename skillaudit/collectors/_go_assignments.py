"""Lowers Go's declarations of variables and constants, assignments, increments and returns."""

from collections.abc import Callable, Sequence

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._go_expressions import combined
from skillaudit.collectors._go_types import zero
from skillaudit.collectors._go_walk import Walk, children

_FATAL = frozenset(f"{level}{form}" for level in ("Fatal", "Panic") for form in ("", "f", "ln"))
_NEVER_RETURNS = {
    "os": frozenset({"Exit"}),
    "runtime": frozenset({"Goexit"}),
    "log": _FATAL,
    "github.com/sirupsen/logrus": _FATAL,
}
"""Functions that end the process or the goroutine, by import path."""

Target = Callable[[int, int], None]
"""Stores a value (its number, and the line of the assignment)."""


def listed(node: Node | None) -> list[Node]:
    """The expressions of a list, or the only one."""
    if node is None:
        return []
    return children(node) if node.type == "expression_list" else [node]


def names_of(node: Node) -> list[Node]:
    """The names that a ``var`` or ``const`` specification declares."""
    return [name for name in node.children_by_field_name("name") if name.is_named]


# --- what is assigned


def _pair(walk: Walk, expression: Node, number: int) -> list[int]:
    """Value and success of ``v, ok := m[k]``, ``x.(T)`` or ``<-c``."""
    single = {"call_expression", "type_conversion_expression"}  # `make[T](x)` reads as a conversion
    return [] if expression.type in single else [number, walk.b.add(ir.Opaque("ok", (number,)))]


def spread(walk: Walk, names: Sequence[str], right: list[Node], line: int) -> list[int]:
    """One value for each name: the expressions themselves, or the several results of the only one."""
    if len(right) != 1 or len(names) == 1:
        values = [
            walk.named(node, names[position] if position < len(names) else "") for position, node in enumerate(right)
        ]
        return values[: len(names)]
    number = walk.value(right[0])
    pair = _pair(walk, right[0], number)
    if len(pair) == len(names):
        return pair
    keys = (walk.b.add(ir.Literal("num", str(position))) for position in range(len(names)))
    return [walk.b.add(ir.Item(number, key, line)) for key in keys]


def _plain(node: Node) -> Node:
    """A target without parentheses, pointers and addresses."""
    while node.type in {"parenthesized_expression", "unary_expression"} and node.named_child_count:
        node = children(node)[-1]
    return node


def target(walk: Walk, node: Node) -> Target:
    """What stores into an expression on the left; what it is part of is evaluated now, before the right side."""
    node = _plain(node)
    match node.type:
        case "identifier":
            name = walk.src.text(node)
            return lambda value, line: walk.rebind(name, value, line)
        case "selector_expression":
            base, field = walk.value(node.child_by_field_name("operand")), node.child_by_field_name("field")
            member = walk.src.text(field) if field else ""
            return lambda value, line: walk.b.store(base, member, value, line)
        case "index_expression":
            base = walk.value(node.child_by_field_name("operand"))
            key = walk.value(node.child_by_field_name("index"))
            return lambda value, line: walk.b.store(base, "", value, line, key)
        case _:
            walk.value(node)
            return lambda _value, _line: None


def _name_of(walk: Walk, node: Node) -> str:
    """How a function assigned to this target is called."""
    if node.type == "selector_expression":
        node = node.child_by_field_name("field") or node
    return walk.src.text(node) if node.type in {"identifier", "field_identifier"} else ""


# --- statements


def _short(walk: Walk, node: Node) -> None:
    left, line = listed(node.child_by_field_name("left")), walk.line(node)
    names = [walk.src.text(name) if name.type == "identifier" else _evaluated(walk, name) for name in left]
    values = spread(walk, names, listed(node.child_by_field_name("right")), line)
    for name, value, written in zip(names, values, left, strict=False):
        walk.declare(name, value, walk.line(written))


def _evaluated(walk: Walk, node: Node) -> str:
    """What cannot be declared (a syntax error) is evaluated and has no name."""
    walk.value(node)
    return "_"


def _assignment(walk: Walk, node: Node) -> None:
    left, line = listed(node.child_by_field_name("left")), walk.line(node)
    operator = node.child_by_field_name("operator")
    if operator is not None and operator.type != "=":
        _augmented(walk, node, operator.type[:-1])
        return
    targets = [target(walk, written) for written in left]
    names = [_name_of(walk, written) for written in left]
    values = spread(walk, names, listed(node.child_by_field_name("right")), line)
    for store, value in zip(targets, values, strict=False):
        store(value, line)


def _augmented(walk: Walk, node: Node, operator: str) -> None:
    left, line = listed(node.child_by_field_name("left")), walk.line(node)
    updated = [_updated(walk, written) for written in left]
    right = [walk.value(operand) for operand in listed(node.child_by_field_name("right"))]
    for (store, before), value in zip(updated, right, strict=False):
        store(combined(walk, operator, before, value, line), line)


def _updated(walk: Walk, node: Node) -> tuple[Target, int]:
    """A target that is read, too: its parts are evaluated once."""
    node, builder, line = _plain(node), walk.b, walk.line(node)
    match node.type:
        case "selector_expression":
            base, field = walk.value(node.child_by_field_name("operand")), node.child_by_field_name("field")
            name = walk.src.text(field) if field else ""
            return lambda value, at: builder.store(base, name, value, at), builder.add(ir.Member(base, name, line))
        case "index_expression":
            base = walk.value(node.child_by_field_name("operand"))
            key = walk.value(node.child_by_field_name("index"))
            return lambda value, at: builder.store(base, "", value, at, key), builder.add(ir.Item(base, key, line))
        case "identifier":
            return target(walk, node), walk.value(node)
        case _:
            return lambda _value, _at: None, walk.value(node)


def _step(walk: Walk, node: Node) -> None:
    """``i++`` and ``i--``."""
    line = walk.line(node)
    for written in children(node)[:1]:
        store, before = _updated(walk, written)
        one = walk.b.add(ir.Literal("num", "1"))
        store(walk.b.add(ir.Operation("+" if node.type == "inc_statement" else "-", (before, one))), line)


def _variables(walk: Walk, node: Node) -> None:
    for spec in children(node):
        if spec.type == "var_spec":
            _variable(walk, spec)
        else:
            walk.run(spec)


def _variable(walk: Walk, node: Node) -> None:
    written, type_node = names_of(node), node.child_by_field_name("type")
    names, right = [walk.src.text(name) for name in written], listed(node.child_by_field_name("value"))
    if right:
        values = spread(walk, names, right, walk.line(node))
    else:
        values = [zero(walk, type_node) if type_node else walk.value(None)] * len(names)
    for name, value, place in zip(names, values, written, strict=False):
        walk.declare(name, value, walk.line(place))


def _constants(walk: Walk, node: Node) -> None:
    """A group: a constant without a value repeats the expression above it."""
    values: list[int] = []
    for spec in children(node):
        written = names_of(spec)
        names, right = [walk.src.text(name) for name in written], listed(spec.child_by_field_name("value"))
        if right or not values:
            values = spread(walk, names, right, walk.line(spec)) or [walk.b.add(ir.Opaque("iota", ()))]
        for name, value, place in zip(names, values, written, strict=False):
            walk.declare(name, value, walk.line(place))


def _return(walk: Walk, node: Node) -> None:
    """What is returned; without expressions, the named results."""
    builder, line = walk.b, walk.line(node)
    inside = children(node)
    values = [walk.value(child) for child in (listed(inside[0]) if inside else ())]
    if not inside:
        values = [builder.read(name, line) for name in walk.frame.results]
    whole = NONE if not values else values[0] if len(values) == 1 else builder.add(ir.Sequence(tuple(values)))
    builder.give_back(whole, line)


def _expression(walk: Walk, node: Node) -> None:
    for child in children(node):
        walk.run(child)
        if child.type == "call_expression" and _never_returns(walk, child.child_by_field_name("function")):
            walk.b.leave()


def _never_returns(walk: Walk, function: Node | None) -> bool:
    """``panic`` and what exits; the import path tells the standard library's ``log`` from a package of the project."""
    if function is None or function.type not in {"identifier", "selector_expression"}:
        return False
    package, _, name = walk.src.text(function).rpartition(".")
    if walk.is_local(package or name):
        return False
    return name in _NEVER_RETURNS.get(walk.imports.get(package, ""), ()) if package else name == "panic"


STATEMENTS = {
    "short_var_declaration": _short,
    "assignment_statement": _assignment,
    "inc_statement": _step,
    "dec_statement": _step,
    "var_declaration": _variables,
    "var_spec_list": _variables,
    "var_spec": _variable,
    "const_declaration": _constants,
    "return_statement": _return,
    "expression_statement": _expression,
}
