"""Which steps of shared code every call passes, and which only a rare one does.

What many tools share also sets things up: connections, credentials, sessions. A record there says something about the
set-up and nothing about the call, unless the code makes it each time or because the call itself failed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates, children
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbols
from skillaudit.linking.values.roles import Roles

_BRANCHES = {"if", "else", "case"}
_CACHES = {"functools.cache", "functools.lru_cache", "functools.cached_property"}
_SHORT_CIRCUITS = {"&&", "||", "and", "or"}
_DEEPEST = 8


@dataclass(slots=True)
class Regular:
    """Judges steps and calls; what holds of a call is remembered."""

    program: Program
    symbols: Symbols
    roles: Roles
    gates: Gates
    _acquiring: dict[Edge, bool] = field(default_factory=dict)
    _left_out: dict[Fn, frozenset[int]] = field(default_factory=dict)

    def always(self, fn: Fn, block: int, line: int) -> bool:
        """Whether a step stands under no condition but a failure, and not behind an early return of what was kept."""
        for number, outer in self._around(fn, block):
            if outer.kind in _BRANCHES and not self.gates.fails(fn, number):
                return False
        return not self._kept(fn, line)

    def guarded(self, edge: Edge) -> bool:
        """Whether a call may be left out within its line: ``asks(name) && await confirm(name)``."""
        if edge.caller not in self._left_out:
            found: set[int] = set()
            for value in self.program.function(edge.caller).values:
                if isinstance(value, ir.Operation) and value.operator in _SHORT_CIRCUITS:
                    found.update(*(self._inside(edge.caller, operand) for operand in value.operands[1:]))
            self._left_out[edge.caller] = frozenset(found)
        return edge.value in self._left_out[edge.caller]

    def _inside(self, fn: Fn, value: int, depth: int = _DEEPEST) -> Iterator[int]:
        yield value
        held = self.program.value(fn.at(value))
        for operand in held.operands if isinstance(held, ir.Operation) and depth else ():
            yield from self._inside(fn, operand, depth - 1)

    def _around(self, fn: Fn, block: int) -> Iterator[tuple[int, ir.Block]]:
        blocks = self.program.function(fn).blocks
        while block >= 0:
            yield block, blocks[block]
            block = blocks[block].parent

    def _kept(self, fn: Fn, line: int) -> bool:
        """Whether the lines before leave with what they found: ``if self.client: return self.client``, ``@cache``.

        A return of nothing says the same: there was nothing to do.
        """
        function = self.program.function(fn)
        scope = Fn(fn.module, function.parent)
        if any(self._caches(scope.at(number)) for number in function.decorators):
            return True
        for step in function.steps:
            if isinstance(step, ir.Return) and step.line < line and not step.yields:
                returned = self._names(fn.at(step.value)) if step.value >= 0 else None
                for number, outer in self._around(fn, step.block):
                    if outer.kind != "if" or outer.test < 0 or outer.end_line >= line or self.gates.fails(fn, number):
                        continue
                    if returned is None or not returned.isdisjoint(self.gates.names(fn.at(outer.test))):
                        return True
        return False

    def _caches(self, at: At) -> bool:
        value = self.program.value(at)
        callee = at.to(value.callee) if isinstance(value, ir.Call) else at
        return any(isinstance(s, External) and s.path in _CACHES for s in self.symbols.resolve(callee))

    def _names(self, at: At) -> set[str]:
        """What a returned name is called; anything put together has none."""
        value = self.program.value(at)
        if isinstance(value, ir.Item):
            return self._names(at.to(value.base))
        if isinstance(value, ir.Sequence):
            return {name for item in value.items[:1] for name in self._names(at.to(item))}
        return {value.name} if isinstance(value, ir.Variable | ir.Name | ir.Member) else set()

    # --- what a call gets hold of

    def acquires(self, edge: Edge) -> bool:
        """Whether a call only fetches what the work is done with: given nothing of the client's, and called upon."""
        if edge not in self._acquiring:
            call = self.program.value(edge.caller.at(edge.value))
            told = isinstance(call, ir.Call) and any(
                self._telling(edge.caller.at(argument.value), _DEEPEST) for argument in call.args
            )
            self._acquiring[edge] = not edge.handed and not told and self._called_upon(edge.caller, edge.value)
        return self._acquiring[edge]

    def _telling(self, at: At, depth: int) -> bool:
        """Whether an argument says what to do: a text, or something of what the client sent."""
        value = self.program.value(at)
        match value:
            case ir.Literal():
                return value.kind == "str"
            case ir.Text() | ir.Closure():
                return True
            case ir.Param():
                return bool(self.roles.of(Formal(Fn(at.module, at.function), value.index)))
            case ir.Variable():
                return depth > 0 and self._telling(at.to(value.value), depth - 1)
            case _:
                return depth > 0 and any(self._telling(at.to(child), depth - 1) for child in children(value))

    def _called_upon(self, fn: Fn, value: int) -> bool:
        """Whether methods of a call's result are called, or it is entered by ``with``."""
        function = self.program.function(fn)
        bases = [
            callee.base
            for _, call, _ in self.program.calls(fn)
            if isinstance(callee := function.values[call.callee], ir.Member)
        ]
        entered = [block.test for block in function.blocks if block.kind == "with" and block.test >= 0]
        return any(self._stems(function, base, value) for base in (*bases, *entered))

    def _stems(self, function: ir.Function, base: int, value: int) -> bool:
        for _ in range(_DEEPEST):
            if base == value:
                return True
            held = function.values[base]
            match held:
                case ir.Variable():
                    base = held.value
                case ir.Member() | ir.Item():
                    base = held.base
                case _:
                    return False
        return False
