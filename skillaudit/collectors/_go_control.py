"""Lowers Go's control flow: blocks, branches, loops, switches, ``select`` and jumps."""

from collections.abc import Callable

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE, Branches
from skillaudit.collectors._go_assignments import listed, target
from skillaudit.collectors._go_walk import Walk, children


def _each(walk: Walk, node: Node) -> None:
    for child in children(node):
        walk.run(child)


def _block(walk: Walk, node: Node) -> None:
    with walk.scope():
        _each(walk, node)


def _if(walk: Walk, node: Node) -> None:
    with walk.scope():
        walk.run(node.child_by_field_name("initializer"))
        test = walk.value(node.child_by_field_name("condition"))
        other = node.child_by_field_name("alternative")
        with Branches(walk.b, exhaustive=other is not None) as alternatives:
            for kind, inside in (("if", node.child_by_field_name("consequence")), ("else", other)):
                if inside is not None:
                    with alternatives.when(kind, walk.line(inside), walk.end_line(inside), test):
                        walk.run(inside)


# --- loops


def _for(walk: Walk, node: Node, label: str = "") -> None:
    body = node.child_by_field_name("body")
    heads = [child for child in children(node) if child != body]
    head = heads[0] if heads else None
    update: Node | None = None
    with walk.scope():
        if head is None:
            test = NONE
        elif head.type == "range_clause":
            test = walk.value(head.child_by_field_name("right"))
        elif head.type == "for_clause":
            walk.run(head.child_by_field_name("initializer"))
            condition, update = head.child_by_field_name("condition"), head.child_by_field_name("update")
            test = walk.value(condition) if condition else NONE
        else:
            test = walk.value(head)
        line, end_line = walk.line(node), walk.end_line(node)
        with (
            walk.target(label, loop=True),
            walk.b.branch() as alternatives,
            alternatives.when("loop", line, end_line, test),
            walk.scope(),
        ):
            if head is not None and head.type == "range_clause":
                _bind_range(walk, head, test)
            walk.run(body)
            walk.run(update)


def _bind_range(walk: Walk, clause: Node, iterable: int) -> None:
    builder, line = walk.b, walk.line(clause)
    values = (builder.add(ir.Opaque("key", (iterable,))), builder.add(ir.Element(iterable)))
    _bind(walk, clause, clause.child_by_field_name("left"), values, line)


def _bind(walk: Walk, node: Node, left: Node | None, values: tuple[int, ...], line: int) -> None:
    """Names on the left of ``:=`` are new, what stands left of ``=`` is assigned."""
    new = any(child.type == ":=" for child in node.children)
    for written, value in zip(listed(left), values, strict=False):
        if new:
            walk.declare(walk.src.text(written), value, line)
        else:
            target(walk, written)(value, line)


# --- switch and select


def _cases(walk: Walk, node: Node, label: str, tests: list[tuple[Node, int]], enter: Callable[[Node], None]) -> None:
    """The blocks of a switch or ``select``: ``enter`` binds what the case binds."""
    waits = node.type == "select_statement"
    exhaustive = waits or any(case.type == "default_case" for case, _ in tests)
    with walk.target(label, loop=False), Branches(walk.b, exhaustive=exhaustive) as alternatives:
        for case, test in tests:
            with alternatives.when("case", walk.line(case), walk.end_line(case), test), walk.scope():
                enter(case)
                for child in case.named_children:
                    if child.type == "statement_list":
                        walk.run(child)


def _found(node: Node, *kinds: str) -> list[Node]:
    return [child for child in node.named_children if child.type in kinds]


def _switch(walk: Walk, node: Node, label: str = "") -> None:
    with walk.scope():
        walk.run(node.child_by_field_name("initializer"))
        subject = node.child_by_field_name("value")
        number = walk.value(subject) if subject else NONE
        cases = _found(node, "expression_case", "default_case")
        tests = [(case, _case_test(walk, case, number)) for case in cases]
        _cases(walk, node, label, tests, lambda _: None)


def _case_test(walk: Walk, case: Node, subject: int) -> int:
    builder = walk.b
    values = [walk.value(value) for value in listed(case.child_by_field_name("value"))]
    if subject != NONE:
        values = [builder.add(ir.Operation("==", (subject, value))) for value in values]
    if not values:
        return NONE
    return values[0] if len(values) == 1 else builder.add(ir.Operation("||", tuple(values)))


def _type_switch(walk: Walk, node: Node, label: str = "") -> None:
    with walk.scope():
        walk.run(node.child_by_field_name("initializer"))
        subject = walk.value(node.child_by_field_name("value"))
        names = [walk.src.text(name) for name in listed(node.child_by_field_name("alias"))]

        tests = [(case, _type_test(walk, case)) for case in _found(node, "type_case", "default_case")]
        kinds = {case.start_byte: test for case, test in tests}

        def enter(case: Node) -> None:
            kind = kinds[case.start_byte]
            held = subject if kind == NONE else walk.b.add(ir.Opaque("type_assertion", (subject, kind)))
            for name in names:
                walk.declare(name, held, walk.line(case))

        _cases(walk, node, label, tests, enter)


def _type_test(walk: Walk, case: Node) -> int:
    types = [walk.value(kind) for kind in case.children_by_field_name("type") if kind.is_named]
    if not types:
        return NONE
    return types[0] if len(types) == 1 else walk.b.add(ir.Sequence(tuple(types)))


def _select(walk: Walk, node: Node, label: str = "") -> None:
    tests = [(case, _communication(walk, case)) for case in _found(node, "communication_case", "default_case")]
    received = {case.start_byte: test for case, test in tests}

    def enter(case: Node) -> None:
        statement = case.child_by_field_name("communication")
        if statement is not None and statement.type == "receive_statement":
            value = received[case.start_byte]
            values = (value, walk.b.add(ir.Opaque("ok", (value,))))
            _bind(walk, statement, statement.child_by_field_name("left"), values, walk.line(statement))

    _cases(walk, node, label, tests, enter)


def _communication(walk: Walk, case: Node) -> int:
    """What a case of ``select`` sends or receives; all are evaluated before one is chosen."""
    statement = case.child_by_field_name("communication")
    if statement is None:
        return NONE
    return walk.value(statement.child_by_field_name("right") if statement.type == "receive_statement" else statement)


def _receive(walk: Walk, node: Node) -> None:
    value = walk.value(node.child_by_field_name("right"))
    _bind(walk, node, node.child_by_field_name("left"), (value,), walk.line(node))


# --- jumps


def _label(walk: Walk, node: Node) -> str:
    return next((walk.src.text(child) for child in node.named_children if child.type == "label_name"), "")


def _jump(walk: Walk, node: Node) -> None:
    walk.jump(_label(walk, node), loop=node.type == "continue_statement")


def _goto(walk: Walk, _: Node) -> None:
    walk.b.leave()


def _labeled(walk: Walk, node: Node) -> None:
    """The label names the loop or switch for the jumps in it; a ``goto`` may come here from anywhere."""
    label = _label(walk, node)
    walk.b.exits = False
    for child in children(node)[1:]:
        breakable = _BREAKABLE.get(child.type)
        if breakable is None:
            walk.run(child)
        else:
            breakable(walk, child, label)


def _nothing(_: Walk, __: Node) -> None:
    """An empty statement, or a ``fallthrough``: the next case stands for itself."""


_BREAKABLE: dict[str, Callable[[Walk, Node, str], None]] = {
    "for_statement": _for,
    "expression_switch_statement": _switch,
    "type_switch_statement": _type_switch,
    "select_statement": _select,
}
STATEMENTS: dict[str, Callable[[Walk, Node], None]] = {
    "block": _block,
    "statement_list": _each,
    "if_statement": _if,
    "for_statement": _for,
    "expression_switch_statement": _switch,
    "type_switch_statement": _type_switch,
    "select_statement": _select,
    "receive_statement": _receive,
    "go_statement": _each,
    "defer_statement": _each,
    "break_statement": _jump,
    "continue_statement": _jump,
    "goto_statement": _goto,
    "labeled_statement": _labeled,
    "fallthrough_statement": _nothing,
    "empty_statement": _nothing,
}
