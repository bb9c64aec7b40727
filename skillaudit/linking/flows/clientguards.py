"""Clients that refuse private addresses where they connect: by their dialler, resolver, agent or transport."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from skillaudit import ir
from skillaudit.codeflows import Danger, Strength
from skillaudit.linking.calls.gates import children
from skillaudit.linking.flows.guards import Guard, Proof, judge
from skillaudit.linking.flows.validators import Validators
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Instance

_MOST: Final = 80
_REFUSING: Final = (
    "request-filtering-agent.", "ssrf-req-filter", "code.dny.dev/ssrf.", "github.com/mccutchen/safedialer.",
)  # fmt: skip
"""Libraries whose agents and dialler's functions refuse private addresses, by the beginning of what is called."""
_OPENING: Final = "allowPrivateIPAddress"
_NO_AGENTS: Final = {"fetch", "globalThis.fetch"}
"""The built-in client of Node, which takes no agent."""
_HANDING: Final = {"mount"}
_CONNECTING: Final = {
    "Transport", "Base", "DialContext", "Dial", "DialTLS", "DialTLSContext", "Control", "ControlContext", "Resolver",
    "lookup", "agent", "httpAgent", "httpsAgent", "http", "https", "dispatcher", "connect", "createConnection",
    "transport", "mounts", "connector", "resolver",
}  # fmt: skip
"""Options of clients that say how they connect."""


@dataclass(slots=True)
class ClientGuards:
    """Looks at what a request's client is made of."""

    validators: Validators
    _known: dict[Fn, Guard | None] = field(default_factory=dict)
    _mounted: dict[At, list[At]] | None = None

    def of(self, fn: Fn, number: int) -> Guard | None:
        """What refuses private addresses where the request of a call connects, if anything does."""
        program, symbols = self.validators.program, self.validators.taints.symbols
        call = program.value(fn.at(number))
        if not isinstance(call, ir.Call):
            return None
        paths = {s.path for s in symbols.resolve(fn.at(call.callee)) if isinstance(s, External)}
        if paths & _NO_AGENTS:
            return None
        callee = program.value(fn.at(call.callee))
        front = [fn.at(callee.base)] if isinstance(callee, ir.Member) else []
        given = (fn.at(argument.value) for argument in call.args if not argument.name or argument.name in _CONNECTING)
        front += [at for at in given if not isinstance(self.validators.taints.definition(at), ir.Closure)]
        return next((g for at in self._made_of(front) if (g := self._guard(at)) is not None), None)

    def _made_of(self, front: list[At]) -> Iterator[At]:
        """The parts that a client and its options are made of, themselves included."""
        taints, seen = self.validators.taints, set[At]()
        while front and len(seen) < _MOST:
            given = front.pop()
            at = taints.defined(given)
            if at in seen:
                continue
            seen.add(at)
            yield at
            value = taints.program.value(at)
            front.extend(at.to(inner) for inner in _inside(value))
            changes = (*taints.holdings.changes.of(at), *taints.holdings.changes.of(given))
            front.extend(change.value for change in changes if change.key in _CONNECTING)
            front.extend(self._kept(at, value))
            front.extend(self._mounts().get(at, ()))

    def _kept(self, at: At, value: ir.Value) -> Iterator[At]:
        """What an attribute of the object at hand was given, and what a function of the project gives back."""
        taints = self.validators.taints
        if isinstance(value, ir.Member) and isinstance(taints.definition(at.to(value.base)), ir.Receiver):
            owner = taints.symbols.owner(Fn(at.module, at.function))
            yield from taints.symbols.stores(owner).get(value.name, ()) if owner else ()
            for record in taints.holdings.written(owner) if owner else ():  # Go: &Fetcher{client: made()}
                held = taints.program.value(record)
                entries = held.entries if isinstance(held, ir.Record) else ()
                yield from (record.to(one.value) for one in entries if one.key == value.name)
        for target in taints.symbols.resolve(at.to(value.callee)) if isinstance(value, ir.Call) else ():
            steps = taints.program.function(target).steps if isinstance(target, Fn) else ()
            if isinstance(target, Fn):
                yield from (target.at(s.value) for s in steps if isinstance(s, ir.Return) and s.value >= 0)

    def _mounts(self) -> dict[At, list[At]]:
        """Python: by the session, what is mounted on it."""
        if self._mounted is None:
            taints, self._mounted = self.validators.taints, {}
            for fn in taints.program.functions():
                for _, call, _ in taints.program.calls(fn):
                    callee = taints.program.value(fn.at(call.callee))
                    if isinstance(callee, ir.Member) and callee.name in _HANDING and len(call.args) > 1:
                        session = taints.defined(fn.at(callee.base))
                        self._mounted.setdefault(session, []).append(fn.at(call.args[1].value))
        return self._mounted

    def _guard(self, at: At) -> Guard | None:
        """The refusal of a part of a client: a function that it is, the methods of what it makes, a library's."""
        symbols = self.validators.taints.symbols
        value = self.validators.program.value(at)
        asked = at.to(value.callee) if isinstance(value, ir.Call) else at
        for symbol in symbols.resolve(asked):
            match symbol:
                case External(path=path) if path.startswith(_REFUSING) and not self._is_opened(at, value):
                    place = self.validators.program.location(at.module, getattr(value, "line", 1))
                    return Guard(Proof.PUBLIC, frozenset(), place, details=("is_global",))
                case Cls() | Instance() if isinstance(value, ir.Call | ir.Record):
                    if (found := self._in_methods(symbol if isinstance(symbol, Cls) else symbol.cls)) is not None:
                        return found
                case Fn() if not isinstance(value, ir.Call):
                    if (found := self._in(symbol)) is not None:
                        return found
                case _:
                    continue
        return None

    def _is_opened(self, at: At, value: ir.Value) -> bool:
        """Whether a library's agent is told to let private addresses pass."""
        given = (
            [self.validators.taints.definition(at.to(a.value)) for a in value.args]
            if isinstance(value, ir.Call)
            else []
        )
        return any(one.key == _OPENING for held in given if isinstance(held, ir.Record) for one in held.entries)

    def _in_methods(self, cls: Cls) -> Guard | None:
        methods = self.validators.program.klass(cls).methods
        found = (self._in(Fn(cls.module, method.function)) for method in methods)
        return next((guard for guard in found if guard is not None), None)

    def _in(self, fn: Fn) -> Guard | None:
        """The check of a function, or of one written in it, that refuses private addresses."""
        if fn not in self._known:
            self._known[fn] = None
            asked = [guard for guard in self.validators.within(fn) if guard.proof is Proof.PUBLIC]
            sound = asked and judge(Danger.ADDRESS, asked).strength is Strength.SOUND
            closures = (v.function for _, v in self.validators.program.of_kind(fn, ir.Closure))
            inner = (self._in(Fn(fn.module, number)) for number in closures)
            whole = Guard(Proof.PUBLIC, frozenset(), asked[0].location, details=("is_global",)) if sound else None
            self._known[fn] = whole or next((guard for guard in inner if guard is not None), None)
        return self._known[fn]


def _inside(value: ir.Value) -> Iterator[int]:
    """What a part of a client is made of: of options those that say how it connects."""
    match value:
        case ir.Record(entries=entries):
            yield from (one.value for one in entries if one.spread or not one.key or one.key in _CONNECTING)
        case ir.Call(args=args):
            yield value.callee
            yield from (one.value for one in args if not one.name or one.name in _CONNECTING)
        case _:
            yield from children(value)
