"""Calls of functions by those that they are handed to: ``each(items, show)`` calls ``show``, a decorator what it wraps.

What a decorator gives back stands in the place of the function: who calls that, calls it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols

Site = tuple[Fn, int]
"""A caller and the value of its call."""


@dataclass(slots=True)
class HandedIn:
    """Knows the calls of parameters, and what is decorated with functions of the project."""

    program: Program
    symbols: Symbols
    _called: dict[Formal, list[Site]] | None = None
    _decorated: dict[Fn, list[Fn]] | None = None
    _standing: set[Fn] | None = None
    _made: dict[Fn, tuple[Fn, ...]] = field(default_factory=dict)

    def by(self, target: Fn, caller: Fn, value: int) -> Iterator[tuple[Fn, Site]]:
        """The calls of a function by a function of the project that a call hands it to, which is the first of each."""
        call = self.program.value(caller.at(value))
        if isinstance(call, ir.Call):
            for given in (s for s in self.symbols.resolve(caller.at(call.callee)) if isinstance(s, Fn)):
                for position in self._positions(target, caller, call, given):
                    yield from ((given, site) for site in self._calls().get(Formal(given, position), ()))

    def _positions(self, target: Fn, caller: Fn, call: ir.Call, given: Fn) -> Iterator[int]:
        names = [parameter.name for parameter in self.program.function(given).params]
        for number, argument in enumerate(call.args):
            position = names.index(argument.name) if argument.name in names else number
            if position < len(names) and target in self.symbols.resolve(caller.at(argument.value)):
                yield position

    def _calls(self) -> dict[Formal, list[Site]]:
        """The calls of parameters, also from the functions inside the one that has it."""
        if self._called is None:
            self._called = {}
            for fn in self.program.functions():
                for value, call, _ in self.program.calls(fn):
                    for formal in self._formals(fn, call):
                        self._called.setdefault(formal, []).append((fn, value))
        return self._called

    # --- decorators

    def wrapped(self, callers: dict[Fn, list[Site]]) -> Iterator[tuple[Fn, Iterable[Site]]]:
        """By function: calls that a decorator makes of what it wraps, and those of what stands in the place of it."""
        for decorator, functions in self._sites().items():
            calls = [site for site in self._calls().get(Formal(decorator, 0), ()) if self._fills(*site)]
            for fn in functions:
                direct = tuple(callers.get(fn, ()))
                yield from ((inner, direct) for inner in self._inner(decorator)) if direct else ()
                yield fn, calls

    def decorated(self, formal: Formal) -> list[Fn]:
        """The functions that a decorator's parameter stands for."""
        return self._sites().get(formal.fn, []) if formal.position == 0 else []

    def meant(self, caller: Fn, call: ir.Call, target: Fn) -> ir.Call:
        """A call as its target's parameters count: a method's own object is none of them, an inner function's is.

        What a decorator only hands on, direct calls of what it wraps say better.
        """
        if target in self._stand_ins():
            wrapped = (s for s in self.symbols.resolve(caller.at(call.callee)) if isinstance(s, Fn))
            own = any(self.program.function(fn).owner >= 0 for fn in wrapped if fn != target)
            return msgspec.structs.replace(call, args=(ir.Argument(call.callee), *call.args)) if own else call
        if not any(target in self.decorated(formal) for formal in self._formals(caller, call)):
            return call
        given = tuple(argument for argument in call.args if not argument.spread)
        return msgspec.structs.replace(call, args=given[self.program.function(target).owner >= 0 :])

    def _stand_ins(self) -> set[Fn]:
        """The functions that decorators give back."""
        if self._standing is None:
            self._standing = {inner for decorator in self._sites() for inner in self._inner(decorator)}
        return self._standing

    def _formals(self, caller: Fn, call: ir.Call) -> Iterator[Formal]:
        return (s for s in self.symbols.resolve(caller.at(call.callee)) if isinstance(s, Formal))

    def _fills(self, caller: Fn, value: int) -> bool:
        """Whether a call says more than that it hands on what it was given."""
        call = self.program.value(caller.at(value))
        return isinstance(call, ir.Call) and any(not argument.spread for argument in call.args)

    def _sites(self) -> dict[Fn, list[Fn]]:
        """By the function that is called with what it decorates: that, in Python."""
        if self._decorated is None:
            self._decorated = {}
            for fn in self.program.functions():
                function = self.program.function(fn)
                python = function.decorators and self.program.modules[fn.module].language == "python"
                for number in function.decorators if python else ():
                    at = self.program.bare(Fn(fn.module, function.parent).at(number))
                    for symbol in self.symbols.resolve(at):
                        if isinstance(symbol, Fn) and symbol != fn:
                            self._decorated.setdefault(symbol, []).append(fn)
        return self._decorated

    def _inner(self, decorator: Fn) -> tuple[Fn, ...]:
        """The functions inside a decorator that it gives back."""
        if decorator not in self._made:
            steps = (s for s in self.program.function(decorator).steps if isinstance(s, ir.Return) and s.value >= 0)
            given = (symbol for step in steps for symbol in self.symbols.resolve(decorator.at(step.value)))
            inside = (s for s in given if isinstance(s, Fn) and s.module == decorator.module)
            self._made[decorator] = tuple(s for s in inside if self.program.function(s).parent == decorator.number)
        return self._made[decorator]
