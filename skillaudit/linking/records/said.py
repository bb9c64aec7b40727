"""What a record says: the names of its fields and of the values in its text, wherever they are put together.

Fields come from keywords, records, field makers (``slog.String("k", v)``), alternating keys and values, spread records
(``**session.who()``, ``...identify(session)``), bound loggers (``log.bind(k=v)``, ``child({k})``) and the inside of the
project's wrappers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.facts import LogCall
from skillaudit.linking.calls.graph import Calls
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, Formal, Instance, Symbol, Symbols
from skillaudit.linking.records.unvarying import Unvarying
from skillaudit.model import Location

_DEPTH = 7
_SPREADS = 3
_WRAPPED = 3
_CALLERS = 8
_KEY = re.compile(r"^[A-Za-z_][\w.\-]{0,40}$")
_SIZES = re.compile(r"^len$|(?i:size|length|count)(?:of)?$|^(?:size|count|length)Of$|byteLength$")
"""Functions that leave only a number of what they are given."""
_BINDS = {"bind_contextvars", "bound_contextvars", "contextualize", "set_context", "bind_threadlocal"}


class Words(msgspec.Struct, frozen=True):
    """The names that a record mentions, and its constant texts, each as written; ``fixed`` say the same each time."""

    names: frozenset[str]
    texts: tuple[str, ...]
    fixed: dict[str, str] = {}


@dataclass(slots=True)
class Sayings:
    """Reads records; what one record says is remembered."""

    program: Program
    symbols: Symbols
    calls: Calls
    unvarying: Unvarying = field(init=False)
    _by_line: dict[tuple[Fn, int], list[ir.Call]] = field(default_factory=dict)
    _read: set[Fn] = field(default_factory=set)
    _known: dict[tuple[Fn, Location], Words] = field(default_factory=dict)
    _binds: dict[Fn, frozenset[str]] = field(default_factory=dict)
    _given: dict[tuple[Formal, int], frozenset[str]] = field(default_factory=dict)
    _held: dict[tuple[At, int], tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    _lists: dict[tuple[At, int], tuple[tuple[str, bool], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell with the same knowledge what says nothing."""
        self.unvarying = Unvarying(self.program, self.symbols)

    def of(self, fn: Fn, call: LogCall, path: tuple[Fn, ...] = ()) -> Words:
        """What a record says, with what was bound to the context in the functions of its ``path``."""
        own = self._own(fn, call)
        bound = frozenset[str]().union(*(self._bound(outer) for outer in {fn, *path}))
        return Words(own.names | bound, own.texts, own.fixed) if bound else own

    def _own(self, fn: Fn, call: LogCall) -> Words:
        key = (fn, call.location)
        if key not in self._known:
            pairs = list(self._everything(fn, call))
            written = self.at_line(fn, call.location.line)
            empty = self.unvarying.left_empty(fn, written) if written is not None else frozenset()
            names = frozenset(text for text, is_name in pairs if is_name) | frozenset(call.fields) - empty
            texts = tuple(dict.fromkeys(text for text, is_name in pairs if not is_name))
            fixed = self.unvarying.fixed(fn, written) if written is not None else {}
            self._known[key] = Words(names, (*texts, call.message, call.event), fixed)
        return self._known[key]

    def _everything(self, fn: Fn, call: LogCall) -> Iterator[tuple[str, bool]]:
        written = self.at_line(fn, call.location.line)
        if written is None:
            return
        yield from self._call(fn, written, wraps=bool(call.via))
        yield from self._inside(fn, written, call, _WRAPPED)

    def _inside(self, fn: Fn, written: ir.Call, call: LogCall, depth: int) -> Iterator[tuple[str, bool]]:
        """What the project's wrappers add, one inside the other."""
        for target in self.symbols.resolve(fn.at(written.callee)) if call.via and depth else ():
            if isinstance(target, Fn):
                yield from self._parameters(fn, target, written)
                for line in (place.line for place in call.via if place.path == self._path(target)):
                    inner = self.at_line(target, line)
                    if inner is not None:
                        yield from self._call(target, inner)
                        yield from self._inside(target, inner, call, depth - 1)

    def _path(self, fn: Fn) -> str:
        return self.program.modules[fn.module].path

    def _is_object(self, at: At) -> bool:
        """Whether a value is an object of the project: what a wrapper writes of it, the wrapper's own calls say."""
        return any(isinstance(symbol, Instance) for symbol in self.symbols.resolve(at))

    def _parameters(self, fn: Fn, target: Fn, call: ir.Call) -> Iterator[tuple[str, bool]]:
        """The wrapper's names for what it is given by position."""
        given = [a for a in call.args if not a.name and not a.spread]
        for parameter, argument in zip(self.program.function(target).params, given, strict=False):
            if parameter.kind == "plain" and parameter.name and not self._is_object(fn.at(argument.value)):
                yield parameter.name, True
        yield self.program.function(target).name, False

    def at_line(self, fn: Fn, line: int) -> ir.Call | None:
        """The outermost call that begins on a line of a function."""
        if fn not in self._read:
            self._read.add(fn)
            for _, call, _ in self.program.calls(fn):
                self._by_line.setdefault((fn, call.line), []).append(call)
        return max(self._by_line.get((fn, line), ()), key=lambda call: call.end - call.start, default=None)

    # --- one call

    def _is_key_of_nothing(self, fn: Fn, call: ir.Call, position: int) -> bool:
        """``"duration_ms", 0`` among names and values in turn."""
        after = call.args[position + 1 : position + 2]
        empty = bool(after) and self.unvarying.is_empty(fn.at(after[0].value))
        return empty and self.unvarying.is_key(fn, call, position)

    def _call(self, fn: Fn, call: ir.Call, *, wraps: bool = False) -> Iterator[tuple[str, bool]]:
        for position, argument in enumerate(call.args):
            if wraps and not argument.name and not argument.spread and self._is_object(fn.at(argument.value)):
                continue
            empty = self.unvarying.is_empty(fn.at(argument.value))
            if argument.name and argument.name != "extra" and not empty:
                yield argument.name, True
            if argument.spread:
                yield from self._spread(fn.at(argument.value), _SPREADS)
            elif not self._is_key_of_nothing(fn, call, position):
                yield from self._keys(fn, argument.value, 0 if argument.name else position)
                yield from self._words(fn.at(argument.value), _DEPTH)
                yield from self._whole(fn.at(argument.value))
        yield from self._chain(fn.at(call.callee), _DEPTH)

    def _whole(self, at: At) -> Iterator[tuple[str, bool]]:
        """The keys of an object that is handed over as it is: ``log.info("asked", context)``."""
        place = self.program.bare(at)
        value = self.program.value(place)
        while isinstance(value, ir.Operation) and value.operator == "await":
            place = self.program.bare(place.to(value.operands[0]))
            value = self.program.value(place)
        if isinstance(value, ir.Call | ir.Param):
            yield from self._spread(place, _SPREADS)

    def _keys(self, fn: Fn, value: int, position: int) -> Iterator[tuple[str, bool]]:
        """A text in the place of a key: ``Info("msg", "tool", name)``."""
        held = self.program.value(fn.at(value))
        if position and isinstance(held, ir.Literal) and held.kind == "str" and _KEY.match(held.text):
            yield held.text, True

    def _chain(self, at: At, depth: int) -> Iterator[tuple[str, bool]]:
        """What was given to the logger on the way: ``log.bind(tool=name).info(…)``, ``log.With("tool", name)``."""
        value = self.program.value(at)
        match value:
            case ir.Variable() if depth:
                yield from self._chain(at.to(value.value), depth - 1)
            case ir.Member() if depth:
                yield from self._chain(at.to(value.base), depth - 1)
            case ir.Name() if depth and (outer := self.program.lexical(Fn(at.module, at.function), value.name)):
                yield from self._chain(outer, depth - 1)
            case ir.Call() if depth and value.args and isinstance(self.program.value(at.to(value.callee)), ir.Member):
                fn = Fn(at.module, at.function)
                for position, argument in enumerate(value.args):
                    if argument.name:
                        yield argument.name, True
                    yield from self._keys(fn, argument.value, position or 1)
                    yield from self._words(at.to(argument.value), 2)
                yield from self._chain(at.to(value.callee), depth - 1)
            case _:
                return

    def _bound(self, fn: Fn) -> frozenset[str]:
        """The names that a function binds to the context of all its records."""
        if fn not in self._binds:
            names: set[str] = set()
            for _, call, _ in self.program.calls(fn):
                callee = self.program.value(fn.at(call.callee))
                if isinstance(callee, ir.Member | ir.Name) and callee.name in _BINDS:
                    names |= {argument.name for argument in call.args if argument.name}
            self._binds[fn] = frozenset(names)
        return self._binds[fn]

    # --- values

    def _words(self, at: At, depth: int) -> tuple[tuple[str, bool], ...]:
        """Names and texts in a value: fields of records, and what is put into a text."""
        if (at, depth) not in self._held:
            self._held[at, depth] = tuple(dict.fromkeys(self._inside_of(at, depth)))
        return self._held[at, depth]

    def _inside_of(self, at: At, depth: int) -> Iterator[tuple[str, bool]]:  # noqa: C901, PLR0912 - one case per kind
        value = self.program.value(at)
        if not depth:
            return
        match value:
            case ir.Literal(kind="str"):
                yield value.text, False
            case ir.Variable():
                yield value.name, True
                if isinstance(self.program.value(at.to(value.value)), ir.Record | ir.Text | ir.Variable | ir.Choice):
                    yield from self._words(at.to(value.value), depth - 1)
            case ir.Param():
                yield self.program.function(Fn(at.module, at.function)).params[value.index].name, True
            case ir.Name():
                yield value.name, True
            case ir.Member():
                yield from ((name, True) for name in (value.name, self.dotted(at)))
            case ir.Text():
                for part in value.parts:
                    yield from self._words(at.to(part), depth - 1)
            case ir.Choice(options=inner) | ir.Operation(operands=inner) | ir.Sequence(items=inner):
                for child in inner:
                    yield from self._words(at.to(child), depth - 1)
            case ir.Record():
                yield from self._record(at, value, depth)
            case ir.Call():
                yield from self._made(at, value, depth)
            case _:
                return

    def _record(self, at: At, value: ir.Record, depth: int) -> Iterator[tuple[str, bool]]:
        for entry in value.entries:
            inner = self.program.value(at.to(entry.value))
            if entry.key and self.unvarying.is_empty(at.to(entry.value)):
                continue
            if entry.key:
                yield entry.key, True
                if isinstance(inner, ir.Record | ir.Literal | ir.Text | ir.Operation):
                    yield from self._words(at.to(entry.value), depth - 1)
            else:
                yield from self._spread(at.to(entry.value), _SPREADS)

    def _made(self, at: At, call: ir.Call, depth: int) -> Iterator[tuple[str, bool]]:
        """A call in a record: its name, what it is given, and the keys of what a project's function gives back."""
        name = self.dotted(at.to(call.callee))
        yield name, True
        if _SIZES.search(name):
            return
        for number, argument in enumerate(call.args):
            if argument.name:
                yield argument.name, True
            held = self.program.value(at.to(argument.value))
            if not number and isinstance(held, ir.Literal) and _KEY.match(held.text):
                yield held.text, True
            yield from self._words(at.to(argument.value), depth - 1)
        yield from self._spread(at, _SPREADS)

    def _listed(self, at: At, depth: int) -> tuple[tuple[str, bool], ...]:
        """Names and values in turn, put together in a slice: ``append(attrs, "tool", name)...``."""
        key = self.program.bare(at), depth
        if key not in self._lists:
            self._lists[key] = tuple(dict.fromkeys(self._turned(*key)))
        return self._lists[key]

    def _turned(self, place: At, depth: int) -> Iterator[tuple[str, bool]]:
        value = self.program.value(place)
        match value:
            case ir.Sequence(items=items):
                inner = items
            case ir.Choice(options=options):
                inner = options
            case ir.Call(args=args) if self.program.called(place.to(value.callee)) == "append":
                inner = tuple(argument.value for argument in args)
            case ir.Literal(kind="str", text=text) if depth < _DEPTH and _KEY.match(text):
                yield text, True
                return
            case _:
                if depth < _DEPTH:
                    yield from self._words(place, 2)
                return
        for one in inner if depth else ():
            yield from self._listed(place.to(one), depth - 1)

    def _spread(self, at: At, depth: int) -> Iterator[tuple[str, bool]]:
        """The keys of what is spread into a record, also where a function or a property of the project makes it."""
        yield from self._listed(at, _DEPTH)
        formal = self._formal(at)
        found = self.symbols.resolve_formal(formal) if formal else self.symbols.resolve(at)
        for symbol in found if depth else ():
            held = self.program.value(symbol.at) if isinstance(symbol, Data) else None
            if isinstance(symbol, Data) and isinstance(held, ir.Record):
                for entry in held.entries:
                    if entry.key and not self.unvarying.is_empty(symbol.at.to(entry.value)):
                        yield entry.key, True
                    elif entry.spread:
                        yield from self._spread(symbol.at.to(entry.value), depth - 1)
        if formal is not None and depth and not any(map(self._holds, found)):
            yield from ((name, True) for name in sorted(self._always_given(formal, depth - 1)))

    def _holds(self, symbol: Symbol) -> bool:
        """Whether a symbol is an object with something in it, not an empty default."""
        held = self.program.value(symbol.at) if isinstance(symbol, Data) else None
        return held is not None and not (isinstance(held, ir.Record) and not held.entries)

    def _formal(self, at: At) -> Formal | None:
        """The parameter that a name stands for, also one of the function around."""
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Name):
            outer = self.program.lexical(Fn(at.module, at.function), value.name)
            at = self.program.bare(outer) if outer else at
            value = self.program.value(at)
        return Formal(Fn(at.module, at.function), value.index) if isinstance(value, ir.Param) else None

    def _always_given(self, formal: Formal, depth: int) -> frozenset[str]:
        """The keys that every caller hands over in an object."""
        if (formal, depth) not in self._given:
            self._given[formal, depth] = frozenset(self._given_keys(formal, depth))
        return self._given[formal, depth]

    def _given_keys(self, formal: Formal, depth: int) -> set[str]:
        sites = [edge for edge in self.calls.into.get(formal.fn, ()) if not edge.handed][:_CALLERS]
        given: list[set[str]] = []
        for edge in sites:
            call = self.program.value(edge.caller.at(edge.value))
            args = [one for one in call.args if not one.name and not one.spread] if isinstance(call, ir.Call) else []
            args = args[edge.skips :]
            if formal.position >= len(args):
                return set()
            at = edge.caller.at(args[formal.position].value)
            held = self.program.value(self.program.bare(at))
            pairs = (
                self._record(self.program.bare(at), held, 1) if isinstance(held, ir.Record) else self._spread(at, depth)
            )
            given.append({name for name, named in pairs if named})
        return set.intersection(*given) if given else set()

    def dotted(self, at: At, depth: int = _DEPTH) -> str:
        """``request.params.name`` as written; what is no name in it is left out."""
        value = self.program.value(at)
        match value:
            case ir.Member() if depth:
                base = self.dotted(at.to(value.base), depth - 1)
                return f"{base}.{value.name}" if base else value.name
            case ir.Variable() | ir.Name():
                return value.name
            case ir.Call() if depth:
                return self.dotted(at.to(value.callee), depth - 1)
            case ir.Param():
                return self.program.function(Fn(at.module, at.function)).params[value.index].name
            case _:
                return ""
