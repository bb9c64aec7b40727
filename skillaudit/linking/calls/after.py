"""What runs after a step, as far as the order of steps and of calls says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.graph import Calls, Edge
from skillaudit.linking.names.program import Fn, Program

_CALLERS = 4


@dataclass(slots=True)
class After:
    """Asks for one kind of step: ``wanted`` says whether a function's step with this number is one."""

    program: Program
    calls: Calls
    wanted: Callable[[Fn, int], bool]
    _reached: dict[Fn, bool] = field(default_factory=dict)
    _own: dict[Fn, bool] = field(default_factory=dict)

    def follows(self, fn: Fn, number: int) -> bool:
        """Whether such a step may run after step ``number`` of a function; what a file runs at import comes first."""
        return self._follows(fn, number, _CALLERS, self._reach(fn))

    def _follows(self, fn: Fn, number: int, callers: int, ran: frozenset[Fn]) -> bool:
        edges = self._edges(fn)
        steps = self.program.function(fn).steps
        for place in range(number + 1, len(steps)):
            step = steps[place]
            if self.wanted(fn, place):
                return True
            called = edges.get(step.value, []) if isinstance(step, ir.Do) else []
            if any(self.does(edge.target) for edge in called):
                return True
        if not fn.number:
            others = (other for other in self._production() if other not in ran and other.number)
            return not self._is_program(fn, number) and any(map(self._takes, others))
        sites = [edge for edge in self.calls.into.get(fn, ()) if self._counts(edge.caller) and edge.caller != fn]
        return any(not callers or self._follows(edge.caller, self._step_of(edge), callers - 1, ran) for edge in sites)

    def does(self, fn: Fn) -> bool:
        """Whether a function, or one that it calls, takes such a step."""
        if fn not in self._reached:
            self._reached[fn] = any(map(self._takes, self._reach(fn)))
        return self._reached[fn]

    def _reach(self, fn: Fn) -> frozenset[Fn]:
        seen, front = {fn}, [fn]
        while front:
            inner = {edge.target for edge in self.calls.out.get(front.pop(), ())} - seen
            seen |= inner
            front += inner
        return frozenset(seen)

    def _is_program(self, fn: Fn, number: int) -> bool:
        """Whether a step stands where a file is the program that was started: ``if __name__ == "__main__"``."""
        function = self.program.function(fn)
        step = function.steps[number] if number >= 0 else None
        place = step.block if step is not None else -1
        while place >= 0:
            block = function.blocks[place]
            test = function.values[block.test] if block.test >= 0 else None
            operands = test.operands if isinstance(test, ir.Operation) else ()
            if any(getattr(function.values[one], "name", "") == "__name__" for one in operands):
                return True
            place = block.parent
        return False

    def _takes(self, fn: Fn) -> bool:
        if fn not in self._own:
            self._own[fn] = any(self.wanted(fn, place) for place in range(len(self.program.function(fn).steps)))
        return self._own[fn]

    def _edges(self, fn: Fn) -> dict[int, list[Edge]]:
        found: dict[int, list[Edge]] = {}
        for edge in self.calls.out.get(fn, ()):
            found.setdefault(edge.value, []).append(edge)
        return found

    def _step_of(self, edge: Edge) -> int:
        steps = self.program.function(edge.caller).steps
        return next((n for n, step in enumerate(steps) if isinstance(step, ir.Do) and step.value == edge.value), -1)

    def _production(self) -> Iterator[Fn]:
        return (fn for fn in self.program.functions() if self._counts(fn))

    def _counts(self, fn: Fn) -> bool:
        return self.program.surface(fn.module).counts
