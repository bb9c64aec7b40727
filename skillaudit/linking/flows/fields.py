"""Where a field's value is written: in a literal, in the call that made the object, in what a function gives back."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Cls, Fn

_DEPTH = 8


@dataclass(slots=True)
class Fields:
    """Looks for the expressions themselves, not for what they hold."""

    taints: Taints

    def of(self, at: At, name: str, depth: int = _DEPTH) -> Iterator[At]:
        """The expressions that fill a field of the object at a place, as far as the object is made in sight."""
        program = self.taints.program
        value = program.value(at)
        match value:
            case ir.Variable() | ir.Operation(operator="await") if depth:
                inner = value.value if isinstance(value, ir.Variable) else value.operands[0]
                yield from self.of(at.to(inner), name, depth - 1)
            case ir.Item() if depth and isinstance(call := program.value(at.to(value.base)), ir.Call):
                key = program.value(at.to(value.key))
                place = int(key.text) if isinstance(key, ir.Literal) and key.text.isdecimal() else -1
                yield from self._returned(at.to(value.base), call, name, place, depth)
            case ir.Call() if depth:
                yield from self._returned(at, value, name, -1, depth)
            case ir.Record():
                yield from (at.to(entry.value) for entry in value.entries if entry.key == name)
            case _:
                return

    def _returned(self, at: At, call: ir.Call, name: str, place: int, depth: int) -> Iterator[At]:
        """In what a function gives back, one of several values where ``place`` says which; or in a new object."""
        for symbol in self.taints.symbols.resolve(at.to(call.callee)):
            if isinstance(symbol, Cls):
                yield from self._made(at, call, symbol, name)
            elif isinstance(symbol, Fn):
                for number in self._results(symbol, place):
                    yield from self.of(symbol.at(number), name, depth - 1)

    def _results(self, fn: Fn, place: int) -> Iterator[int]:
        for step in self.taints.program.function(fn).steps:
            if isinstance(step, ir.Return) and step.value >= 0:
                held = self.taints.program.value(fn.at(step.value))
                several = isinstance(held, ir.Sequence) and 0 <= place < len(held.items)
                yield held.items[place] if isinstance(held, ir.Sequence) and several else step.value

    def _made(self, at: At, call: ir.Call, cls: Cls, name: str) -> Iterator[At]:
        names = [one.name for one in self.taints.program.klass(cls).fields]
        for position, argument in enumerate(call.args):
            if argument.name == name or (not argument.name and names[position : position + 1] == [name]):
                yield at.to(argument.value)
