"""Operators that the TypeScript grammar lets ``!`` swallow: it reads ``a && b!.c`` as ``(a && b)!.c``."""

from typing import NamedTuple

from tree_sitter import Node

CHAINED = frozenset({"member_expression", "subscript_expression", "call_expression", "non_null_expression"})
_INNER = {"member_expression": "object", "subscript_expression": "object", "call_expression": "function"}
_OPERATORS = {"binary_expression": "right", "unary_expression": "argument"}
_DEEPEST = 24
"""Links of a chain that are looked through."""


class Displaced(NamedTuple):
    """An operator that stands inside of a chain, and its operand that the chain belongs to."""

    operator: Node
    operand: Node


def displaced(node: Node) -> Displaced | None:
    """The operator at the beginning of a chain of members and calls, where no parentheses put it there."""
    inner: Node | None = node
    asserted = False
    for _ in range(_DEEPEST):
        if inner is None:
            return None
        if asserted and inner.type in _OPERATORS:
            return _split(inner)
        asserted = inner.type == "non_null_expression"
        if not asserted and inner.type not in _INNER:
            return None
        inner = inner.named_child(0) if asserted else inner.child_by_field_name(_INNER[inner.type])
    return None


def _split(operator: Node) -> Displaced | None:
    operand: Node | None = operator
    while operand is not None and operand.type in _OPERATORS:
        operand = operand.child_by_field_name(_OPERATORS[operand.type])
    return Displaced(operator, operand) if operand is not None else None
