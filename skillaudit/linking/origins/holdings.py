"""What objects and containers hold beyond what they were made of: attributes, fields, what was put in later."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.names.classes import field_at
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Formal, Instance, Symbols
from skillaudit.linking.origins.changes import Change, Changes
from skillaudit.linking.values.keyed import Keyed, picked_out
from skillaudit.linking.values.leftout import Removals
from skillaudit.linking.values.origin import ANY, BEGINNING, FOLDED, Need, Origin, Path, Root

_NUMBER = re.compile(r"^(?:\*|Optional\[)*(?:bool|boolean|u?int\d*|float\d*|number|time\.\w+|datetime)\b")


def is_number(type_text: str) -> bool:
    """Whether a declared type is a number, a truth or a time, which no credential is."""
    return bool(_NUMBER.match(type_text))


@dataclass(slots=True)
class Holdings:
    """Looks into objects; ``of`` evaluates one value with the path taken from it."""

    program: Program
    symbols: Symbols
    made: dict[Cls, list[tuple[Fn, int]]]
    of: Callable[[At, Path], tuple[Origin, ...]]
    changes: Changes = field(init=False)
    removals: Removals = field(init=False)
    keyed: Keyed = field(init=False)
    _literals: dict[Cls, list[At]] | None = None
    _options: dict[tuple[Cls, str], list[At]] | None = None

    def __post_init__(self) -> None:
        """Know what is put in with the same knowledge."""
        self.changes = Changes(self.program, self.symbols)
        self.removals = Removals(self.program, self.of)
        self.keyed = Keyed(self.program)

    def held(self, owner: Cls, path: Path, made: tuple[Fn, int] | None = None) -> Iterator[Origin]:
        """What an attribute of a class's objects holds: stores, getters, defaults, what a dataclass is made with.

        ``made`` is the call that makes the one object that is meant; without it all of them are.
        """
        path = (field_at(self.program, owner, path[0]) or path[0], *path[1:])
        yield from self._made_with(owner, path, made)
        for getter in self.symbols.getters(owner, path[0]):
            for step in self.program.function(getter).steps:
                if isinstance(step, ir.Return) and step.value >= 0:
                    yield from self.of(getter.at(step.value), path[1:])
        for part in self.symbols.same(owner):
            for stored in self.symbols.stores(part).get(path[0], ()):
                yield from self.of(stored, path[1:])
            for stored in self._optional().get((part, path[0]), ()):
                yield from self.of(stored, path[1:])
            put = self.changes.of_attribute(part, path[0])
            yield from self._put((one for one in put if self.program.tells(one.value.module, part.module)), path[1:])
            declared = self.program.klass(part)
            for attribute in declared.fields:
                if attribute.name == path[0] and attribute.value >= 0:
                    yield from self.of(At(part.module, declared.scope, attribute.value), path[1:])

    def _made_with(self, cls: Cls, path: Path, made: tuple[Fn, int] | None) -> Iterator[Origin]:
        """A class without a constructor of its own takes its fields, in order or by name."""
        declared = self.program.klass(cls)
        names = [attribute.name for attribute in declared.fields]
        for record in () if made else self.written(cls):
            if self.program.tells(record.module, cls.module):
                yield from self.of(record, path)
        constructor = next((m.function for m in declared.methods if m.name in {"__init__", "constructor"}), None)
        if constructor is not None and path[0] in names:
            yield from self._promoted(Fn(cls.module, constructor), cls, path, made)
        if path[0] not in names or constructor is not None:
            return
        for caller, number in (made,) if made else self._makers(cls):
            call = self.program.value(caller.at(number))
            for position, argument in enumerate(call.args if isinstance(call, ir.Call) else ()):
                if argument.spread:  # Model(**arguments)
                    yield from self.of(caller.at(argument.value), path)
                elif argument.name == path[0] or (not argument.name and position == names.index(path[0])):
                    yield from self.of(caller.at(argument.value), path[1:])

    def _makers(self, cls: Cls) -> Iterable[tuple[Fn, int]]:
        """The calls that make objects of the class, but for those that try it out."""
        return (one for one in self.made.get(cls, ()) if self.program.tells(one[0].module, cls.module))

    def _promoted(self, constructor: Fn, cls: Cls, path: Path, made: tuple[Fn, int] | None) -> Iterator[Origin]:
        """``constructor(readonly key: string)``: the parameter is the property, as nothing else is stored in it."""
        if self.program.modules[cls.module].language != "typescript" or path[0] in self.symbols.stores(cls):
            return
        function = self.program.function(constructor)
        call = self.program.value(made[0].at(made[1])) if made else None
        given = len(call.args) if isinstance(call, ir.Call) else 0
        for position, parameter in enumerate(function.params):
            if parameter.name == path[0]:
                formal = Formal(constructor, position)
                yield Origin(None, parameter.name, (), formal=formal, path=path[1:], root=Root(formal, path[1:]))
                if parameter.default >= 0 and position >= given:
                    yield from self.of(At(cls.module, function.parent, parameter.default), path[1:])

    def written(self, cls: Cls) -> list[At]:
        """The struct literals of a Go type."""
        if self._literals is None:
            self._literals = {}
            for fn in self.program.functions():
                if self.program.modules[fn.module].language != "go":
                    continue
                for number, value in self.program.of_kind(fn, ir.Record):
                    if value.made_of >= 0:
                        for symbol in self.symbols.resolve(fn.at(value.made_of)):
                            if isinstance(symbol, Cls):
                                self._literals.setdefault(symbol, []).append(fn.at(number))
        return self._literals.get(cls, [])

    def _optional(self) -> dict[tuple[Cls, str], list[At]]:
        """Go: what functional options put into fields: ``return func(c *Client) { c.key = key }``."""
        if self._options is None:
            self._options = {}
            for fn in self.program.functions():
                function = self.program.function(fn)
                stores = (
                    function.steps if function.parent > 0 and self.program.modules[fn.module].language == "go" else ()
                )
                for step in stores:
                    base = (
                        self.program.value(self.program.bare(fn.at(step.base)))
                        if isinstance(step, ir.Store) and step.base >= 0
                        else None
                    )
                    if isinstance(step, ir.Store) and isinstance(base, ir.Param) and step.name:
                        for symbol in self.symbols.resolve_formal(Formal(fn, base.index)):
                            if isinstance(symbol, Instance):
                                self._options.setdefault((symbol.cls, step.name), []).append(fn.at(step.value))
        return self._options

    def hides_itself(self, at: At, value: ir.Member) -> bool:
        """Whether a field is declared ``SecretStr``, which writes itself as stars, or as what holds no text."""
        objects = [s.cls for s in self.symbols.resolve(at.to(value.base)) if isinstance(s, Instance)]
        fields = [f for cls in objects for f in self.program.klass(cls).fields if f.name == value.name]
        return any("Secret" in f.type_text or is_number(f.type_text) for f in fields)

    def added(self, at: At, path: Path) -> Iterator[Origin]:
        """What was put into the container that a variable holds: ``d[k] = v``, ``d.update(…)``, ``map.set(k, v)``."""
        changes = self.changes.of(at)
        if path and path[0].isidentifier() and changes and self._is_copy(at):
            changes = [one for one in changes if one.key != ANY or one.within]
        yield from self._put(changes, path)

    def _is_copy(self, at: At) -> bool:
        """``{...settings}``: a name asked of it is the copied one's.

        Where keys are computed instead of spreading both, it is to decide of each whether it may be set.
        """
        made = self.program.value(self.program.bare(at))
        return isinstance(made, ir.Record) and any(entry.spread for entry in made.entries)

    def _put(self, changes: Iterable[Change], path: Path) -> Iterator[Origin]:
        for change in changes:
            taken = change.fits(path)
            asked = path[len(change.within) :] if path[: len(change.within)] == change.within else ()
            named = change.key == ANY and asked[:1] not in {(), (ANY,)} and not asked[0].isdecimal()
            if named or taken is not None:
                found: Iterable[Origin] = self.of(change.value, (*change.taken, *asked[1:]) if taken is None else taken)
                found = tuple(picked_out(found, asked[0], alone=taken is None)) if named else found
                known = self.keyed.at(Fn(change.value.module, change.value.function), *change.place) if found else ()
                under = change.key if asked[:1] == (ANY,) and change.key != ANY else ""
                put = {(Fn(change.value.module, change.value.function), *change.place)}
                if named and change.named and not asked[0].startswith((FOLDED, BEGINNING)):
                    need = Need(change.named, (), frozenset({("str", asked[0])}), sense=True)
                    found = tuple(replace(origin, needs=origin.needs | {need}) for origin in found)
                for origin in self.keyed.narrowed(found, known):
                    escaped = origin.escaped and not change.read
                    yield replace(origin, escaped=escaped, under=under or origin.under, put=origin.put | put)
