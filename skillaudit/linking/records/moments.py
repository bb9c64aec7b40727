"""When a record stands in the course of a call: before the tool's work, after it, on failure only, or in any case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.graph import Calls, Edge
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Cls, External, Symbols
from skillaudit.linking.records._pure import PURE_METHODS, is_pure
from skillaudit.linking.records.coverage import Coverage, Left
from skillaudit.trails import Moment

_NEAR = 3
_FAILED = re.compile(r"^(?:is_?err(?:or)?|has_?err(?:or)?|failed|error|err|exc)$", re.IGNORECASE)
_CALLBACKS = {"finally": Moment.EITHER, "then": Moment.SUCCESS, "catch": Moment.FAILURE}
_HEARING = {"on", "once", "addListener"}
_ENDS = {"finish", "close"}
"""Events of a response that has been sent."""
_WENT_WELL = re.compile(r"^(?:is_?)?(?:ok|success|successful|succeeded)$", re.IGNORECASE)
_LATER = {"setImmediate", "queueMicrotask", "nextTick", "call_soon"}
"""What runs a function a moment later: it does what the function does."""
_BRANCHES = {"if", "else", "case"}
_HOOKS = {
    "AddBeforeAny": Moment.BEFORE,
    "AddBeforeCallTool": Moment.BEFORE,
    "AddOnSuccess": Moment.SUCCESS,
    "AddAfterCallTool": Moment.EITHER,
}
"""When mcp-go runs a hook (``server/hooks.go``): a tool that fails mostly answers with a result that says so."""


@dataclass(slots=True)
class Moments:
    """Orders records and work; what a function does is remembered."""

    program: Program
    symbols: Symbols
    calls: Calls
    gates: Gates
    coverage: Coverage
    _work: dict[Fn, tuple[int, ...]] = field(default_factory=dict)
    _working: dict[Fn, bool] = field(default_factory=dict)

    def of(self, left: Left) -> Moment:
        """The moment of one record that a tool's call leaves."""
        if left.failing or self._asks_failure(left.fn, left.block):
            return Moment.FAILURE
        if hooked := _HOOKS.get(self.coverage.hook(left.fn, left.path)):
            return hooked
        if any(map(self._awaits_end, (*left.path, *self.calls.into.get(left.fn, ())))):
            return Moment.EITHER
        if any(map(self.coverage.acquires, left.path)):
            return Moment.BEFORE
        moment = self._here(left.fn, left.block, left.call.location.line)
        for edge in (*reversed(left.path), *self._outside(left.path[0].caller if left.path else left.fn)):
            if moment is not None:
                break
            moment = self._called(edge)
        return moment or Moment.BEFORE

    def _outside(self, fn: Fn) -> Iterator[Edge]:
        """The calls of a closure by the function that it is written in: what runs around tools starts at both."""
        around = Fn(fn.module, self.program.function(fn).parent)
        yield from (edge for edge in self.calls.into.get(fn, ()) if edge.caller == around)

    def _asks_failure(self, fn: Fn, block: int) -> bool:
        """Whether a step runs only where the result says that the call failed: ``if (result.isError)``."""
        return any(
            outer.kind == "if" and outer.test >= 0 and any(self._failing(fn, outer.test))
            for outer in self.gates.around(fn, block)
        )

    def _failing(self, fn: Fn, test: int) -> Iterator[bool]:
        """Whether what a condition asks for says that something failed: ``isError``, ``!ok``."""
        value = self.program.value(fn.at(test))
        if not isinstance(value, ir.Operation):
            yield from (bool(_FAILED.match(name)) for name in self.gates.names(fn.at(test), 2))
        elif value.operator in {"!", "not"}:
            yield from (bool(_WENT_WELL.match(name)) for name in self.gates.names(fn.at(value.operands[0]), 2))

    def _called(self, edge: Edge) -> Moment | None:
        """The moment at which the function that writes the record is called."""
        call = self.program.value(edge.caller.at(edge.value))
        callee = self.program.value(edge.caller.at(call.callee)) if isinstance(call, ir.Call) else None
        if edge.handed and isinstance(callee, ir.Member) and callee.name in _CALLBACKS:
            return _CALLBACKS[callee.name]
        if self._deferred(edge):
            return Moment.EITHER
        return self._here(edge.caller, edge.block, edge.line)

    def _awaits_end(self, edge: Edge) -> bool:
        """``response.on("finish", …)``: what is handed over runs when everything was answered."""
        call = self.program.value(edge.caller.at(edge.value)) if edge.handed else None
        if not isinstance(call, ir.Call) or self.program.called(edge.caller.at(call.callee)) not in _HEARING:
            return False
        event = self.program.value(edge.caller.at(call.args[0].value))
        return isinstance(event, ir.Literal) and event.text in _ENDS

    def _deferred(self, edge: Edge) -> bool:
        """Go runs ``defer func() { … }()`` last, whatever happened; its closures are called where they are written."""
        callee = self.program.value(edge.caller.at(edge.value))
        inner = self.program.value(edge.caller.at(callee.callee)) if isinstance(callee, ir.Call) else None
        return self.program.modules[edge.caller.module].language == "go" and isinstance(inner, ir.Closure)

    def _here(self, fn: Fn, block: int, line: int) -> Moment | None:
        """The moment inside one function; None where it does no work of its own."""
        if any(outer.kind == "finally" for outer in self.gates.around(fn, block)):
            return Moment.EITHER
        work = self._works(fn)
        if not work:
            return None
        position = self._position(fn, line)
        before = [n for n in work if n < position and self._passes(fn, self._block(fn, n), block)]
        after = [n for n in work if n > position and self._passes(fn, block, self._block(fn, n))]
        if not before or after:
            return Moment.BEFORE
        return Moment.EITHER if self._whatever(fn, before[-1], block, line) else Moment.SUCCESS

    def _position(self, fn: Fn, line: int) -> int:
        steps = self.program.function(fn).steps
        on_line = (n for n, s in enumerate(steps) if isinstance(s, ir.Do) and self._line(fn, s) == line)
        return max(on_line, default=len(steps))

    def _line(self, fn: Fn, step: ir.Do) -> int:
        call = self.program.value(fn.at(step.value))
        return call.line if isinstance(call, ir.Call) else 0

    def _block(self, fn: Fn, step: int) -> int:
        return self.program.function(fn).steps[step].block

    def _passes(self, fn: Fn, first: int, second: int) -> bool:
        """Whether one run can pass through both blocks, the first one first."""
        blocks = self.program.function(fn).blocks
        one, other = self._line_of(fn, first), self._line_of(fn, second)
        shared = len([1 for a, b in zip(one, other, strict=False) if a == b])
        apart, further = one[shared:], other[shared:]
        if any(blocks[n].exits for n in apart):
            return False
        if not apart or not further:
            return True
        kinds = blocks[apart[0]].kind, blocks[further[0]].kind
        return kinds[1] != "except" and not (kinds[0] in _BRANCHES and kinds[1] in {"else", "case"})

    def _line_of(self, fn: Fn, block: int) -> list[int]:
        blocks, found = self.program.function(fn).blocks, []
        while block >= 0:
            found.append(block)
            block = blocks[block].parent
        return found[::-1]

    def _whatever(self, fn: Fn, work: int, block: int, line: int) -> bool:
        """Whether a record after the work is written however that ended.

        The failure was caught and the code goes on, or it is a value (Go) that was not asked for in between.
        """
        function = self.program.function(fn)
        held = self._block(fn, work)
        if self.program.modules[fn.module].language == "go":
            step = function.steps[work]
            begun = self._line(fn, step) if isinstance(step, ir.Do) else 0
            between = (b for b in function.blocks if b.exits and begun <= b.line < line)
            apart = (n for n in self._line_of(fn, block) if n not in self._line_of(fn, held))
            return not any(b.kind == "if" for b in between) and not any(
                function.blocks[n].kind in _BRANCHES for n in apart
            )
        tries = [n for n in self._line_of(fn, held) if function.blocks[n].kind == "try"]
        outside = [n for n in tries if n not in self._line_of(fn, block)]
        caught = (b for b in function.blocks if b.kind == "except")
        return any(not b.exits and b.parent in {function.blocks[n].parent, n} for b in caught for n in outside)

    # --- work

    def _works(self, fn: Fn) -> tuple[int, ...]:
        """The steps that do the tool's work: those that run it, else those that have an effect."""
        if fn not in self._work:
            steps = [
                (n, s.value, call)
                for n, s in enumerate(self.program.function(fn).steps)
                if isinstance(s, ir.Do) and isinstance(call := self.program.value(fn.at(s.value)), ir.Call)
            ]
            running = tuple(n for n, value, call in steps if self.coverage.running.runs(fn, value, call))
            self._work[fn] = running or tuple(n for n, value, call in steps if self._acts(fn, value, call))
        return self._work[fn]

    def _acts(self, fn: Fn, value: int, call: ir.Call) -> bool:
        """Whether a call may have an effect outside the function; awaiting says so."""
        symbols = self.symbols.resolve(fn.at(call.callee))
        edges = [e for e in self.calls.out.get(fn, ()) if e.value == value]
        own = [e.target for e in edges if not e.handed]
        paths = [s.path for s in symbols if isinstance(s, External) and not any(e.told for e in edges)]
        callee = self.program.value(fn.at(call.callee))
        name = callee.name if isinstance(callee, ir.Member | ir.Name) else ""
        if later := [e.target for e in edges if e.handed and name in _LATER]:
            return any(map(self._effective, later))
        if paths and all(is_pure(path, awaited=call.awaited) for path in paths):
            return False
        if own and not paths:
            return call.awaited or any(map(self._effective, own))
        if any(isinstance(s, Cls) for s in symbols) or call.new:
            return False
        return name not in PURE_METHODS and (bool(paths) or call.awaited or isinstance(callee, ir.Member))

    def _effective(self, fn: Fn, depth: int = _NEAR) -> bool:
        if fn in self._working:
            return self._working[fn]
        self._working[fn] = False
        found = depth > 0 and any(self._effect(fn, value, call, depth) for value, call, _ in self.program.calls(fn))
        self._working[fn] = found
        return found

    def _effect(self, fn: Fn, value: int, call: ir.Call, depth: int) -> bool:
        own = [e.target for e in self.calls.out.get(fn, ()) if e.value == value and not e.handed]
        if own:
            return call.awaited or any(self._effective(target, depth - 1) for target in own)
        return self._acts(fn, value, call)

    def paths(self, left: Left) -> Iterator[Fn]:
        """The functions that lead to a record."""
        yield from (edge.caller for edge in left.path)
