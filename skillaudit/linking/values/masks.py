"""Whether a function of the project masks what it is given: stars, a placeholder or a fragment in its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.knowledge import forms
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Symbols
from skillaudit.linking.values.givenback import gives_back

_DEEPEST = 4


@dataclass(slots=True)
class Masks:
    """Reads single functions; what they are called says nothing here."""

    program: Program
    symbols: Symbols

    def by(self, fn: Fn, depth: int = _DEEPEST) -> bool:
        """Whether a function, one written in it or one it hands on to, puts stars or a text where a value was."""
        if not depth or gives_back(self.program, fn):
            return False
        values = self.program.function(fn).values
        inner = [Fn(fn.module, value.function) for value in values if isinstance(value, ir.Closure)]
        return self._puts_placeholder(fn) or any(self.by(one, depth - 1) for one in (*inner, *self._ends(fn)))

    def _ends(self, fn: Fn) -> Iterator[Fn]:
        """The functions of the project whose results a function gives back: ``return walk(value, 0)``."""
        for step in self.program.function(fn).steps:
            end = self.program.value(fn.at(step.value)) if isinstance(step, ir.Return) and step.value >= 0 else None
            called = self.symbols.resolve(fn.at(end.callee)) if isinstance(end, ir.Call) else ()
            yield from (s for s in called if isinstance(s, Fn) and s != fn)

    def _puts_placeholder(self, fn: Fn) -> bool:
        """The same for its own code, and not for what stands around a value."""
        around = set(self._around_parameters(fn))
        calls = (c for _, c, _ in self.program.calls(fn) if self.program.called(fn.at(c.callee)) in forms.REPLACING)
        put = {argument.value for call in calls for argument in call.args}
        return any(
            (
                isinstance(value, ir.Literal)
                and value.kind == "str"
                and forms.stands_in(value.text, inside=number in put)
            )
            or (isinstance(value, ir.Opaque) and value.kind == "slice")
            or (isinstance(value, ir.Member) and value.name in {"slice", "substring", "substr", "Repeat", "repeat"})
            for number, value in enumerate(self.program.function(fn).values)
            if number not in around
        )

    def _around_parameters(self, fn: Fn) -> Iterator[int]:
        """What stands in one text with a whole parameter: ``***${secret}***``."""
        for value in self.program.function(fn).values:
            parts: tuple[int, ...] = ()
            match value:
                case ir.Text(parts=held) | ir.Operation(operator="+", operands=held):
                    parts = held
                case _:
                    continue
            if any(isinstance(self.program.value(self.program.bare(fn.at(part))), ir.Param) for part in parts):
                yield from parts
