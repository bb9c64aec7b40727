"""Objects that code keeps in a list or map, looks up and calls: ``tools.find(t => t.name === name).run(args)``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.filled import Filled
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, Instance, Symbols

Site = tuple[Fn, int]
"""A caller and the value of its call."""

_DEPTH = 6
_LOOKUPS = {"find", "get", "at", "findLast", "pop", "shift"}
_PUTS = {"set": 1, "push": 0, "add": 0, "append": 0, "unshift": 0, "setdefault": 1}
"""Methods that put something into a container, with the argument that it is."""
_LISTS = {"values", "filter", "slice", "sort", "concat", "reverse", "list", "tuple", "iter", "from", "freeze", "items"}


@dataclass(slots=True)
class Registries:
    """Knows what containers hold by their names; ``into`` says who calls a function."""

    program: Program
    symbols: Symbols
    into: Callable[[Fn], Iterator[Site]]
    filled: Filled = field(init=False)
    _kept: dict[tuple[int, str], list[At]] | None = field(default=None)

    def __post_init__(self) -> None:
        """Set up what knows of classes that enter themselves."""
        self.filled = Filled(self.program, self.symbols)

    def called(self, fn: Fn, call: ir.Call) -> Iterator[Fn]:
        """The methods that a call runs of objects which were looked up; Python's objects may be called themselves."""
        callee = self.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) and self.program.modules[fn.module].language != "python":
            yield from self._functions(fn.at(call.callee))
            return
        looked = fn.at(callee.base if isinstance(callee, ir.Member) else call.callee)
        table = self._table(looked) or self._given_out(looked)
        name = callee.name if isinstance(callee, ir.Member) else "__call__"
        for cls in dict.fromkeys(self._held(table, _DEPTH)) if table is not None else ():
            yield from (s for s in self.symbols.member(Instance(cls), name) if isinstance(s, Fn))

    def _functions(self, at: At) -> Iterator[Fn]:
        """The functions in a map that one was looked up in: ``new Map([["run", run]])``, ``map.set("run", run)``."""
        held = self.program.bare(at)
        table = self._table(held) if isinstance(self.program.value(held), ir.Call) else None
        if table is None or not self.program.is_script(at.module):
            return
        key = self._key(table)
        places = list(self._put().get(key, ())) if key[1] else []
        made = self._defined(table)
        for whole in self._parts(made, self.program.value(made)):
            listed = self._defined(whole)
            pairs = self.program.value(listed)
            for item in pairs.items if isinstance(pairs, ir.Sequence) else ():
                pair = self.program.value(self.program.bare(listed.to(item)))
                places += [listed.to(one) for one in pair.items[-1:]] if isinstance(pair, ir.Sequence) else []
        for place in places:
            yield from (symbol for symbol in self.symbols.resolve(place) if isinstance(symbol, Fn))

    def _given_out(self, at: At) -> At | None:
        """The container out of which a function of the project gives an object: ``find(name).run(args)``."""
        at = self.program.bare(at)
        value = self.program.value(at)
        held = self.symbols.resolve(at.to(value.callee)) if isinstance(value, ir.Call) else ()
        for fn in (symbol for symbol in held if isinstance(symbol, Fn)):
            given = (s.value for s in self.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0)
            if (table := next(filter(None, (self._table(fn.at(one)) for one in given)), None)) is not None:
                return table
        return None

    def _table(self, at: At) -> At | None:
        """The container that a value was looked up in."""
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Item):
            return at.to(value.base)
        if not isinstance(value, ir.Call):
            return None
        getter = self.program.value(at.to(value.callee))
        if isinstance(getter, ir.Member) and getter.name in _LOOKUPS:
            return at.to(getter.base)
        return (
            at.to(value.args[0].value) if isinstance(getter, ir.Name) and getter.name == "next" and value.args else None
        )

    # --- what containers hold

    def _held(self, at: At, depth: int) -> Iterator[Cls]:
        """The classes of the objects in a container."""
        place = self._defined(at)
        value = self.program.value(place)
        if not depth:
            return
        if isinstance(value, ir.Sequence):
            inside = [place.to(item) for item in value.items]
        elif isinstance(value, ir.Record):
            inside = [place.to(entry.value) for entry in value.entries]
        else:
            inside = []
            for whole in (*self._parts(place, value), *self._elsewhere(place)):
                yield from self._held(whole, depth - 1)
        yield from (put.cls for put in self.filled.of(place))
        key = self._key(at)
        for item in (*inside, *(self._put().get(key, ()) if key[1] else ())):
            yield from self._object(item, depth - 1)

    def _parts(self, at: At, value: ir.Value) -> Iterator[At]:
        """The containers that another is made of: ``[...].filter(f)``, ``new Map(pairs)``."""
        if isinstance(value, ir.Call):
            callee = self.program.value(at.to(value.callee))
            if isinstance(callee, ir.Member) and callee.name in _LISTS:
                yield at.to(callee.base)
            yield from (at.to(argument.value) for argument in value.args)

    def _elsewhere(self, at: At) -> Iterator[At]:
        """Where a container is written down that a field or a function gives."""
        return (one.at for one in self.symbols.resolve(at) if isinstance(one, Data) and one.at != at)

    def _object(self, at: At, depth: int) -> Iterator[Cls]:
        """The classes of what stands in a container: made there, an element of another, or handed in by callers."""
        place = self._defined(at)
        value = self.program.value(place)
        if not depth:
            return
        if isinstance(value, ir.Element):
            yield from self._held(place.to(value.base), depth - 1)
        elif isinstance(value, ir.Param):
            fn = Fn(place.module, place.function)
            for caller, number in self.into(fn):
                call = self.program.value(caller.at(number))
                given = [a for a in call.args if not a.spread] if isinstance(call, ir.Call) else []
                if value.index < len(given):
                    yield from self._object(caller.at(given[value.index].value), depth - 1)
        else:
            yield from (s.cls for s in self.symbols.resolve(place) if isinstance(s, Instance))
            yield from self._made(place, value, depth)

    def _made(self, at: At, value: ir.Value, depth: int) -> Iterator[Cls]:
        """The classes out of a container that a call makes objects of: ``{name: factory() for … in table.items()}``."""
        callee = self.program.bare(at.to(value.callee)) if isinstance(value, ir.Call) else at
        held = self.program.value(callee)
        element = self.program.bare(callee.to(held.base)) if isinstance(held, ir.Item) else callee
        one = self.program.value(element)
        if isinstance(value, ir.Call) and isinstance(one, ir.Element):
            yield from self._held(element.to(one.base), depth - 1)

    def _defined(self, at: At) -> At:
        """Where the expression stands that a name leads to, in this file or another."""
        for _ in range(_DEPTH):
            at = self.program.bare(at)
            value = self.program.value(at)
            found: At | int | None = None
            if isinstance(value, ir.Name):
                found = self.program.lexical(Fn(at.module, at.function), value.name)
            elif isinstance(value, ir.Import):
                found = self.program.imported(at.module, value.module, value.symbol)
            if not isinstance(found, At) or found == at:
                return at
            at = found
        return at

    def _key(self, at: At) -> tuple[int, str]:
        """A container's file and name, also where it is a field."""
        return at.module, self.program.called(at)

    def _put(self) -> dict[tuple[int, str], list[At]]:
        """What is put into containers, by their file and name."""
        if self._kept is None:
            self._kept = {}
            for fn in self.program.functions():
                for _, call, _ in self.program.calls(fn):
                    callee = self.program.value(fn.at(call.callee))
                    number = _PUTS.get(callee.name) if isinstance(callee, ir.Member) else None
                    if isinstance(callee, ir.Member) and number is not None and number < len(call.args):
                        key = self._key(fn.at(callee.base))
                        self._kept.setdefault(key, []).append(fn.at(call.args[number].value))
                for step in self.program.function(fn).steps:
                    if isinstance(step, ir.Store) and step.key >= 0:
                        self._kept.setdefault(self._key(fn.at(step.base)), []).append(fn.at(step.value))
        return self._kept
