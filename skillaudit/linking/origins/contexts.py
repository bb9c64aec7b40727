"""What constants decide: a step behind ``kind == "local"`` never runs for a call that hands over another constant.

A *need* is what must hold of a function's parameter where a step runs. ``Needs`` reads needs off conditions;
``carried`` asks one call whether it can meet them, and says what must then hold of the calling function's own
parameters. What is not known to be a constant meets every need.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.connectives import Reading
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, Formal, Symbols
from skillaudit.linking.origins.callings import Callings
from skillaudit.linking.values.origin import ANY, TOLD, Beside, Constant, Need, Path

_DEPTH = 12
_ROUND = 4
_NOTHING: Constant = ("null", "")
_OBJECT: Constant = ("object", "")
_FALSY = frozenset({_NOTHING, ("str", ""), ("num", "0"), ("bool", "false")})
_FLAGS = {"bool", "str"}
_EQUAL = {"==", "===", "is"}
_UNEQUAL = {"!=", "!==", "is not"}

Known = tuple[Formal | At, Path] | frozenset[Constant] | None
"""A parameter or a call, and what is taken of it, all the constants that a value may be, or nothing that is known."""


@dataclass(slots=True)
class Contexts:
    """Reads conditions and calls for constants."""

    program: Program
    symbols: Symbols
    callings: Callings
    _changed: dict[Fn, frozenset[str]] = field(default_factory=dict)
    _recursive: dict[Fn, bool] = field(default_factory=dict)
    _counted: Counter[str] | None = None

    def needs(self, at: At, *, sense: bool, depth: int = _DEPTH) -> Iterator[Need]:
        """What must hold of parameters where a condition does (``sense``), or does not."""
        yield from Reading(self.program, self._needed, _either).of(at, sense=sense, depth=depth)

    def _needed(self, at: At, *, sense: bool, depth: int) -> Iterator[Need]:
        """The same for a condition that is not put together of others."""
        del depth
        value = self.program.value(at)
        match value:
            case ir.Operation(operands=(left, right)):
                yield from self._compared(value.operator, at.to(left), at.to(right), sense=sense)
            case ir.Param() | ir.Member() | ir.Item() | ir.Name() | ir.Call():
                known = self._known(at, ())
                if isinstance(known, tuple):
                    yield Need(*known, _FALSY, not sense)

    def _compared(self, operator: str, left: At, right: At, *, sense: bool) -> Iterator[Need]:
        one, other = self._known(left, ()), self._known(right, ())
        if isinstance(other, tuple):
            one, other = other, one
        if operator in _EQUAL | _UNEQUAL and isinstance(one, tuple) and isinstance(other, frozenset):
            if len(other) == 1 and _OBJECT not in other:
                yield Need(*one, other, sense == (operator in _EQUAL))
        elif operator in {"in", "not in"} and isinstance(one, tuple):
            listed = self.program.value(self.program.bare(right))
            held = listed.items if isinstance(listed, ir.Sequence) else ()
            known = _together(self._known(right.to(item), ()) for item in held)
            if isinstance(known, frozenset) and known:
                yield Need(*one, known, sense == (operator == "in"))

    # --- calls

    def carried(
        self, needs: frozenset[Need], fn: Fn, caller: Fn, call: ir.Call, stays: Fn | None = None
    ) -> frozenset[Need] | None:
        """What a call of ``fn`` makes of needs: those of its caller, or None where it cannot meet them.

        Those of the function that ``stays`` open are left: its own callers are asked later.
        """
        if not needs:
            return needs
        left: set[Need] = set()
        for need in needs:
            if isinstance(need.held, At):
                continue
            if need.held.fn != fn:
                if need.held.fn in self._around(caller) or need.held.fn == stays:
                    left.add(need)
                continue
            if self._recurs(fn) or any(text.startswith(TOLD) for _, text in need.among):
                continue  # a later turn gets other values, and no turn but the first is looked at
            given = self._given(need.held, need.path, caller, call)
            if isinstance(given, frozenset) and not any((one in need.among) == need.sense for one in given):
                return None
            if isinstance(given, tuple) and isinstance(given[0], Formal):
                left.add(Need(*given, need.among, need.sense))
        return frozenset(left)

    def _recurs(self, fn: Fn) -> bool:
        """Whether the function calls itself, by itself or by way of a few others."""
        if fn not in self._recursive:
            callers, front = set[Fn](), {fn}
            for _ in range(_ROUND):
                front = {caller for one in front for caller, *_ in self.callings.of(one)} - callers
                callers |= front
            self._recursive[fn] = fn in callers
        return self._recursive[fn]

    def _given(self, formal: Formal, path: Path, caller: Fn, call: ir.Call) -> Known:
        found = list(self.callings.filling(caller, call, formal, path))
        if len(found) == 1:
            return self._known(*found[0])
        function = self.program.function(formal.fn)
        parameter = function.params[formal.position]
        if found or any(argument.spread for argument in call.args) or parameter.kind != "plain":
            return None
        if parameter.default >= 0 and function.parent >= 0:
            return self._known(At(formal.fn.module, function.parent, parameter.default), path)
        script = self.program.modules[formal.fn.module].language in {"typescript", "javascript"}
        return frozenset({_NOTHING}) if script and not path else None

    # --- what comes together

    def beside(self, at: At, returned: At, path: Path) -> frozenset[Beside]:
        """The constants that the call at ``at`` gives back together with what ``path`` takes of ``returned``."""
        place = self.program.bare(returned)
        parts: list[tuple[str, int]] = []
        match self.program.value(place) if path else None:
            case ir.Sequence(items=items):
                parts = [(str(number), item) for number, item in enumerate(items)]
            case ir.Record(entries=entries):
                parts = [(entry.key, entry.value) for entry in entries if entry.key and not entry.spread]
            case _:
                pass
        held = ((part, self.program.value(self.program.bare(place.to(item)))) for part, item in parts)
        told = ((part, value) for part, value in held if part not in {path[0], ANY} and path[0] != ANY)
        literals = ((part, value) for part, value in told if isinstance(value, ir.Literal) and value.kind in _FLAGS)
        return frozenset(Beside(at, part, _constant(value)) for part, value in literals)

    def _around(self, fn: Fn) -> Iterator[Fn]:
        """A function and those that it is defined in."""
        number = fn.number
        while number > 0:
            yield Fn(fn.module, number)
            number = self.program.function(Fn(fn.module, number)).parent

    # --- values

    def _known(self, at: At, path: Path, depth: int = _DEPTH) -> Known:  # noqa: C901, PLR0911, PLR0912 - one answer per kind
        value = self.program.value(at)
        fn = Fn(at.module, at.function)
        if depth == 0 or (path and path[0] in self._changes(fn)):
            return None
        match value:
            case ir.Variable():
                return (
                    None if self.program.assigned(fn, value.name) else self._known(at.to(value.value), path, depth - 1)
                )
            case ir.Opaque(kind="type_assertion"):
                return self._known(at.to(value.children[0]), path, depth - 1)
            case ir.Param():
                return Formal(fn, value.index), path
            case ir.Receiver() if len(path) == 1:
                return self._attribute(fn, path[0], depth)
            case ir.Call() if path and any(isinstance(s, Fn) for s in self.symbols.resolve(at.to(value.callee))):
                return at, path
            case ir.Member() | ir.Item() | ir.Call():
                base, key = self._taken(at, value)
                known = self._known(base, (key, *path), depth - 1) if key else None
                return self._constant(at) if known is None and not path else known
            case ir.Choice():
                options = (self._known(at.to(option), path, depth - 1) for option in value.options)
                return _together(options)
            case ir.Name():
                outer = self.program.lexical(fn, value.name)
                return self._known(outer, path, depth - 1) if outer else None
            case ir.Record():
                return self._entry(at, value, path, depth)
            case ir.Literal() if not path:
                return frozenset({_constant(value)})
            case ir.Sequence(items=(_, *_)) | ir.Closure() if not path:
                return frozenset({_OBJECT})
            case _:
                return None

    def _taken(self, at: At, value: ir.Member | ir.Item | ir.Call) -> tuple[At, str]:
        """What a member, an item or ``get`` is taken from, and its name; empty where that is not known."""
        match value:
            case ir.Member():
                return at.to(value.base), value.name
            case ir.Item() if isinstance(key := self.program.value(at.to(value.key)), ir.Literal):
                return at.to(value.base), key.text
            case ir.Call(args=(argument,)) if isinstance(got := self.program.value(at.to(value.callee)), ir.Member):
                asked = self.program.value(at.to(argument.value))
                return at.to(got.base), asked.text if got.name == "get" and isinstance(asked, ir.Literal) else ""
            case _:
                return at, ""

    def _entry(self, at: At, value: ir.Record, path: Path, depth: int) -> Known:
        """What stands under a key of a record; the last entry counts, and what it lacks is nothing."""
        if not path:
            return frozenset({_OBJECT}) if value.entries else None
        for entry in reversed(value.entries):
            if entry.spread or not entry.key:
                return None
            if entry.key == path[0]:
                return self._known(at.to(entry.value), path[1:], depth - 1)
        return None if value.made_of >= 0 or len(path) > 1 else frozenset({_NOTHING})

    def _attribute(self, fn: Fn, name: str, depth: int) -> Known:
        """What an attribute of the method's object holds, if one step alone stores it, of what a call gave back."""
        owner = self.symbols.owner(fn)
        stored = self.symbols.stores(owner).get(name, []) if owner else []
        if len(stored) != 1 or self._stored().get(name) != 1:
            return None
        known = self._known(stored[0], (), depth - 1)
        return known if isinstance(known, tuple) and isinstance(known[0], At) else None

    def _stored(self) -> dict[str, int]:
        """How often something is stored under each name, by steps and in Go's structs."""
        if self._counted is None:
            self._counted = Counter()
            for fn in self.program.functions():
                function = self.program.function(fn)
                self._counted.update(s.name for s in function.steps if isinstance(s, ir.Store) and s.name)
                made = (v for v in function.values if isinstance(v, ir.Record) and v.made_of >= 0)
                self._counted.update(entry.key for value in made for entry in value.entries)
        return self._counted

    def _constant(self, at: At) -> Known:
        """A member of an enumeration, or of a table of constants in another file."""
        held = self.symbols.resolve(at)
        values = [self.program.value(symbol.at) for symbol in held if isinstance(symbol, Data)]
        known = [_constant(value) for value in values if isinstance(value, ir.Literal)]
        return frozenset(known) if known and len(known) == len(held) else None

    def _changes(self, fn: Fn) -> frozenset[str]:
        """The names of what a function stores into objects."""
        if fn not in self._changed:
            stored = [s for s in self.program.function(fn).steps if isinstance(s, ir.Store) and s.base >= 0]
            keys = (self.program.value(fn.at(s.key)) for s in stored if s.key >= 0)
            names = {s.name for s in stored if s.name} | {k.text for k in keys if isinstance(k, ir.Literal)}
            self._changed[fn] = frozenset(names)
        return self._changed[fn]


def _constant(value: ir.Literal) -> Constant:
    if value.kind == "null":
        return _NOTHING
    if value.kind == "num" and not value.text.strip("0."):
        return "num", "0"
    return value.kind, value.text.lower() if value.kind == "bool" else value.text


def _together(several: Iterable[Known]) -> Known:
    """All the constants of several values, if each is known."""
    found: set[Constant] = set()
    for known in several:
        if not isinstance(known, frozenset):
            return None
        found |= known
    return frozenset(found)


def _either(parts: list[tuple[Need, ...]]) -> Iterator[Need]:
    """``x == "a" or x == "b"``: one of several constants."""
    needs = [part[0] for part in parts if len(part) == 1]
    if len(needs) == len(parts) and all(need.sense for need in needs) and len({need[:2] for need in needs}) == 1:
        yield needs[0]._replace(among=frozenset(one for need in needs for one in need.among))
