"""Operators of JavaScript: arithmetic and concatenation, logic, assignment, conditional expressions, ``yield``."""

from collections.abc import Callable

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._typescript_bind import bind, place, unwrapped
from skillaudit.collectors._typescript_modules import publish_member
from skillaudit.collectors._typescript_walk import Expressions, Walk, parts

Lower = Callable[[Node], int]

_LEAVES = frozenset({"identifier", "string", "number", "true", "false", "null", "undefined", "this"})
_LOGICAL = {"&&": "if", "||": "else", "??": "else"}
_TARGETS = frozenset({"member_expression", "subscript_expression"})


def _inner(at: Walk, node: Node) -> int:
    """Parentheses, type assertions and ``!`` change nothing of the value."""
    inside = parts(node)
    return at.value(inside[0]) if inside else at.b.add(ir.Opaque(node.type, ()))


def _asserted(at: Walk, node: Node) -> int:
    inside = parts(node)
    return at.value(inside[-1]) if inside else at.b.add(ir.Opaque(node.type, ()))


def _comma(at: Walk, node: Node) -> int:
    return [at.value(part) for part in parts(node)][-1]


def _guarded(at: Walk, kind: str, test: int, node: Node, lower: Lower) -> int:
    """An operand that is evaluated only where ``test`` holds (``if``) or does not (``else``).

    It has a block of its own only if anything happens there.
    """
    if node.type in _LEAVES and node.id not in at.instead:
        return lower(node)
    before, steps, blocks = at.b.exits, len(at.b.steps), len(at.b.blocks)
    with at.b.within(kind, at.line(node), at.end_line(node), test):
        value = lower(node)
    at.b.exits = before
    if len(at.b.steps) == steps and len(at.b.blocks) == blocks + 1:
        at.b.blocks.pop()
    return value


# --- binary operators


def _binary(at: Walk, node: Node) -> int:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = operator_of(at, node)
    if left is None or right is None:
        return at.opaque(node)
    if operator == "+":
        return _sum(at, node)
    return combined(at, operator, at.value(left), right, at.value)


def combined(at: Walk, operator: str, first: int, right: Node, lower: Lower) -> int:
    """A binary operator; the right side of ``&&``, ``||`` and ``??`` is evaluated conditionally."""
    guard = _LOGICAL.get(operator)
    second = lower(right) if guard is None else _guarded(at, guard, first, right, lower)
    if operator == "+":
        return _joined(at, [first, second], at.line(right))
    return at.b.add(ir.Operation(operator, (first, second)))


def operator_of(at: Walk, node: Node) -> str:
    sign = node.child_by_field_name("operator")
    return at.text(sign) if sign is not None else ""


def _sum(at: Walk, node: Node) -> int:
    """``a + b + c`` nests to the left; long chains are walked without recursion."""
    rights: list[Node] = []
    left: Node | None = node
    while left is not None and left.type == "binary_expression" and operator_of(at, left) == "+":
        right = left.child_by_field_name("right")
        if right is not None:
            rights.append(right)
        left = left.child_by_field_name("left")
    operands = [] if left is None else [at.value(left)]
    operands.extend(at.value(right) for right in reversed(rights))
    return _joined(at, operands, at.line(node))


def _joined(at: Walk, operands: list[int], line: int) -> int:
    total, text = operands[0], list[int]()
    for operand in operands[1:]:
        if text:
            text.extend(_pieces(at, operand))
        elif _is_text(at, total) or _is_text(at, operand):
            text = [*_pieces(at, total), *_pieces(at, operand)]
        else:
            total = at.b.add(ir.Operation("+", (total, operand)))
    return at.b.add(ir.Text("concat", tuple(text), line)) if text else total


def _is_text(at: Walk, number: int) -> bool:
    value = at.b.values[number]
    while isinstance(value, ir.Variable):
        value = at.b.values[value.value]
    return isinstance(value, ir.Text) or (isinstance(value, ir.Literal) and value.kind == "str")


def _pieces(at: Walk, number: int) -> tuple[int, ...]:
    value = at.b.values[number]
    return value.parts if isinstance(value, ir.Text) and value.style == "concat" else (number,)


# --- other operators


def _unary(at: Walk, node: Node) -> int:
    operand = node.child_by_field_name("argument")
    operands = (at.value(operand),) if operand is not None else ()
    return at.b.add(ir.Operation(operator_of(at, node), operands))


def _update(at: Walk, node: Node) -> int:
    target = node.child_by_field_name("argument")
    if target is None:
        return at.opaque(node)
    line, target = at.line(node), unwrapped(target)
    if target.type in _TARGETS:
        base, name, key = place(at, target)
        before = at.b.add(ir.Item(base, key, line) if key != NONE else ir.Member(base, name, line))
        value = at.b.add(ir.Operation(operator_of(at, node), (before,)))
        at.b.store(base, name, value, line, key)
        return value
    return _rewritten(at, target, at.b.add(ir.Operation(operator_of(at, node), (at.value(target),))))


def _rewritten(at: Walk, target: Node, value: int) -> int:
    """The new value of a name; of what cannot be assigned to, only the value that was read."""
    return at.write(at.text(target), value, at.line(target)) if target.type == "identifier" else value


def _conditional(at: Walk, node: Node) -> int:
    condition = node.child_by_field_name("condition")
    then, otherwise = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
    if condition is None or then is None or otherwise is None:
        return at.opaque(node)
    test = at.value(condition)
    return at.b.choice(
        (_guarded(at, "if", test, then, at.value), _guarded(at, "else", test, otherwise, at.value)), test
    )


def _yield(at: Walk, node: Node) -> int:
    inside = parts(node)
    value = at.value(inside[0]) if inside else NONE
    if inside and any(child.type == "*" for child in node.children):
        value = at.b.add(ir.Element(value))
    at.b.give_back(value, at.line(node), yields=True)
    return at.b.add(ir.Opaque("yield", ()))


# --- assignment


def _assignment(at: Walk, node: Node) -> int:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return at.opaque(node)
    line = at.line(node)
    if left.type not in _TARGETS:
        return bind(at, left, at.named(right, "" if left.child_count else at.text(left)), at.write)
    base, name, key = place(at, left)
    value = at.named(right, name)
    at.b.store(base, name, value, line, key)
    if name and at.b.number == 0:
        publish_member(at, at.text(left), value)
    return value


def _augmented(at: Walk, node: Node) -> int:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return at.opaque(node)
    line, operator, left = at.line(node), operator_of(at, node).removesuffix("="), unwrapped(left)
    if left.type not in _TARGETS:
        value = combined(at, operator, at.value(left), right, at.value)
        return _rewritten(at, left, value)
    base, name, key = place(at, left)
    before = at.b.add(ir.Item(base, key, line) if key != NONE else ir.Member(base, name, line))
    value = combined(at, operator, before, right, at.value)
    at.b.store(base, name, value, line, key)
    return value


EXPRESSIONS: Expressions = {
    **dict.fromkeys(
        (
            "as_expression",
            "computed_property_name",
            "instantiation_expression",
            "jsx_expression",
            "non_null_expression",
            "parenthesized_expression",
            "satisfies_expression",
            "template_substitution",
        ),
        _inner,
    ),
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _augmented,
    "binary_expression": _binary,
    "sequence_expression": _comma,
    "ternary_expression": _conditional,
    "type_assertion": _asserted,
    "unary_expression": _unary,
    "update_expression": _update,
    "yield_expression": _yield,
}
