"""Who calls a function, with what: direct calls, functions handed on with their arguments, callbacks."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from skillaudit import ir
from skillaudit.linking.origin import ANY, TOLD, Path
from skillaudit.linking.program import At, Fn, Program
from skillaudit.linking.symbols import Formal, Symbols

_SCHEDULING = {
    "submit", "to_thread", "run_in_executor", "run_sync", "partial", "call_soon", "call_soon_threadsafe", "call_later",
    "run_in_threadpool", "sync_to_async", "Thread", "Process", "setTimeout", "setImmediate", "setInterval", "nextTick",
    "queueMicrotask", "start_soon", "apply_async", "add_task",
}  # fmt: skip
_TIMERS = {"setTimeout", "setInterval"}
_ITERATING = {"then", "forEach", "map", "flatMap", "filter", "some", "every", "find"}


@dataclass(slots=True)
class Callings:
    """Looks calls up; ``callers`` and ``handed`` are those of ``Calls``."""

    program: Program
    symbols: Symbols
    callers: dict[Fn, list[tuple[Fn, int]]]
    handed: dict[Fn, list[tuple[Fn, int]]]

    def of(self, fn: Fn) -> Iterator[tuple[Fn, int, ir.Call]]:
        """The calls of a function, also those that another function makes for its caller: ``submit(f, x)``."""
        for caller, value in self.callers.get(fn, ()):
            call = self.program.value(caller.at(value))
            if isinstance(call, ir.Call):
                yield caller, value, call
        for caller, value in self.handed.get(fn, ()):
            made = self._scheduled(caller, value, fn)
            if made is not None:
                yield caller, value, made

    def arguments(self, caller: Fn, call: ir.Call, formal: Formal) -> Iterator[At]:
        """The arguments of a call that fill a parameter."""
        parameter = self.program.function(formal.fn).params[formal.position]
        return (caller.at(argument.value) for argument in _filling(call, parameter, formal.position))

    def named_by(self, caller: Fn, call: ir.Call, fn: Fn, path: Path) -> Path:
        """A path in which what the function's parameters name is filled in from a call."""
        return tuple(self._told(caller, call, fn, part) if part.startswith(TOLD) else part for part in path)

    def _told(self, caller: Fn, call: ir.Call, fn: Fn, part: str) -> str:
        for argument in self.arguments(caller, call, Formal(fn, int(part.removeprefix(TOLD)))):
            value = self.program.value(argument)
            while isinstance(value, ir.Variable):
                value = self.program.value(argument.to(value.value))
            if isinstance(value, ir.Literal) and value.text:
                return value.text
        return ANY

    def _scheduled(self, caller: Fn, value: int, fn: Fn) -> ir.Call | None:
        """The call that another function makes of one that it is given with its arguments: ``submit(f, x)``."""
        call = self.program.value(caller.at(value))
        callee = self.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
        name = (
            callee.name
            if isinstance(callee, ir.Member | ir.Name)
            else callee.symbol
            if isinstance(callee, ir.Import)
            else ""
        )
        if not isinstance(call, ir.Call) or name not in _SCHEDULING:
            return None
        for number, argument in enumerate(call.args):
            if fn in self.symbols.resolve(caller.at(argument.value)):
                held = self.program.value(caller.at(call.args[-1].value))
                rest = call.args[number + 1 + (name in _TIMERS) :]
                if argument.name == "target":
                    listed = next((self.program.value(caller.at(a.value)) for a in call.args if a.name == "args"), held)
                    rest = tuple(ir.Argument(i) for i in listed.items) if isinstance(listed, ir.Sequence) else ()
                return msgspec.structs.replace(call, args=rest)
        return None


def _filling(call: ir.Call, parameter: ir.Parameter, number: int) -> Iterator[ir.Argument]:
    """The arguments that may fill parameter ``number``; what the call names does not come out of a spread."""
    named = {argument.name for argument in call.args}
    position = 0
    for argument in call.args:
        if argument.name:
            if argument.name == parameter.name or parameter.kind == "keywords":
                yield argument
            continue
        given = position == number or (parameter.kind == "rest" and position > number)
        if given or (argument.spread and position <= number and parameter.name not in named):
            yield argument
        position += 1


def iterated(program: Program, caller: Fn, value: int) -> tuple[At, bool] | None:
    """What the method is called on that takes the callback, and whether the callback gets all of it (``then``)."""
    call = program.value(caller.at(value))
    callee = program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
    if not isinstance(callee, ir.Member) or callee.name not in _ITERATING:
        return None
    return caller.at(callee.base), callee.name == "then"
