"""What ECMAScript's ``Proxy`` runs in the place of what it stands for: the traps ``get`` and ``apply``."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Symbols

_PROXY = "Proxy"


@dataclass(slots=True)
class Proxied:
    """Answers for one call at a time."""

    program: Program
    symbols: Symbols
    _holding: dict[int, bool] = field(default_factory=dict)

    def _holds(self, module: int) -> bool:
        """Whether a file makes a proxy at all."""
        if module not in self._holding:
            scopes = (Fn(module, number) for number in range(len(self.program.modules[module].functions)))
            named = (one for scope in scopes for _, one in self.program.of_kind(scope, ir.Name))
            script = self.program.is_script(module)
            self._holding[module] = script and any(one.name == _PROXY for one in named)
        return self._holding[module]

    def called(self, fn: Fn, call: ir.Call) -> Iterator[Fn]:
        """The functions that run when a call is made through a proxy, with the arguments of the call."""
        if not self._holds(fn.module):
            return
        callee = self.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member | ir.Item):
            for trap in self._traps(fn.at(callee.base), "get"):
                yield from self.given(trap)

    def made(self, at: At) -> At | None:
        """The construction ``new Proxy(…)`` that an expression is a name of."""
        place: At | None = self.program.bare(at) if self._holds(at.module) else None
        for _ in range(3):
            value = self.program.value(place) if place else None
            if place is None or isinstance(value, ir.Call):
                break
            outer = (
                self.program.lexical(Fn(place.module, place.function), value.name)
                if isinstance(value, ir.Name)
                else None
            )
            place = self.program.bare(outer) if outer else None
        return place if place is not None and self._is_proxy(place) else None

    def _is_proxy(self, place: At) -> bool:
        call = self.program.value(place)
        if not isinstance(call, ir.Call) or not call.new or len(call.args) < 2:  # noqa: PLR2004 - target and handler
            return False
        callee = self.program.value(place.to(call.callee))
        return isinstance(callee, ir.Name) and callee.name == _PROXY

    def _traps(self, at: At, name: str) -> Iterator[Fn]:
        """The project's functions that a proxy asks for members."""
        place = self.made(at)
        call = self.program.value(place) if place else None
        if place is None or not isinstance(call, ir.Call):
            return
        handler = self.program.bare(place.to(call.args[1].value))
        held = self.program.value(handler)
        for entry in held.entries if isinstance(held, ir.Record) else ():
            if entry.key == name:
                yield from (s for s in self.symbols.resolve(handler.to(entry.value)) if isinstance(s, Fn))

    def given(self, trap: Fn) -> Iterator[Fn]:
        """The functions that a trap gives back instead of a member."""
        for step in self.program.function(trap).steps:
            if isinstance(step, ir.Return) and step.value >= 0:
                yield from (s for s in self.symbols.resolve(trap.at(step.value)) if isinstance(s, Fn))

    def traps(self, at: At) -> list[Fn]:
        """The ``get`` traps of the proxy that an expression is; none where it is no proxy."""
        return list(self._traps(at, "get"))
