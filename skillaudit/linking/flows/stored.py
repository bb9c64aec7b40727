"""What lists hold that are kept in fields: the roots and hosts that a server was set up with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal

_DEPTH = 8
_MAPPING = {"map", "from", "flatMap"}
_SAME = {"filter", "slice", "list", "tuple", "set", "frozenset", "sorted", "Set", "concat"}


@dataclass(slots=True)
class Stored:
    """Opens containers; fields are known by their names."""

    taints: Taints
    _fields: dict[str, list[At]] | None = field(default=None)

    def items(self, at: At, depth: int = _DEPTH) -> Iterator[At]:  # noqa: C901 - one case per kind
        """The elements of the list at ``at``, as far as the code shows them."""
        program = self.taints.program
        value, where = self.taints.definition(at), self.taints.defined(at)
        if depth <= 0:
            return
        match value:
            case ir.Sequence(items=held):
                yield from (where.to(item) for item in held)
            case ir.Choice(options=options) | ir.Operation(operator="or" | "||" | "??" | "+", operands=options):
                for option in options:
                    yield from self.items(where.to(option), depth - 1)
            case ir.Member(name=name):
                for stored in self._named(name):
                    yield from self.items(stored, depth - 1)
            case ir.Param(index=index):
                formal = Formal(Fn(where.module, where.function), index)
                for caller, number in self.taints.callers.get(formal.fn, ()):
                    call = program.value(caller.at(number))
                    for argument in self.taints.arguments(caller, call, formal) if isinstance(call, ir.Call) else ():
                        yield from self.items(argument, depth - 2)
            case ir.Call():
                yield from self._called(where, value, depth)
            case _:
                return

    def _called(self, at: At, call: ir.Call, depth: int) -> Iterator[At]:
        name = self.taints.hints.name_of(at.to(call.callee))
        callee = self.taints.program.value(at.to(call.callee))
        own = [s for s in self.taints.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        if own:
            for fn in own:
                for step in self.taints.program.function(fn).steps:
                    if isinstance(step, ir.Return) and step.value >= 0:
                        yield from self.items(fn.at(step.value), depth - 1)
        elif name == "append" and call.args:
            yield from (at.to(argument.value) for argument in call.args[1:])
            yield from self.items(at.to(call.args[0].value), depth - 1)
        elif name in _MAPPING:
            yield from self._mapped(at, call)
        elif name in _SAME:
            bases = [at.to(callee.base)] if isinstance(callee, ir.Member) else []
            for part in (*bases, *(at.to(argument.value) for argument in call.args)):
                yield from self.items(part, depth - 1)

    def _mapped(self, at: At, call: ir.Call) -> Iterator[At]:
        """What the callback of ``list.map(…)`` gives back."""
        for argument in call.args:
            held = self.taints.program.value(at.to(argument.value))
            if isinstance(held, ir.Closure):
                inner = Fn(at.module, held.function)
                for step in self.taints.program.function(inner).steps:
                    if isinstance(step, ir.Return) and step.value >= 0:
                        yield inner.at(step.value)

    def _named(self, name: str) -> list[At]:
        """What is assigned to a field of this name: ``self.roots = …``, ``&handler{roots: …}``."""
        if self._fields is None:
            self._fields = {}
            for fn in self.taints.program.functions():
                function = self.taints.program.function(fn)
                for step in function.steps:
                    if isinstance(step, ir.Store) and step.name:
                        self._fields.setdefault(step.name, []).append(fn.at(step.value))
                for _, value in self.taints.program.of_kind(fn, ir.Record):
                    for entry in value.entries if value.made_of >= 0 else ():
                        self._fields.setdefault(entry.key, []).append(fn.at(entry.value))
        return self._fields.get(name, [])[:6]
