"""Objects whose type is read off a schema: ``type Config = z.infer<typeof ConfigSchema>`` has the schema's entries."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Instance, Symbols
from skillaudit.linking.values.schemas import Shapes

_INFERRING = {"infer", "output", "TypeOf", "InferOutput", "Infer", "Static", "InferType"}
_NARROWING = {"omit", "pick"}
_DEEPEST = 8


@dataclass(slots=True)
class Inferred:
    """Reads the schemas behind declared types."""

    program: Program
    symbols: Symbols

    def credentials(self, at: At) -> tuple[str, ...]:
        """The entries that hold a credential, of the schema that a value's declared type comes from."""
        schemas = (s for declared in self._declared(at) if (s := self._schema(declared)) is not None)
        shapes = Shapes(self.program, self.symbols)
        named = (
            name
            for schema in schemas
            for name in self._names(schema, _DEEPEST)
            if not shapes.of(schema).at((name,)).one_line
        )
        return tuple(dict.fromkeys(name for name in named if vocabulary.names_credential(name)))

    def _declared(self, at: At) -> Iterator[At]:
        """The types that a parameter, or a field of an object of the project, is declared with."""
        held = self.program.bare(at)
        value = self.program.value(held)
        if isinstance(value, ir.Param):
            function = self.program.function(Fn(held.module, held.function))
            if (declared := function.params[value.index].type) >= 0:
                yield At(held.module, function.parent, declared)
        elif isinstance(value, ir.Member):
            for symbol in self.symbols.resolve(held.to(value.base)):
                if isinstance(symbol, Instance):
                    cls = self.program.klass(symbol.cls)
                    fields = (f for f in cls.fields if f.name == value.name and f.type >= 0)
                    yield from (At(symbol.cls.module, cls.scope, f.type) for f in fields)

    def _schema(self, at: At) -> At | None:
        """The schema inside ``z.infer<typeof Schema>``, also behind another name."""
        place = self._named(at)
        value = self.program.value(place) if place else None
        if place is None or not isinstance(value, ir.Item):
            return None
        base, key = self.program.value(place.to(value.base)), self.program.value(place.to(value.key))
        name = (
            base.name if isinstance(base, ir.Member | ir.Name) else base.symbol if isinstance(base, ir.Import) else ""
        )
        asked = isinstance(key, ir.Operation) and key.operator == "typeof"
        return place.to(key.operands[0]) if name in _INFERRING and isinstance(key, ir.Operation) and asked else None

    def _named(self, at: At) -> At | None:
        """What a name of this or another file stands for."""
        place: object = at
        for _ in range(_DEEPEST):
            if not isinstance(place, At):
                return None
            place = self.program.bare(place)
            value = self.program.value(place)
            if isinstance(value, ir.Name):
                place = self.program.lexical(Fn(place.module, place.function), value.name)
            elif isinstance(value, ir.Import):
                place = self.program.imported(place.module, value.module, value.symbol)
            else:
                return place
        return None

    def _names(self, at: At, depth: int) -> Iterator[str]:
        """The entries of ``z.object({…})``, with what it is extended by and what is spread into it."""
        place = self._named(at)
        value = self.program.value(place) if place else None
        if place is None or not depth:
            return
        match value:
            case ir.Record():
                for entry in value.entries:
                    yield from self._names(place.to(entry.value), depth - 1) if entry.spread else (entry.key,)
            case ir.Member(name="shape", base=base):
                yield from self._names(place.to(base), depth - 1)
            case ir.Call():
                callee = self.program.value(place.to(value.callee))
                if isinstance(callee, ir.Member) and callee.name not in _NARROWING:
                    yield from self._names(place.to(callee.base), depth - 1)
                    for argument in value.args:
                        yield from self._names(place.to(argument.value), depth - 1)
            case _:
                return
