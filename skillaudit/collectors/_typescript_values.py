"""Literals, names, members, records and templates of JavaScript."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.collectors._typescript_functions import object_method
from skillaudit.collectors._typescript_names import cooked, key_text, literal, string_value
from skillaudit.collectors._typescript_walk import Expressions, Walk, parts

# --- names and literals


def _identifier(at: Walk, node: Node) -> int:
    return at.b.read(at.text(node), at.line(node))


def _string(at: Walk, node: Node) -> int:
    return literal(at, "str", string_value(at, node))


def _number(at: Walk, node: Node) -> int:
    return literal(at, "num", at.text(node))


def _truth(at: Walk, node: Node) -> int:
    return at.b.add(ir.Literal("bool", node.type))


def _null(at: Walk, node: Node) -> int:
    return at.b.add(ir.Literal("null", node.type))


def _regex(at: Walk, node: Node) -> int:
    return literal(at, "regex", at.text(node))


def _this(at: Walk, _node: Node) -> int:
    return at.b.add(ir.Receiver())


def _meta(at: Walk, node: Node) -> int:
    return at.b.add(ir.Opaque(at.text(node), ()))


def _template(at: Walk, node: Node) -> int:
    """A template without substitutions is a plain string."""
    substitutions = [child for child in parts(node) if child.type == "template_substitution"]
    start, pieces = node.start_byte + 1, list[int]()
    for substitution in substitutions:
        _verbatim(at, start, substitution.start_byte, pieces)
        pieces.extend([at.value(part) for part in parts(substitution)])
        start = substitution.end_byte
    _verbatim(at, start, node.end_byte - 1, pieces)
    if not substitutions:
        return pieces[0] if pieces else literal(at, "str", "")
    return at.b.add(ir.Text("template", tuple(pieces), at.line(node)))


def _verbatim(at: Walk, start: int, end: int, pieces: list[int]) -> None:
    if end > start:
        pieces.append(literal(at, "str", cooked(at.source.code[start:end].decode("utf-8", "replace"))))


# --- members


def _member(at: Walk, node: Node) -> int:
    base, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if base is None or name is None:
        return at.opaque(node)
    return at.b.add(ir.Member(at.value(base), at.text(name), at.line(name)))


def _item(at: Walk, node: Node) -> int:
    base, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    if base is None or index is None:
        return at.opaque(node)
    return at.b.add(ir.Item(at.value(base), at.value(index), at.line(node)))


def _keyword(at: Walk, node: Node) -> int:
    return at.b.add(ir.Name(node.type, at.line(node)))


# --- records, sequences, elements


def _object(at: Walk, node: Node) -> int:
    entries = []
    for part in parts(node):
        at.anchor = part.start_byte
        entries.append(_entry(at, part, at.line(node)))
    return at.b.add(ir.Record(tuple(entries), at.line(node)))


def _entry(at: Walk, part: Node, start: int) -> ir.Entry:
    match part.type:
        case "shorthand_property_identifier":
            return ir.Entry(at.text(part), _identifier(at, part))
        case "spread_element":
            return ir.Entry("", at.value(parts(part)[0]), spread=True)
        case "method_definition":
            return ir.Entry(_key(at, part.child_by_field_name("name")), object_method(at, part))
        case "pair":
            key, value = _key(at, part.child_by_field_name("key")), part.child_by_field_name("value")
            if value is not None:
                line = at.line(value)
                return ir.Entry(key, at.named(value, key), line=line if line != start else 0)
    return ir.Entry("", at.value(part))


def _key(at: Walk, key: Node | None) -> str:
    if key is None:
        return ""
    name = key_text(at, key)
    return at.b.constant(at.value(key)) if not name and key.type == "computed_property_name" else name


def _array(at: Walk, node: Node) -> int:
    return at.b.add(ir.Sequence(tuple([at.value(part) for part in parts(node)])))


def _spread(at: Walk, node: Node) -> int:
    return at.b.add(ir.Element(at.value(parts(node)[0])))


def _jsx(at: Walk, node: Node) -> int:
    """An element: its attributes and children are what flows into it."""
    children: list[int] = []
    pending = list(reversed(parts(node)))
    while pending:
        part = pending.pop()
        match part.type:
            case "jsx_opening_element" | "jsx_attribute" | "jsx_expression":
                pending.extend(reversed(parts(part)))
            case "jsx_text" | "jsx_closing_element" | "property_identifier" | "jsx_namespace_name":
                pass
            case "html_character_reference" | "type_arguments":
                pass
            case "identifier" if at.text(part)[:1].islower() and part.parent is not None and part.parent.type in _TAGS:
                pass
            case _:
                children.append(at.value(part))
    return at.b.add(ir.Opaque("jsx", tuple(children)))


_TAGS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})

EXPRESSIONS: Expressions = {
    **dict.fromkeys(("identifier", "shorthand_property_identifier"), _identifier),
    **dict.fromkeys(("true", "false"), _truth),
    **dict.fromkeys(("null", "undefined"), _null),
    **dict.fromkeys(("super", "import"), _keyword),
    **dict.fromkeys(("jsx_element", "jsx_self_closing_element"), _jsx),
    "array": _array,
    "member_expression": _member,
    "meta_property": _meta,
    "number": _number,
    "object": _object,
    "regex": _regex,
    "spread_element": _spread,
    "string": _string,
    "subscript_expression": _item,
    "template_string": _template,
    "this": _this,
}
