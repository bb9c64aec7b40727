"""What recognisers of tools share: candidates, handlers, and what a rule's places mean."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls import Calls
from skillaudit.linking.origins import Origins
from skillaudit.linking.program import At, Fn, Program
from skillaudit.linking.roles import Role, Roles
from skillaudit.linking.symbols import Data, Formal, Symbols
from skillaudit.linking.texts import Texts
from skillaudit.model import Location

_CONTEXT_TYPES = ("Context", "RequestHandlerExtra", "ServerSession", "CallToolRequestParams")
_CONTEXT_NAMES = {"ctx", "context", "extra", "_ctx", "_context", "_extra", "session", "mcp_ctx"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tool as one recogniser sees it; ``handler`` is None where its code was not found.

    ``around`` are the project's functions that wrap the handler or register it, ``dispatched`` says that a dispatcher
    stands between the client and the handler.
    """

    name: str
    location: Location
    module: int
    handler: Fn | None
    style: str
    description: str = ""
    hints: tuple[str, ...] = ()
    dispatched: bool = False
    around: tuple[Fn, ...] = ()


@dataclass(slots=True)
class Toolbox:
    """The program and its evaluators, as recognisers need them. ``dispatchers`` serve every tool of their package."""

    program: Program
    symbols: Symbols
    calls: Calls
    origins: Origins
    texts: Texts
    roles: Roles
    dispatchers: list[Fn] = field(default_factory=list)

    def keyword(self, fn: Fn, call: ir.Call, *names: str) -> At | None:
        """A keyword argument's value."""
        return next((fn.at(a.value) for a in call.args if a.name in names), None)

    def position(self, fn: Fn, call: ir.Call, index: int) -> At | None:
        """A positional argument's value, from the end where ``index`` is negative."""
        values = [a.value for a in call.args if not a.name and not a.spread]
        return fn.at(values[index]) if -len(values) <= index < len(values) else None

    def place(self, fn: Fn, call: ir.Call, place: str) -> At | None:
        """The value a rule means by ``0``, ``-1``, ``0.name`` or ``0.name|0.id``."""
        for option in place.split("|") if place else ():
            index, _, names = option.partition(".")
            at = self.position(fn, call, int(index)) if index.lstrip("-").isdecimal() else None
            for name in names.split(".") if names and at else ():
                at = self.entry(at, name) if at else None
            if at is not None:
                return at
        return None

    def entry(self, at: At, name: str) -> At | None:
        """The value of a record's entry, the record found through variables, imports and spreads."""
        for record_at, record in self.records(at):
            for entry in record.entries:
                if entry.key == name:
                    return record_at.to(entry.value)
            for entry in record.entries:
                if entry.spread and (found := self.entry(record_at.to(entry.value), name)):
                    return found
        return None

    def records(self, at: At) -> Iterator[tuple[At, ir.Record]]:
        """The records that a value denotes."""
        for symbol in (*self.symbols.resolve(at), Data(at)):
            if isinstance(symbol, Data):
                held = self.program.value(symbol.at)
                if isinstance(held, ir.Record):
                    yield symbol.at, held

    def handler(self, at: At | None) -> Fn | None:
        """The function that a value denotes; through ``wrap(handler)`` where the wrapper is foreign or gives nothing back."""
        if at is None:
            return None
        found = next((s for s in self.symbols.resolve(at) if isinstance(s, Fn)), None)
        if found is not None:
            return found
        value = self.program.value(at)
        while isinstance(value, ir.Variable):
            at = at.to(value.value)
            value = self.program.value(at)
        if isinstance(value, ir.Call):
            return next((fn for a in value.args if (fn := self.handler(at.to(a.value)))), None)
        return None

    def around(self, fn: Fn, call: ir.Call, at: At | None) -> tuple[Fn, ...]:
        """The project's functions that a handler passes through on its way to the SDK."""
        found = [s for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, Fn)]
        while at is not None:
            value = self.program.value(at)
            if isinstance(value, ir.Variable):
                at = at.to(value.value)
            elif isinstance(value, ir.Call):
                found.extend(s for s in self.symbols.resolve(at.to(value.callee)) if isinstance(s, Fn))
                at = next((at.to(a.value) for a in value.args if self.handler(at.to(a.value))), None)
            else:
                at = None
        return tuple(dict.fromkeys(found))

    def client_fills(self, fn: Fn | None, role: Role, only: int | None = None) -> None:
        """Say which parameters of a handler hold what the client sent."""
        if fn is None:
            return
        for index, parameter in enumerate(self.program.function(fn).params):
            if only is not None and index != only:
                continue
            if parameter.name in _CONTEXT_NAMES or any(t in parameter.type_text for t in _CONTEXT_TYPES):
                continue
            self.roles.add(Formal(fn, index), role)

    def description(self, at: At | None) -> str:
        """A constant description, cut to its first line."""
        return self.texts.one(at).strip().partition("\n")[0][:300] if at else ""
