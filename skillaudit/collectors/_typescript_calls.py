"""Calls and constructions of JavaScript, what ``await`` adds to them, and modules that are loaded by a call."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._typescript_deferred import deferred
from skillaudit.collectors._typescript_names import string_value
from skillaudit.collectors._typescript_operators import combined, operator_of
from skillaudit.collectors._typescript_walk import Expressions, Walk, parts

_CALLS = frozenset({"call_expression", "new_expression"})
_PREFIXES = frozenset({"await_expression", "unary_expression", "binary_expression"})


def _call(at: Walk, node: Node) -> int:
    return _called(at, node, awaited=False)


def _called(at: Walk, node: Node, *, awaited: bool) -> int:
    callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if callee is None:
        return at.opaque(node)
    if callee.type in _PREFIXES:
        return _rebound(at, node, callee)
    module = _loaded(at, node, callee)
    if module != NONE:
        return module
    target = at.value(callee)
    start, lifted = at.rebound.get(node.start_byte, (node.start_byte, False))
    return _made(at, node, target, start, awaited=awaited or lifted)


def _made(at: Walk, node: Node, target: int, start: int, *, awaited: bool) -> int:
    arguments = _arguments(at, node.child_by_field_name("arguments"))
    lines = at.source.line(start), at.end_line(node)
    new = node.type == "new_expression"
    call = ir.Call(target, arguments, *lines, start, node.end_byte, new, awaited)
    number = at.b.call(call)
    if not new:
        _deferred(at, call)
    return number


def _deferred(at: Walk, call: ir.Call) -> None:
    """Add the call that a call makes somebody else make, with a span of its own: calls are told apart by it."""
    later = deferred(at.b, call)
    if later is None:
        return
    made = ir.Call(later.function, later.args, call.line, call.end_line, call.start + 1, call.end)
    if later.rejected:
        with at.b.within("except", call.line, call.end_line, later.args[0].value):
            at.b.call(made)
    else:
        at.b.call(made)


def _rebound(at: Walk, node: Node, callee: Node) -> int:
    """``await f<T>(x)``, ``!f<T>(x)`` and ``a && f<T>(x)``: the grammar takes the operator into the callee."""
    match callee.type:
        case "unary_expression" if (operand := callee.child_by_field_name("argument")) is not None:
            return at.b.add(ir.Operation(operator_of(at, callee), (_rebound(at, node, operand),)))
        case "binary_expression":
            left, right = callee.child_by_field_name("left"), callee.child_by_field_name("right")
            if left is not None and right is not None:
                operator = operator_of(at, callee)
                return combined(at, operator, at.value(left), right, lambda operand: _rebound(at, node, operand))
    awaited = callee.type == "await_expression"
    called = next(iter(parts(callee)), callee) if awaited else callee
    target = at.value(called)
    at.rebound[node.start_byte] = (called.start_byte, awaited)
    return _made(at, node, target, called.start_byte, awaited=awaited)


def _arguments(at: Walk, listed: Node | None) -> tuple[ir.Argument, ...]:
    if listed is None:
        return ()
    if listed.type == "template_string":
        return (ir.Argument(at.value(listed)),)
    found = []
    for argument in parts(listed):
        if argument.type == "spread_element":
            found.append(ir.Argument(at.value(parts(argument)[0]), spread=True))
        else:
            found.append(ir.Argument(at.value(argument)))
    return tuple(found)


def _loaded(at: Walk, node: Node, callee: Node) -> int:
    """``import("x")`` and ``require("x")`` are the module; -1 where its name is not written there."""
    if callee.type != "import" and not (callee.type == "identifier" and at.text(callee) == "require"):
        return NONE
    listed = node.child_by_field_name("arguments")
    first = parts(listed)[:1] if listed is not None else []
    if not first or first[0].type != "string":
        return NONE
    return at.b.add(ir.Import(string_value(at, first[0]), "", at.line(node)))


def _await(at: Walk, node: Node) -> int:
    inside = parts(node)
    while len(inside) == 1 and inside[0].type == "parenthesized_expression":
        inside = parts(inside[0])
    if len(inside) == 1 and inside[0].type in _CALLS:
        return _called(at, inside[0], awaited=True)
    operands = [at.value(part) for part in inside]
    if len(operands) == 1 and isinstance(at.b.values[operands[0]], ir.Import):
        return operands[0]
    return at.b.add(ir.Operation("await", tuple(operands)))


EXPRESSIONS: Expressions = {**dict.fromkeys(_CALLS, _call), "await_expression": _await}
