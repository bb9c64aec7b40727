"""Calls that a library makes of the project's functions: listeners of an event, the worker of a queue.

``bus.emit("saved", note)`` calls what was handed to ``bus.on("saved", …)``, ``queue.push(task)`` the function that the
queue was made with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.calls._making import made as made_by
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols

_HEARING = {"on", "once", "addListener", "prependListener", "prependOnceListener"}
_TELLING = {"emit", "emitAsync"}
_COMMON = {"data", "error", "end", "close", "message", "open", "finish", "exit", "connection", "change", "ready"}
"""Events of so many objects that only one of the same name counts."""

_QUEUES = re.compile(r"^(?:fastq(?:\.promise)?|async\.(?:queue|priorityQueue|cargo)|better-queue)\(\)$")
_FILLING = {"push", "unshift", "pushAsync", "unshiftAsync"}

Handed = tuple[Fn, int, ir.Call]


@dataclass(slots=True)
class Handovers:
    """Joins what is told with who hears it; every call of the program is read once."""

    program: Program
    symbols: Symbols
    _found: dict[Fn, list[Handed]] | None = None
    _heard: dict[str, list[tuple[At, Fn]]] = field(default_factory=dict)

    def of(self, fn: Fn) -> list[Handed]:
        """The calls by which a library calls a function: caller, value and the call with the function's arguments."""
        if self._found is None:
            self._found = {}
            told = list(self._read())
            for caller, value, call in told:
                for target, made in self._told(caller, call):
                    self._found.setdefault(target, []).append((caller, value, made))
        return self._found.get(fn, [])

    def _read(self) -> Iterator[Handed]:
        """Notes who hears; gives out the calls that tell something or fill something."""
        for fn in self.program.functions():
            if self.program.modules[fn.module].language not in {"typescript", "javascript"}:
                continue
            for value, call, _ in self.program.calls(fn):
                callee = self.program.value(fn.at(call.callee))
                if not isinstance(callee, ir.Member) or not call.args:
                    continue
                if callee.name in _HEARING and (event := self._event(fn, call)):
                    for argument in call.args[1:]:
                        for target in self.symbols.resolve(fn.at(argument.value)):
                            if isinstance(target, Fn):
                                self._heard.setdefault(event, []).append((fn.at(callee.base), target))
                elif callee.name in _TELLING | _FILLING:
                    yield fn, value, call

    def _event(self, fn: Fn, call: ir.Call) -> str:
        first = self.program.value(fn.at(call.args[0].value))
        return first.text if isinstance(first, ir.Literal) and first.kind == "str" else ""

    def _told(self, fn: Fn, call: ir.Call) -> Iterator[tuple[Fn, ir.Call]]:
        callee = self.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member):
            return
        base = fn.at(callee.base)
        if callee.name in _FILLING:
            yield from ((target, call) for target in self._worker(base))
            return
        event = self._event(fn, call)
        rest = msgspec.structs.replace(call, args=call.args[1:])
        for place, target in self._heard.get(event, ()):
            if self._is_same(place, base, event):
                yield target, rest

    def _is_same(self, one: At, other: At, event: str) -> bool:
        """Whether two expressions may be one emitter: by what makes them, else by class, name or event."""
        made, told = made_by(self.program, one), made_by(self.program, other)
        if made is not None and told is not None:
            return made == told
        first, second = self._classes(one), self._classes(other)
        if first and second:
            return bool(first & second)
        return self._name(one) == self._name(other) or event not in _COMMON

    def _classes(self, at: At) -> set[object]:
        return {symbol.cls for symbol in self.symbols.resolve(at) if isinstance(symbol, Instance)}

    def _name(self, at: At) -> str:
        return "this" if isinstance(self.program.value(at), ir.Receiver) else self.program.called(at)

    def _worker(self, base: At) -> Iterator[Fn]:
        """The function that a queue was made with."""
        if not any(isinstance(s, External) and _QUEUES.match(s.path) for s in self.symbols.resolve(base)):
            return
        place = made_by(self.program, base)
        value = self.program.value(place) if place else None
        for argument in value.args if isinstance(value, ir.Call) else ():
            held = self.symbols.resolve(place.to(argument.value)) if place else ()
            yield from (s for s in held if isinstance(s, Fn))
