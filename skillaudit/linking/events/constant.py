"""Whether what a call is given is written down in the code, on the way that leads from a tool's handler to it."""

from collections.abc import Iterable, Sequence

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.toolbox import Toolbox

_DEPTH = 12


class Constants(msgspec.Struct, frozen=True):
    """Answers for one way at a time: other callers of the same helper hand in other things."""

    box: Toolbox

    def only(self, values: Iterable[At], path: Sequence[Edge]) -> bool:
        """Whether the values are made of constants alone; false where that cannot be followed."""
        return all(self._is(at, path, _DEPTH) for at in values)

    def _is(self, at: At, path: Sequence[Edge], depth: int) -> bool:  # noqa: PLR0911 - one case per kind of value
        value = self.box.program.value(at)
        if not depth:
            return False
        match value:
            case ir.Literal():
                return True
            case ir.Variable():
                return self._is(at.to(value.value), path, depth - 1)
            case ir.Text(parts=inner) | ir.Sequence(items=inner) | ir.Operation(operands=inner):
                return all(self._is(at.to(part), path, depth - 1) for part in inner)
            case ir.Choice(options=inner):
                return all(self._is(at.to(option), path, depth - 1) for option in inner)
            case ir.Record():
                return all(self._is(at.to(entry.value), path, depth - 1) for entry in value.entries)
            case ir.Name():
                outer = self.box.program.lexical(Fn(at.module, at.function), value.name)
                return outer is not None and self._is(outer, path, depth - 1)
            case ir.Param():
                return self._handed(at, value, path, depth)
            case ir.Call():
                return self._made(at, value, path, depth)
            case _:
                return False

    def _handed(self, at: At, value: ir.Param, path: Sequence[Edge], depth: int) -> bool:
        """What the call on the way hands in for a parameter."""
        fn = Fn(at.module, at.function)
        number = next((n for n, edge in enumerate(path) if edge.target == fn and not edge.handed), None)
        call = None if number is None else self.box.program.value(path[number].caller.at(path[number].value))
        if number is None or not isinstance(call, ir.Call):
            return False
        given = list(self.box.origins.arguments(path[number].caller, call, Formal(fn, value.index)))
        return bool(given) and all(self._is(one, path[:number], depth - 1) for one in given)

    def _made(self, at: At, call: ir.Call, path: Sequence[Edge], depth: int) -> bool:
        """What a library makes of constants: ``JSON.stringify({query})``, ``"…".encode()``."""
        if any(isinstance(symbol, Fn) for symbol in self.box.symbols.resolve(at.to(call.callee))):
            return False
        callee = self.box.program.value(at.to(call.callee))
        inner = [at.to(argument.value) for argument in call.args]
        inner = inner or ([at.to(callee.base)] if isinstance(callee, ir.Member) else [])
        return bool(inner) and all(self._is(one, path, depth - 1) for one in inner)
