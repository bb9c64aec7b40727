"""Comprehensions and generator expressions."""

from collections.abc import Callable
from contextlib import ExitStack

import libcst as cst

from skillaudit import ir
from skillaudit.collectors._python_context import Context
from skillaudit.collectors._python_targets import Targets


class Comprehensions:
    """The handlers of comprehensions: loops whose names live only inside."""

    def __init__(self, context: Context, targets: Targets) -> None:
        self._ctx, self._targets = context, targets
        context.expressions |= {
            cst.GeneratorExp: self._simple,
            cst.ListComp: self._simple,
            cst.SetComp: self._simple,
            cst.DictComp: self._dict,
            cst.StarredDictComp: self._starred_dict,
        }

    def _simple(self, node: cst.GeneratorExp | cst.ListComp | cst.SetComp) -> int:
        ctx = self._ctx
        return self._loop(node.for_in, lambda tests: ctx.b.add(ir.Sequence((self._where(tests, node.elt),))))

    def _dict(self, node: cst.DictComp) -> int:
        return self._loop(node.for_in, lambda tests: self._record(node, node.key, self._where(tests, node.value)))

    def _starred_dict(self, node: cst.StarredDictComp) -> int:
        return self._loop(node.for_in, lambda tests: self._record(node, None, self._where(tests, node.value)))

    def _where(self, tests: list[int], element: cst.CSTNode) -> int:
        """An element that is there only where every ``if`` of the comprehension holds."""
        number = self._ctx.value(element)
        for test in reversed(tests):
            number = self._ctx.b.choice((number,), test)
        return number

    def _record(self, node: cst.CSTNode, key: cst.CSTNode | None, value: int) -> int:
        ctx = self._ctx
        if key is not None:
            ctx.value(key)
        entry = ir.Entry("", value, spread=key is None)
        return ctx.b.add(ir.Record((entry,), ctx.positions.line(node)))

    def _loop(self, clause: cst.CompFor, result: Callable[[list[int]], int]) -> int:
        """One block per ``for`` and ``if``, the result inside all of them."""
        ctx = self._ctx
        env, hidden = ctx.b.env, ctx.scope.hidden
        ctx.scope.hidden, before = dict(hidden), dict(env)
        rest: cst.CompFor | None = clause
        tests: list[int] = []
        with ExitStack() as blocks:
            while rest is not None:
                iterable = ctx.value(rest.iter)
                blocks.enter_context(ctx.maybe("loop", rest.iter, iterable))
                self._targets.assign(rest.target, ctx.b.add(ir.Element(iterable)), ctx.hide)
                for condition in rest.ifs:
                    tests.append(ctx.value(condition.test))
                    blocks.enter_context(ctx.maybe("if", condition.test, tests[-1]))
                rest = rest.inner_for_in
            number = result(tests)
        for name in [name for name, bound in ctx.scope.hidden.items() if hidden.get(name) != bound]:
            env.pop(name, None)
            if name in before:
                env[name] = before[name]
        ctx.scope.hidden = hidden
        return number
