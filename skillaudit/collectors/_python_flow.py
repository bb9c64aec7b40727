"""Compound statements: branches, loops, handlers, contexts."""

from collections.abc import Iterable
from contextlib import ExitStack

import libcst as cst

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._python_context import Context, Loop
from skillaudit.collectors._python_patterns import Pattern
from skillaudit.collectors._python_targets import Targets

_TRUE = ir.Literal("bool", "true")


class Flow:
    """The handlers of compound statements but definitions."""

    def __init__(self, context: Context, targets: Targets) -> None:
        self._ctx, self._targets = context, targets
        context.statements |= {
            cst.If: self._if,
            cst.For: self._for,
            cst.While: self._while,
            cst.Try: self._try,
            cst.TryStar: self._try,
            cst.With: self._with,
            cst.Match: self._match,
            cst.Break: self._break,
            cst.Continue: self._continue,
        }

    def _lines(self, head: cst.CSTNode, body: cst.CSTNode) -> tuple[int, int]:
        """Where a block starts and ends."""
        return self._ctx.positions.line(head), self._ctx.positions.end_line(body)

    def _join(self, ends: Iterable[dict[str, int]]) -> dict[str, int]:
        """The environment after one of several ways here, which differ in a few names only."""
        first, *others = ends
        joined = dict(first)
        differing = [name for env in others for name, value in env.items() if joined.get(name) != value]
        for name in dict.fromkeys(differing):
            joined[name] = self._ctx.b.choice(tuple(env[name] for env in (first, *others) if name in env))
        return joined

    # --- branches

    def _if(self, node: cst.If) -> None:
        """A chain of ``elif`` is walked, not descended: dispatchers have hundreds of them."""
        ctx = self._ctx
        rest: cst.If | cst.Else | None = node
        with ExitStack() as opened:
            while isinstance(rest, cst.If):
                test = ctx.value(rest.test)
                alternatives = opened.enter_context(ctx.b.branch())
                with alternatives.when("if", *self._lines(rest, rest.body), test):
                    ctx.suite(rest.body)
                whole, rest = rest, rest.orelse
                if rest is not None:
                    alternatives.exhaustive = True
                    opened.enter_context(alternatives.when("else", *self._lines(rest, whole), test))
            if rest is not None:
                ctx.suite(rest.body)

    def _match(self, node: cst.Match) -> None:
        ctx = self._ctx
        subject = ctx.value(node.subject)
        with ctx.b.branch() as alternatives:
            for case in node.cases:
                pattern = Pattern(ctx)
                test = pattern.test(case.pattern, subject)
                if case.guard is not None:
                    test = self._guarded(pattern, test, case.guard)
                alternatives.exhaustive = alternatives.exhaustive or test == NONE
                with alternatives.when("case", *self._lines(case, case.body), test):
                    for name, value, line in pattern.captures:
                        ctx.bind(name, value, line)
                    ctx.suite(case.body)

    def _guarded(self, pattern: Pattern, test: int, guard: cst.BaseExpression) -> int:
        """The condition of a case with a guard, which sees the names that the pattern binds."""
        ctx, before = self._ctx, dict(self._ctx.b.env)
        for name, value, line in pattern.captures:
            ctx.b.env[name] = ctx.b.add(ir.Variable(name, value, line))
        holds = ctx.value(guard)
        ctx.b.env = before
        return holds if test == NONE else ctx.b.add(ir.Operation("and", (test, holds)))

    # --- loops

    def _for(self, node: cst.For) -> None:
        ctx = self._ctx
        iterable = ctx.value(node.iter)
        loop = Loop()
        with ctx.b.branch() as alternatives, alternatives.when("loop", *self._lines(node, node.body), iterable):
            self._targets.assign(node.target, ctx.b.add(ir.Element(iterable)), ctx.bind)
            self._loop_body(loop, node.body)
        self._after(loop, node.orelse)

    def _while(self, node: cst.While) -> None:
        ctx = self._ctx
        test = ctx.value(node.test)
        loop = Loop()
        with ctx.b.branch() as alternatives, alternatives.when("loop", *self._lines(node, node.body), test):
            self._loop_body(loop, node.body)
        if ctx.b.values[test] != _TRUE:
            self._after(loop, node.orelse)
        elif loop.left:
            ctx.b.env = self._join(loop.left)
        else:
            ctx.b.leave()

    def _loop_body(self, loop: Loop, body: cst.BaseSuite) -> None:
        self._ctx.scope.loops.append(loop)
        self._ctx.suite(body)
        self._ctx.scope.loops.pop()

    def _after(self, loop: Loop, orelse: cst.Else | None) -> None:
        """What reaches the end of a loop; ``else`` runs where no ``break`` left it."""
        ctx = self._ctx
        if loop.again:
            ctx.b.env = self._join((ctx.b.env, *loop.again))
        if orelse is not None:
            with ctx.b.within("else", *self._lines(orelse, orelse.body)):
                ctx.suite(orelse.body)
                exits = ctx.b.exits
            if exits and loop.left:
                ctx.b.env, ctx.b.exits = self._join(loop.left), False
                return
        if loop.left:
            ctx.b.env = self._join((ctx.b.env, *loop.left))

    def _break(self, _: cst.Break) -> None:
        if self._ctx.scope.loops:
            self._ctx.scope.loops[-1].left.append(dict(self._ctx.b.env))
        self._ctx.b.leave()

    def _continue(self, _: cst.Continue) -> None:
        if self._ctx.scope.loops:
            self._ctx.scope.loops[-1].again.append(dict(self._ctx.b.env))
        self._ctx.b.leave()

    # --- handlers

    def _try(self, node: cst.Try | cst.TryStar) -> None:
        """Handlers see what held before the ``try`` or at its end; ``else`` is not under their protection."""
        ctx, exited = self._ctx, self._ctx.b.exits
        before, ends = dict(ctx.b.env), []
        falls = self._protected("try", node, node.body)
        tried = dict(ctx.b.env)
        if node.orelse is not None:
            falls = self._protected("else", node.orelse, node.orelse.body) and falls
        if falls:
            ends.append(ctx.b.env)
        for handler in node.handlers:
            ctx.b.env = self._join((before, tried))
            if self._handler(handler):
                ends.append(ctx.b.env)
        ctx.b.env = self._join(ends or (before, tried))
        finishes = True
        if node.finalbody is not None:
            finishes = self._protected("finally", node.finalbody, node.finalbody.body)
        ctx.b.exits = exited or not ends or not finishes

    def _protected(self, kind: str, head: cst.CSTNode, body: cst.BaseSuite, test: int = NONE) -> bool:
        """Lower one part of a ``try`` statement; whether its end is reached."""
        ctx = self._ctx
        ctx.b.exits = False
        with ctx.b.within(kind, *self._lines(head, body), test):
            ctx.suite(body)
        return not ctx.b.exits

    def _handler(self, handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
        ctx, line = self._ctx, self._ctx.positions.line(handler)
        types = () if handler.type is None else self._types(handler.type)
        caught = ctx.b.add(ir.Caught(types, line))
        if handler.name is not None:
            self._targets.assign(handler.name.name, caught, ctx.bind)
            caught = ctx.value(handler.name.name)
        return self._protected("except", handler, handler.body, caught)

    def _types(self, node: cst.BaseExpression) -> tuple[int, ...]:
        """The exception types of a clause: one, or those of a tuple."""
        number = self._ctx.value(node)
        value = self._ctx.b.values[number]
        return value.items if isinstance(value, ir.Sequence) else (number,)

    # --- contexts

    def _with(self, node: cst.With) -> None:
        ctx = self._ctx
        with ExitStack() as opened:
            for item in node.items:
                manager = ctx.value(item.item)
                opened.enter_context(ctx.b.within("with", *self._lines(node, node.body), manager))
                if item.asname is not None:
                    self._targets.assign(item.asname.name, manager, ctx.bind)
            ctx.suite(node.body)
