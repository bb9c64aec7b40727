"""Functions that objects carry in a field: ``Tool{Handler: run}`` and, elsewhere, ``tool.Handler(ctx, arguments)``."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Instance, Symbols


@dataclass(slots=True)
class Stored:
    """Knows what the fields of the project's records and objects hold; ``made`` are the calls that make objects."""

    program: Program
    symbols: Symbols
    made: dict[Cls, list[tuple[Fn, int]]]
    _held: dict[tuple[Cls, str], list[Fn]] | None = field(default=None)

    def called(self, fn: Fn, call: ir.Call) -> Iterator[Fn]:
        """The functions that a call of a field may run."""
        place = self.program.given(fn.at(call.callee))
        value = self.program.value(place)
        if isinstance(value, ir.Member):
            for symbol in self.symbols.resolve(place.to(value.base)):
                if isinstance(symbol, Instance):
                    yield from self._fields().get((symbol.cls, value.name), ())

    def _fields(self) -> dict[tuple[Cls, str], list[Fn]]:
        if self._held is None:
            self._held = {}
            for fn in self.program.functions():
                for number, value in self.program.of_kind(fn, ir.Record):
                    if value.made_of >= 0:
                        self._record(fn.at(number), value)
            for cls, calls in self.made.items():
                for caller, number in calls:
                    self._object(cls, caller, self.program.value(caller.at(number)))
        return self._held

    def _record(self, at: At, record: ir.Record) -> None:
        owners = [s.cls for s in self.symbols.resolve(at) if isinstance(s, Instance)]
        for entry in record.entries if owners else ():
            self._put(owners, entry.key, at.to(entry.value))

    def _object(self, cls: Cls, caller: Fn, call: ir.Value) -> None:
        """What a dataclass or a model without a constructor of its own is made with."""
        declared = self.program.klass(cls)
        if isinstance(call, ir.Call) and not any(m.name in {"__init__", "constructor"} for m in declared.methods):
            names = [attribute.name for attribute in declared.fields]
            for position, argument in enumerate(call.args):
                name = argument.name or (names[position] if position < len(names) else "")
                self._put([cls], name, caller.at(argument.value))

    def _put(self, owners: list[Cls], name: str, at: At) -> None:
        held = self._held if self._held is not None else {}
        if isinstance(self.program.value(at), ir.Literal):
            return
        functions = [symbol for symbol in self.symbols.resolve(at) if isinstance(symbol, Fn)]
        for owner in owners if functions and name else ():
            held.setdefault((owner, name), []).extend(functions)
