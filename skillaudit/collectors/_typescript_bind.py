"""Destructuring and assignment targets of JavaScript."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.collectors._typescript_names import key_text
from skillaudit.collectors._typescript_walk import Binder, Walk, parts

_WRAPPERS = frozenset({"parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression"})


def bind(at: Walk, pattern: Node, value: int, to: Binder) -> int:
    """Give ``value`` to a name, pattern, member or item; the number of what the target then is."""
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern" | "type_identifier":
            return to(at.text(pattern), value, at.line(pattern))
        case "object_pattern":
            for part in parts(pattern):
                _property(at, part, value, to)
        case "array_pattern":
            _elements(at, pattern, value, to)
        case "assignment_pattern" | "object_assignment_pattern":
            return _with_default(at, pattern, value, to)
        case "rest_pattern":
            return bind(at, parts(pattern)[0], at.b.add(ir.Opaque("rest", (value,))), to)
        case "member_expression" | "subscript_expression":
            base, name, key = place(at, pattern)
            at.b.store(base, name, value, at.line(pattern), key)
        case wrapper if wrapper in _WRAPPERS:
            return bind(at, parts(pattern)[0], value, to)
        case _:
            at.value(pattern)
    return value


def unwrapped(target: Node) -> Node:
    """What an assignment's left side is without parentheses and type assertions."""
    while target.type in _WRAPPERS and (inside := parts(target)):
        target = inside[0]
    return target


def place(at: Walk, target: Node) -> tuple[int, str, int]:
    """Base, name and key of a member or item that is assigned to."""
    base = at.value(target.children[0])
    if target.type == "member_expression":
        name = target.child_by_field_name("property")
        return base, at.text(name) if name is not None else "", -1
    index = target.child_by_field_name("index")
    return base, "", at.value(index) if index is not None else at.b.add(ir.Opaque("missing", ()))


def declared_names(at: Walk, pattern: Node) -> list[tuple[str, int]]:
    """The names that a declaration's pattern binds, with their lines."""
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            return [(at.text(pattern), at.line(pattern))]
        case "pair_pattern":
            inner = pattern.child_by_field_name("value")
        case "assignment_pattern" | "object_assignment_pattern":
            inner = pattern.child_by_field_name("left")
        case _:
            return [found for part in parts(pattern) for found in declared_names(at, part)]
    return declared_names(at, inner) if inner is not None else []


def _with_default(at: Walk, pattern: Node, value: int, to: Binder) -> int:
    left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
    if left is None or right is None:
        return at.value(pattern)
    default = at.named(right, at.text(left) if not left.child_count else "")
    return bind(at, left, at.b.choice((value, default)), to)


def _property(at: Walk, part: Node, value: int, to: Binder) -> None:
    match part.type:
        case "shorthand_property_identifier_pattern":
            bind(at, part, at.b.add(ir.Member(value, at.text(part), at.line(part))), to)
        case "object_assignment_pattern" if (left := part.child_by_field_name("left")) is not None:
            member = at.b.add(ir.Member(value, at.text(left), at.line(part)))
            _with_default(at, part, member, to)
        case "pair_pattern":
            key, target = part.child_by_field_name("key"), part.child_by_field_name("value")
            if key is not None and target is not None:
                bind(at, target, _member(at, key, value), to)
        case _:
            bind(at, part, value, to)


def _member(at: Walk, key: Node, base: int) -> int:
    line = at.line(key)
    if key.type == "computed_property_name":
        return at.b.add(ir.Item(base, at.value(parts(key)[0]), line))
    return at.b.add(ir.Member(base, key_text(at, key), line))


def _elements(at: Walk, pattern: Node, value: int, to: Binder) -> None:
    position = 0
    for child in pattern.children:
        if child.type == ",":
            position += 1
        elif child.type == "rest_pattern":
            bind(at, child, value, to)
        elif child.is_named and not child.is_extra:
            key = at.b.add(ir.Literal("num", str(position)))
            bind(at, child, at.b.add(ir.Item(value, key, at.line(child))), to)
