"""Declarations and control flow of JavaScript."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE, Branches
from skillaudit.collectors._typescript_bind import bind
from skillaudit.collectors._typescript_walk import Binder, Statements, Walk, parts

_NEVER_RETURN = (b"process.exit(", b"process.abort(", b"ctx.throw(")
"""Calls behind which nothing runs; the last is Koa's."""


def _block(at: Walk, node: Node) -> None:
    with at.scope():
        at.run_all(parts(node))


def _every(at: Walk, node: Node) -> None:
    for part in parts(node):
        at.run(part)


def _expression(at: Walk, node: Node) -> None:
    for part in parts(node):
        at.value(part)
    if at.source.code.startswith(_NEVER_RETURN, node.start_byte):
        at.b.leave()


def _nothing(_at: Walk, _node: Node) -> None:
    """``debugger``, an empty statement, ``#!``."""


# --- declarations


def _declaration(at: Walk, node: Node) -> None:
    to: Binder = at.declare_var if node.type == "variable_declaration" else at.declare
    for child in parts(node):
        target = child.child_by_field_name("name")
        if target is not None:
            bind(at, target, _initial(at, child, target), to)


def _initial(at: Walk, declarator: Node, target: Node) -> int:
    value, annotation = declarator.child_by_field_name("value"), declarator.child_by_field_name("type")
    if value is not None:
        return at.named(value, "" if target.child_count else at.text(target))
    if annotation is not None:
        return at.b.add(ir.Opaque("declared", (at.value(annotation),)))
    return at.b.add(ir.Literal("null", "undefined"))


# --- leaving


def _return(at: Walk, node: Node) -> None:
    inside = parts(node)
    at.b.give_back(at.value(inside[0]) if inside else NONE, at.line(node))


def _throw(at: Walk, node: Node) -> None:
    inside = parts(node)
    at.b.throw(at.value(inside[0]) if inside else NONE, at.line(node))


def _jump(at: Walk, _node: Node) -> None:
    at.jump()


def _labelled(at: Walk, node: Node) -> None:
    body = node.child_by_field_name("body")
    if body is not None:
        with at.breakable():
            at.run(body)


def _with(at: Walk, node: Node) -> None:
    subject, body = node.child_by_field_name("object"), node.child_by_field_name("body")
    if subject is not None:
        at.value(subject)
    if body is not None:
        at.run(body)


# --- branches


def _if(at: Walk, node: Node) -> None:
    condition, then = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
    otherwise = node.child_by_field_name("alternative")
    test = at.value(condition) if condition is not None else NONE
    with at.b.branch() as ways:
        ways.exhaustive = otherwise is not None
        if then is not None:
            with ways.when("if", at.line(then), at.end_line(then), test):
                at.run(then)
        if otherwise is not None:
            with ways.when("else", at.line(otherwise), at.end_line(otherwise), test):
                at.run(otherwise)


def _switch(at: Walk, node: Node) -> None:
    subject, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    if subject is None or body is None:
        return
    value = at.value(subject)
    cases = [child for child in parts(body) if child.type in {"switch_case", "switch_default"}]
    tests: list[int] = []
    with at.scope(), at.breakable(), at.b.branch() as ways:
        ways.exhaustive = any(case.type == "switch_default" for case in cases)
        for case in cases:
            wanted = case.child_by_field_name("value")
            tests.append(NONE if wanted is None else _asked(at, value, wanted))
            statements = [child for child in case.children_by_field_name("body") if child.is_named]
            if statements or case.id == cases[-1].id:
                with ways.when("case", at.line(case), at.end_line(case), _any_of(at, tests)):
                    _case(at, statements)
                    falls = bool(statements) and not at.b.exits and not _breaks(statements)
                tests = tests if falls else []
                if falls:
                    ways.fall()


def _asked(at: Walk, value: int, wanted: Node) -> int:
    """What a case asks: ``switch (true)`` asks whether its cases hold."""
    if at.b.values[value] == ir.Literal("bool", "true"):
        return at.value(wanted)
    return at.b.add(ir.Operation("===", (value, at.value(wanted))))


def _breaks(statements: list[Node]) -> bool:
    """Whether a case ends with ``break``, also inside its own braces."""
    if len(statements) == 1 and statements[0].type == "statement_block":
        return _breaks(parts(statements[0]))
    return bool(statements) and statements[-1].type == "break_statement"


def _any_of(at: Walk, tests: list[int]) -> int:
    if NONE in tests:
        return NONE
    return tests[0] if len(tests) == 1 else at.b.add(ir.Operation("||", tuple(tests)))


def _case(at: Walk, statements: list[Node]) -> None:
    """A ``break`` at the end, also inside the case's own braces, is the case's natural end."""
    if len(statements) == 1 and statements[0].type == "statement_block":
        with at.scope():
            _case(at, parts(statements[0]))
    elif statements and statements[-1].type == "break_statement":
        at.run_all(statements[:-1])
    else:
        at.run_all(statements)


# --- loops


def _for_in(at: Walk, node: Node) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    body, operator = node.child_by_field_name("body"), node.child_by_field_name("operator")
    if left is None or right is None or body is None:
        return
    iterable = at.value(right)
    source = iterable if operator is None or operator.type == "of" else at.b.add(ir.Opaque("keys", (iterable,)))
    kind = node.child_by_field_name("kind")
    to: Binder = at.write if kind is None else at.declare_var if kind.type == "var" else at.declare
    with (
        at.breakable(),
        at.b.branch() as ways,
        ways.when("loop", at.line(node), at.end_line(node), iterable),
        at.scope(),
    ):
        bind(at, left, at.b.add(ir.Element(source)), to)
        at.run(body)


def _for(at: Walk, node: Node) -> None:
    condition, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
    start, step = node.child_by_field_name("initializer"), node.child_by_field_name("increment")
    with at.scope():
        if start is not None:
            at.run(start)
        test = NONE if condition is None or condition.type == "empty_statement" else at.value(condition)
        with at.breakable(), at.b.branch() as ways, ways.when("loop", at.line(node), at.end_line(node), test):
            if body is not None:
                at.run(body)
            if step is not None:
                at.value(step)


def _while(at: Walk, node: Node) -> None:
    condition, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
    test = at.value(condition) if condition is not None else NONE
    with at.breakable(), at.b.branch() as ways, ways.when("loop", at.line(node), at.end_line(node), test):
        if body is not None:
            at.run(body)


def _do(at: Walk, node: Node) -> None:
    condition, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
    with at.breakable(), at.b.branch() as ways, ways.when("loop", at.line(node), at.end_line(node)):
        if body is not None:
            at.run(body)
        if condition is not None:
            at.value(condition)


# --- exceptions


def _try(at: Walk, node: Node) -> None:
    body, handler = node.child_by_field_name("body"), node.child_by_field_name("handler")
    finalizer = node.child_by_field_name("finalizer")
    with at.b.branch() as ways:
        ways.exhaustive = True
        tried: dict[str, int] = {}
        if body is not None:
            with ways.when("try", at.line(body), at.end_line(body)):
                at.run(body)
                tried = at.b.env
        if handler is not None:
            _catch(at, handler, tried, ways)
    if finalizer is not None:
        with at.b.within("finally", at.line(finalizer), at.end_line(finalizer)):
            _every(at, finalizer)


def _catch(at: Walk, node: Node, tried: dict[str, int], ways: Branches) -> None:
    """What reaches the handler is the environment from before the ``try`` or anything assigned in it."""
    parameter, body = node.child_by_field_name("parameter"), node.child_by_field_name("body")
    line = at.line(node)
    caught = at.b.add(ir.Caught((), line))
    if parameter is not None and parameter.type == "identifier":
        test = at.b.add(ir.Variable(at.text(parameter), caught, at.line(parameter)))
    else:
        test = caught
    with ways.when("except", line, at.end_line(node), test):
        env = at.b.env
        for name, value in tried.items():
            env[name] = at.b.choice((env[name], value)) if name in env else value
        with at.scope():
            if parameter is not None:
                bind(at, parameter, caught, at.declare)
            if body is not None:
                at.run(body)


STATEMENTS: Statements = {
    **dict.fromkeys(("lexical_declaration", "variable_declaration", "using_declaration"), _declaration),
    **dict.fromkeys(("empty_statement", "debugger_statement", "hash_bang_line"), _nothing),
    **dict.fromkeys(("break_statement", "continue_statement"), _jump),
    **dict.fromkeys(("else_clause", "finally_clause"), _every),
    "do_statement": _do,
    "expression_statement": _expression,
    "for_in_statement": _for_in,
    "for_statement": _for,
    "if_statement": _if,
    "labeled_statement": _labelled,
    "return_statement": _return,
    "statement_block": _block,
    "switch_statement": _switch,
    "throw_statement": _throw,
    "try_statement": _try,
    "while_statement": _while,
    "with_statement": _with,
}
