"""Functions, arrow functions and methods of JavaScript, with their parameters."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE, Header
from skillaudit.collectors._typescript_bind import bind
from skillaudit.collectors._typescript_names import key_text
from skillaudit.collectors._typescript_places import placed
from skillaudit.collectors._typescript_walk import Expressions, Named, Statements, Walk, parts

_LONGEST_TYPE = 200
_COMMENT_WINDOW = 4000


def lower_function(at: Walk, node: Node, name: str, decorators: tuple[int, ...] = ()) -> int:
    """Lower a function of any form; its number in ``Module.functions``."""
    number = at.reserve_function()
    declared = placed(at, node, [_parameter(at, child) for child in _parameters(node)])
    listed = [(parameter, pattern) for parameter, pattern in declared if pattern.type != "this"]
    header = Header(
        name,
        at.qualified(name or "<anonymous>"),
        at.line(node),
        at.end_line(node),
        node.start_byte,
        node.end_byte,
        params=tuple([parameter for parameter, _ in listed]),
        decorators=decorators,
        parent=at.b.number,
        owner=at.frame.owner,
        is_async=_is_async(node),
        returns=_type(at, node.child_by_field_name("return_type")),
        doc=_comment_before(at, at.anchor if name else node.start_byte),
    )
    with at.function(number, header):
        for index, (_, pattern) in enumerate(listed):
            bind(at, pattern, at.b.add(ir.Param(index)), at.declare_var)
        _store_properties(at, node)
        _body(at, node.child_by_field_name("body"))
    return number


def type_text(at: Walk, annotation: Node | None) -> str:
    """An annotation as written, without its colon."""
    return at.text(annotation).lstrip(":").strip()[:_LONGEST_TYPE] if annotation is not None else ""


def _type(at: Walk, annotation: Node | None) -> int:
    return at.value(annotation) if annotation is not None else NONE


def _body(at: Walk, body: Node | None) -> None:
    if body is None:
        return
    if body.type == "statement_block":
        at.run_all(parts(body))
    else:
        at.b.give_back(at.value(body), at.line(body))


def _is_async(node: Node) -> bool:
    for child in node.children:
        if child.type == "async":
            return True
        if child.type in {"formal_parameters", "statement_block"}:
            break
    return False


def _parameters(node: Node) -> list[Node]:
    single = node.child_by_field_name("parameter")
    if single is not None:
        return [single]
    several = node.child_by_field_name("parameters")
    return parts(several) if several is not None else []


def _parameter(at: Walk, node: Node) -> tuple[ir.Parameter, Node]:
    pattern: Node | None = node
    default = annotation = None
    decorators: list[int] = []
    match node.type:
        case "required_parameter" | "optional_parameter":
            pattern = node.child_by_field_name("pattern")
            default, annotation = node.child_by_field_name("value"), node.child_by_field_name("type")
            decorators = [at.value(decorator) for decorator in node.children_by_field_name("decorator")]
        case "assignment_pattern":
            pattern, default = node.child_by_field_name("left"), node.child_by_field_name("right")
    pattern = node if pattern is None else pattern
    kind = "plain"
    if pattern.type == "rest_pattern" and (inner := parts(pattern)):
        kind, pattern = "rest", inner[0]
    name = at.text(pattern) if pattern.type == "identifier" else ""
    number = at.named(default, name) if default is not None else NONE
    declared = ir.Parameter(name, kind, _type(at, annotation), number, type_text(at, annotation), tuple(decorators))
    return declared, pattern


def is_property(parameter: Node) -> bool:
    """Whether a constructor's parameter also declares a field (``private log: Logger``)."""
    return any(
        child.type in {"accessibility_modifier", "readonly", "override_modifier"} for child in parameter.children
    )


def properties(method: Node) -> list[tuple[Node, Node | None]]:
    """Name and annotation of the fields that a constructor's parameters declare."""
    found = []
    for parameter in _parameters(method):
        pattern = parameter.child_by_field_name("pattern")
        if parameter.type.endswith("_parameter") and pattern is not None and is_property(parameter):
            found.append((pattern, parameter.child_by_field_name("type")))
    return found


def _store_properties(at: Walk, node: Node) -> None:
    if node.type == "method_definition":
        for pattern, _ in properties(node):
            name, line = at.text(pattern), at.line(pattern)
            at.b.store(at.b.add(ir.Receiver()), name, at.b.read(name, line), line)


# --- where functions stand


def closure(at: Walk, node: Node, name: str = "") -> int:
    """A function as a value."""
    own = node.child_by_field_name("name")
    return at.b.add(ir.Closure(lower_function(at, node, at.text(own) if own is not None else name)))


def object_method(at: Walk, node: Node) -> int:
    """A method of an object literal."""
    key = node.child_by_field_name("name")
    return at.b.add(ir.Closure(lower_function(at, node, key_text(at, key) if key is not None else "")))


def _declaration(at: Walk, node: Node) -> None:
    if node.start_byte in at.hoisted:
        return
    name = node.child_by_field_name("name")
    if name is not None:
        at.declare(at.text(name), closure(at, node), at.line(node))


def _nothing(_at: Walk, _node: Node) -> None:
    """Overload signatures hold no code; the implementation has the same types."""


# --- comments


def _comment_before(at: Walk, offset: int) -> str:
    before = at.source.code[max(0, offset - _COMMENT_WINDOW) : offset].rstrip()
    if before.endswith(b"*/"):
        opened = before.rfind(b"/*")
        lines = before[opened + 2 : -2].splitlines() if opened >= 0 else []
    else:
        lines = []
        for line in reversed(before.splitlines()):
            if not line.lstrip().startswith(b"//"):
                break
            lines.insert(0, line.lstrip()[2:])
    cleaned = [line.decode("utf-8", "replace").strip().lstrip("*").strip() for line in lines]
    return "\n".join(cleaned).strip()


def _anonymous(at: Walk, node: Node) -> int:
    return closure(at, node)


_FORMS = ("arrow_function", "function_expression", "generator_function")
EXPRESSIONS: Expressions = {**dict.fromkeys(_FORMS, _anonymous), "method_definition": object_method}
STATEMENTS: Statements = {
    "function_declaration": _declaration,
    "generator_function_declaration": _declaration,
    "function_signature": _nothing,
}
NAMED: Named = dict.fromkeys(_FORMS, closure)
