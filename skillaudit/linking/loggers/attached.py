"""Whether something uses what a call makes: a handler that is made and never handed on gets no record."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Toolbox


@dataclass(slots=True)
class Attached:
    """Answers for one call at a time; names that other files ask for are read once."""

    box: Toolbox
    _read: frozenset[str] | None = field(default=None)

    def dropped(self, fn: Fn, value: int) -> bool:
        """Whether nothing in sight uses the value of a call that makes an object.

        Args:
            fn: where the call stands.
            value: the call's number.
        """
        function = self.box.program.function(fn)
        same = {value}
        for number, one in enumerate(function.values):
            if isinstance(one, ir.Variable) and one.value in same:
                same.add(number)
        used = (
            *(number for one in function.values for number in children(one)),
            *(number for step in function.steps for number in _handed(step)),
            *(block.test for block in function.blocks),
        )
        names = {one.name for one in function.bindings if one.value in same}
        return same.isdisjoint(used) and bool(names) and names.isdisjoint(self._names())

    def _names(self) -> frozenset[str]:
        """Every name that is read anywhere: free names, members, imported symbols, what a module exports."""
        if self._read is None:
            program = self.box.program
            found = {name for fn in program.functions() for name in _asked(program.function(fn))}
            exported = {one.name for module in program.modules for one in module.exports if module.language != "python"}
            self._read = frozenset(found | exported)
        return self._read


def _handed(step: ir.Step) -> tuple[int, ...]:
    """What a step hands on; the step that evaluates a call hands nothing."""
    match step:
        case ir.Return() | ir.Raise():
            return (step.value,)
        case ir.Store():
            return step.base, step.value, step.key
        case _:
            return ()


def _asked(function: ir.Function) -> Iterator[str]:
    for value in function.values:
        match value:
            case ir.Name() | ir.Member():
                yield value.name
            case ir.Import():
                yield value.symbol
            case _:
                continue
