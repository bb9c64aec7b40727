"""Formatters of Python's ``logging`` that write no record: replaced later, on no handler, on one that is gone."""

from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.loggers.tree import Addition, LoggerTree
from skillaudit.linking.names.program import At, Fn

_SETTING = {
    "setFormatter",
    "setLevel",
    "addFilter",
    "formatter",
    "level",
    "name",
    "set_name",
    "terminator",
    "addHandler",
}
"""What is done to a handler without attaching it."""


@dataclass(slots=True)
class Overridden:
    """Answers for a call that makes a formatter, or sets logging up; what cannot be followed writes records."""

    tree: LoggerTree

    def of(self, fn: Fn, value: int, call: ir.Call) -> bool:
        """Whether what a call sets up is without effect when the program serves."""
        paths = self.tree.setups.paths(fn.at(call.callee))
        if "logging.basicConfig" in paths:
            return self._reset(fn, value, None)
        if any(path.startswith("logging.config.") for path in paths):
            return self._reset(fn, value, None)
        use = self.tree.uses.of(fn.at(value))
        own = bool(self.tree.setups.classes(fn.at(call.callee)))
        if use.escapes or use.members or not (own or any(path.endswith("Formatter") for path in paths)):
            return False
        places = [*map(self._handed, use.handed), *(self._kept(where, step) for where, step in use.kept)]
        return all(one is not None and self._is_gone(*one) for one in places)

    def _handed(self, at: At) -> tuple[Fn, int, At] | None:
        """The function, the step and the handler of a call of ``setFormatter``; None where it is another call."""
        program = self.tree.setups.box.program
        call, fn = program.value(at), Fn(at.module, at.function)
        callee = program.value(at.to(call.callee)) if isinstance(call, ir.Call) else None
        if not isinstance(callee, ir.Member) or callee.name != "setFormatter":
            return None
        steps = program.function(fn).steps
        place = next(n for n, step in enumerate(steps) if isinstance(step, ir.Do) and step.value == at.value)
        return fn, place, program.bare(at.to(callee.base))

    def _kept(self, fn: Fn, step: ir.Store) -> tuple[Fn, int, At] | None:
        program = self.tree.setups.box.program
        if step.name != "formatter":
            return None
        return fn, program.function(fn).steps.index(step), program.bare(fn.at(step.base))

    def _is_gone(self, fn: Fn, place: int, handler: At) -> bool:
        """Whether a handler writes nothing in the format that a step gives it."""
        return self._replaced(fn, place, handler) or self._unattached(handler) or self._reset(fn, place, handler)

    def _replaced(self, fn: Fn, place: int, handler: At) -> bool:
        function = self.tree.setups.box.program.function(fn)
        for later in range(place + 1, len(function.steps)):
            other = self._set(fn, function.steps[later])
            if other is None or not self._always(function, function.steps[place].block, function.steps[later].block):
                continue
            if other == handler or self._is_every(other):
                return True
        return False

    def _set(self, fn: Fn, step: ir.Step) -> At | None:
        """The handler that a step gives a formatter."""
        match step:
            case ir.Do(value=value):
                found = self._handed(fn.at(value))
            case ir.Store(base=base) if base >= 0:
                found = self._kept(fn, step)
            case _:
                found = None
        return found[2] if found else None

    def _is_every(self, handler: At) -> bool:
        """Whether a handler is each of the root logger's, in a loop over them."""
        program = self.tree.setups.box.program
        one = program.value(handler)
        held = program.bare(handler.to(one.base)) if isinstance(one, ir.Element) else None
        listed = program.value(held) if held else None
        if held is None or not isinstance(listed, ir.Member) or listed.name != "handlers":
            return False
        return self.tree.names(held.to(listed.base)) == frozenset({""})

    def _always(self, function: ir.Function, first: int, later: int) -> bool:
        """Whether a block runs whenever an earlier one did: it stands around it, or is a loop that does."""
        block = function.blocks[later]
        later = block.parent if block.kind == "loop" else later
        while first >= 0:
            if first == later:
                return True
            first = function.blocks[first].parent
        return False

    def _unattached(self, handler: At) -> bool:
        value = self.tree.setups.box.program.value(handler)
        if not isinstance(value, ir.Call) or not self.tree.setups.paths(handler):
            return False
        use = self.tree.uses.of(handler)
        return not (use.escapes or use.handed or use.kept) and use.members <= _SETTING

    # --- handlers taken away by a later set-up

    def _reset(self, fn: Fn, place: int, handler: At | None) -> bool:
        """Whether what gave a logger the handler, or call ``place`` itself, is undone later in the same function."""
        held = [one for one in self.tree.additions() if one.fn == fn]
        giving = [one for one in held if self._gives(one, place, handler)]
        undone = (any(self._undoes(other, one, handler) for other in held) or self._too_late(one) for one in giving)
        return bool(giving) and all(undone)

    def _gives(self, one: Addition, place: int, handler: At | None) -> bool:
        if handler is not None:
            return handler in self.tree.handlers_of(one)
        step = self.tree.setups.box.program.function(one.fn).steps[one.step]
        return isinstance(step, ir.Do) and step.value == place

    def _undoes(self, other: Addition, one: Addition, handler: At | None) -> bool:
        function = self.tree.setups.box.program.function(one.fn)
        steps = function.steps
        return (
            other.step > one.step
            and one.names == frozenset({""})
            and self.tree.resets(other)
            and (handler is None or handler not in self.tree.handlers_of(other))
            and self._always(function, steps[one.step].block, steps[other.step].block)
        )

    def _too_late(self, one: Addition) -> bool:
        """``basicConfig`` does nothing for a root logger that has handlers, unless it is told to."""
        call = self.tree.call_of(one)
        paths = self.tree.setups.paths(one.fn.at(call.callee)) if call else []
        if call is None or "logging.basicConfig" not in paths or any(a.name == "force" or a.spread for a in call.args):
            return False
        return any(self._comes_first(other, one) for other in self.tree.additions())

    def _comes_first(self, other: Addition, one: Addition) -> bool:
        function = self.tree.setups.box.program.function(one.fn)
        before = other.fn == one.fn and other.step < one.step and other.names == frozenset({""})
        blocks = function.steps[one.step].block, function.steps[other.step].block if before else -1
        return before and self.tree.is_plain(other) and self._always(function, *blocks)
