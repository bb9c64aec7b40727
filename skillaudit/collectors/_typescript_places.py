"""Types that a function's parameters have by the place where it stands: ``const run: Handler = (args, ctx) => …``.

Nothing of them is evaluated: a value of the kind ``type of parameter`` names the function's type and the position,
``type of member``, ``type of element`` and ``type of argument`` where that type is to be looked up.
"""

from collections.abc import Sequence

import msgspec
from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._typescript_names import key_text
from skillaudit.collectors._typescript_walk import Walk, parts

_DEEPEST = 6
_ASSERTED = {"satisfies_expression", "as_expression"}
_DECLARING = {"variable_declarator", "public_field_definition"}
_AROUND = {"parenthesized_expression", "pair", "object", "array", "arguments"} | _ASSERTED | _DECLARING
"""What may stand around a function and say of which type it is."""

Declared = tuple[ir.Parameter, Node]


def placed(at: Walk, node: Node, declared: Sequence[Declared]) -> Sequence[Declared]:
    """The parameters of a function, with their types by its place where none is written at them."""
    around = node.parent
    if around is None or around.type not in _AROUND or not declared or any(one.type != NONE for one, _ in declared):
        return declared
    whole = _function(at, node, around)
    if whole == NONE:
        return declared
    found = []
    for number, (parameter, pattern) in enumerate(declared):
        position = at.b.add(ir.Literal("num", str(number)))
        kind = at.b.add(ir.Opaque("type of parameter", (whole, position)))
        found.append((msgspec.structs.replace(parameter, type=kind), pattern))
    return found


def _function(at: Walk, node: Node, around: Node) -> int:
    """The type of a function itself; what a library calls without an object around it is known by other ways."""
    if around.type == "arguments":
        return NONE
    if node.type == "method_definition":
        return _under(at, around, node.child_by_field_name("name"), _DEEPEST)
    return _expected(at, node, _DEEPEST)


def _expected(at: Walk, node: Node, depth: int) -> int:
    """The type that an expression has by where it stands."""
    around = node.parent
    if around is None or not depth or around.type not in _AROUND:
        return NONE
    kind, found = around.type, NONE
    if kind == "parenthesized_expression":
        found = _expected(at, around, depth - 1)
    elif kind in _DECLARING:
        annotation = around.child_by_field_name("type")
        found = at.value(annotation) if annotation is not None else NONE
    elif kind in _ASSERTED:
        asserted = parts(around)[1:]
        found = at.value(asserted[0]) if asserted and asserted[0] != node else NONE
    elif kind == "pair" and around.parent is not None:
        found = _under(at, around.parent, around.child_by_field_name("key"), depth)
    elif kind == "array":
        found = _of(at, "type of element", _expected(at, around, depth - 1))
    elif kind == "arguments":
        found = _argument(at, node, around)
    return found


def _under(at: Walk, whole: Node, key: Node | None, depth: int) -> int:
    """The type of what stands under a key of an object."""
    if key is None or key.type == "computed_property_name" or whole.type != "object":
        return NONE
    return _of(at, "type of member", _expected(at, whole, depth - 1), key_text(at, key), "str")


def _argument(at: Walk, node: Node, around: Node) -> int:
    """The type of the parameter that an object is handed to, of a function that is called by its name."""
    callee = around.parent.child_by_field_name("function") if around.parent is not None else None
    if callee is None or callee.type != "identifier":
        return NONE
    number = next((n for n, one in enumerate(parts(around)) if one == node), 0)
    return _of(at, "type of argument", at.b.read(at.text(callee), at.line(callee)), str(number), "num")


def _of(at: Walk, kind: str, whole: int, key: str = "", literal: str = "") -> int:
    if whole == NONE:
        return NONE
    keys = (at.b.add(ir.Literal(literal, key)),) if literal else ()
    return at.b.add(ir.Opaque(kind, (whole, *keys)))
