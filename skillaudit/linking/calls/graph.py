"""The call graph: who calls whom, callbacks included, and what can be reached from where."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.calls._registries import Registries
from skillaudit.linking.calls._stored import Stored
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.calls.handedin import HandedIn
from skillaudit.linking.calls.proxied import Proxied
from skillaudit.linking.calls.skipped import Skipped
from skillaudit.linking.calls.told import Told
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, Instance, Symbol, Symbols

CONSTRUCTORS = {"__init__", "constructor", "__new__", "__post_init__"}
REACH = 8
"""How many calls away from a handler code still counts as part of the call."""
_DEEPEST = 6


class Edge(msgspec.Struct, frozen=True):
    """A call of ``target`` by the call ``value`` in ``caller``; ``handed``: passed as a callback instead of called.

    ``key`` is the name under which the target stands in the table that the call looks it up in, empty without one.
    ``told``: the target is a listener, which is given the arguments of the call from ``skips`` on.
    """

    caller: Fn
    value: int
    target: Fn
    line: int
    block: int
    handed: bool = False
    key: str = ""
    told: bool = False
    skips: int = 0


@dataclass(slots=True)
class Calls:
    """All edges, by caller and by target."""

    program: Program
    symbols: Symbols
    out: dict[Fn, list[Edge]] = field(default_factory=dict)
    into: dict[Fn, list[Edge]] = field(default_factory=dict)
    made: dict[Cls, list[tuple[Fn, int]]] = field(default_factory=dict)
    _literals: dict[Cls, list[Data]] | None = None
    skipped: Skipped = field(init=False)
    _proxied: Proxied = field(init=False)

    def __post_init__(self) -> None:
        """Resolve every call once; one that is never made leads nowhere."""
        self.skipped = Skipped(self.program)
        self._proxied = Proxied(self.program, self.symbols)
        for fn in self.program.functions():
            for edge in self._edges(fn):
                self.out.setdefault(fn, []).append(edge)
                self.into.setdefault(edge.target, []).append(edge)
        registries = Registries(self.program, self.symbols, self._sites)
        looked_up = [edge for fn in self.program.functions() for edge in self._looked_up(fn, registries)]
        for edge in (*self._listening(), *looked_up):
            self.out.setdefault(edge.caller, []).append(edge)
            self.into.setdefault(edge.target, []).append(edge)

    def _listening(self) -> list[Edge]:
        """Calls that tell listeners something, which run then."""
        told = Told(self.program, self.symbols).edges(set(self.into))
        return [
            Edge(one.fn, one.value, target, one.line, one.block, told=True, skips=one.skips) for one, target in told
        ]

    def _sites(self, fn: Fn) -> Iterator[tuple[Fn, int]]:
        return ((edge.caller, edge.value) for edge in self.into.get(fn, ()) if not edge.handed)

    def _looked_up(self, fn: Fn, registries: Registries) -> Iterator[Edge]:
        """Calls of methods of objects that a list or map holds."""
        known = {edge.value for edge in self.out.get(fn, ()) if not edge.handed}
        for value, call, block in self.program.calls(fn):
            for target in registries.called(fn, call) if value not in known else ():
                yield Edge(fn, value, target, call.line, block)

    def callers(self) -> dict[Fn, list[tuple[Fn, int]]]:
        """Calls that hand values in, callbacks left out: target to its (caller, value of the call)."""
        found = {
            target: [(edge.caller, edge.value) for edge in edges if not (edge.handed or edge.told)]
            for target, edges in self.into.items()
        }
        stored = Stored(self.program, self.symbols, self.made)
        for fn in self.program.functions():
            known = {edge.value for edge in self.out.get(fn, ()) if not edge.handed}
            for value, call, _ in self.program.calls(fn):
                if value not in known:
                    for target in stored.called(fn, call):
                        found.setdefault(target, []).append((fn, value))
        for target, sites in list(HandedIn(self.program, self.symbols).wrapped(found)):
            _add(found, target, sites)
        return found

    def _edges(self, fn: Fn) -> Iterator[Edge]:
        for value, call, block in self.program.calls(fn):
            if self.skipped.never(fn, value):
                continue
            symbols = callees(self.symbols, fn.at(call.callee))
            for cls in self._instantiated(fn, call, symbols):
                self.made.setdefault(cls, []).append((fn, value))
            called = dict.fromkeys((*self.targets(symbols), *self._made(fn, call), *self._proxied.called(fn, call)), "")
            called = dict(self._listed(fn, call)) | called
            for target, key in called.items():
                if not self.skipped.inert(fn, value, target):
                    yield Edge(fn, value, target, call.line, block, key=key)
            for argument in call.args:
                for target in self._handed(fn.at(argument.value)):
                    if target not in called:
                        yield Edge(fn, value, target, call.line, block, handed=True)

    def _instantiated(self, fn: Fn, call: ir.Call, symbols: Iterable[Symbol]) -> Iterator[Cls]:
        """Classes that a call makes an object of; ``cls(…)`` in a class method makes one of its own."""
        own = isinstance(self.program.value(fn.at(call.callee)), ir.Receiver)
        for symbol in symbols:
            if isinstance(symbol, Cls):
                yield symbol
            elif own and isinstance(symbol, Instance):
                yield symbol.cls

    def handed(self) -> dict[Fn, list[tuple[Fn, int]]]:
        """Callbacks: target to the (caller, value of the call) that it was handed to."""
        return {
            target: [(edge.caller, edge.value) for edge in edges if edge.handed] for target, edges in self.into.items()
        }

    def targets(self, symbols: Iterable[Symbol]) -> Iterator[Fn]:
        """The functions that a call of one of these symbols runs."""
        for symbol in symbols:
            if isinstance(symbol, Fn):
                yield symbol
            elif isinstance(symbol, Cls):
                yield from self._constructors(symbol, _DEEPEST)
            elif isinstance(symbol, Instance) and self.program.modules[symbol.cls.module].language == "python":
                yield from (s for s in self.symbols.member(symbol, "__call__") if isinstance(s, Fn))

    def _constructors(self, cls: Cls, depth: int) -> list[Fn]:
        """The class's own constructor, else the one that it inherits."""
        declared = self.program.klass(cls)
        own = [Fn(cls.module, m.function) for m in declared.methods if m.name in CONSTRUCTORS]
        if own or not depth:
            return own
        bases = (s for base in declared.bases for s in self.symbols.resolve(At(cls.module, declared.scope, base)))
        return [fn for base in bases if isinstance(base, Cls) for fn in self._constructors(base, depth - 1)]

    def _made(self, fn: Fn, call: ir.Call) -> Iterator[Fn]:
        """The methods of the object literals that functions give back as the interface which is called."""
        callee = self.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member):
            return
        for symbol in self.symbols.resolve(fn.at(callee.base)):
            for data in self._makers().get(symbol.cls, ()) if isinstance(symbol, Instance) else ():
                yield from (s for s in self.symbols.member(data, callee.name) if isinstance(s, Fn))

    def _makers(self) -> dict[Cls, list[Data]]:
        """The object literals that production functions return, by the interface that they declare."""
        if self._literals is None:
            self._literals = {}
            for fn in self.program.functions():
                for cls in self._declared(fn):
                    returns = (s for s in self.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0)
                    given = (s for step in returns for s in self.symbols.resolve(fn.at(step.value)))
                    self._literals.setdefault(cls, []).extend(s for s in given if isinstance(s, Data))
        return self._literals

    def _declared(self, fn: Fn) -> Iterator[Cls]:
        """The interfaces that a function says it returns."""
        function = self.program.function(fn)
        if function.returns < 0 or function.parent < 0 or self.program.is_test(fn.module):
            return
        for symbol in self.symbols.instances_of(At(fn.module, function.parent, function.returns)):
            if isinstance(symbol, Instance) and self.program.klass(symbol.cls).kind == "interface":
                yield symbol.cls

    def _listed(self, fn: Fn, call: ir.Call) -> Iterator[tuple[Fn, str]]:
        """The functions of a table, with their names there: ``handlers[name](…)``, ``handlers.get(name)(…)``."""
        at = fn.at(call.callee)
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Call) and isinstance(getter := self.program.value(at.to(value.callee)), ir.Member):
            table = at.to(getter.base) if getter.name == "get" else None
        else:
            table = at.to(value.base) if isinstance(value, ir.Item) else None
        tables = (table, *self._merged(table)) if table else ()
        for symbol in (s for held_in in tables for s in self.symbols.resolve(held_in)):
            held = self.program.value(symbol.at) if isinstance(symbol, Data) else None
            if isinstance(symbol, Data) and isinstance(held, ir.Record):
                for entry in held.entries:
                    for target in self.symbols.resolve(symbol.at.to(entry.value)):
                        if isinstance(target, Fn):
                            yield target, entry.key

    def _merged(self, table: At) -> Iterator[At]:
        """Tables that the function puts into another one: ``handlers.update(more)``."""
        fn = Fn(table.module, table.function)
        for _, call, _ in self.program.calls(fn):
            callee = self.program.value(fn.at(call.callee))
            if isinstance(callee, ir.Member) and callee.name == "update" and callee.base == table.value:
                yield from (fn.at(argument.value) for argument in call.args)
            elif isinstance(callee, ir.Member) and callee.name == "assign" and call.args:
                first, *rest = call.args
                yield from (fn.at(argument.value) for argument in rest if first.value == table.value)

    def _handed(self, at: At) -> Iterator[Fn]:
        """Functions inside an argument: itself, or the entries of a record of handlers."""
        value = self.program.value(at)
        match value:
            case ir.Closure():
                yield Fn(at.module, value.function)
            case ir.Variable() | ir.Name() | ir.Member() | ir.Import():
                yield from (s for s in self.symbols.resolve(at) if isinstance(s, Fn))
            case ir.Record():
                for entry in value.entries:
                    yield from self._handed(at.to(entry.value))
            case ir.Sequence():
                for item in value.items:
                    yield from self._handed(at.to(item))
            case _:
                return

    def reach(
        self,
        start: Iterable[Fn],
        depth: int = REACH,
        avoid: frozenset[Fn] = frozenset(),
        passable: Callable[[Edge], bool] = lambda _: True,
    ) -> dict[Fn, tuple[Edge, ...]]:
        """Functions that running ``start`` may run, each with a shortest path of passable edges."""
        found: dict[Fn, tuple[Edge, ...]] = dict.fromkeys(start, ())
        front = list(found)
        for _ in range(depth):
            further: list[Fn] = []
            for fn in front:
                for edge in self.out.get(fn, ()):
                    if edge.target not in found and edge.target not in avoid and passable(edge):
                        found[edge.target] = (*found[fn], edge)
                        further.append(edge.target)
            front = further
        return found


def _add(found: dict[Fn, list[tuple[Fn, int]]], target: Fn, sites: Iterable[tuple[Fn, int]]) -> None:
    """Note calls of a function, each once."""
    held = found.get(target, [])
    if new := [site for site in dict.fromkeys(sites) if site not in held]:
        found[target] = [*held, *new]
