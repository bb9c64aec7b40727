"""Types whose values hold no text of a client's: numbers, truths, dates, enumerations, checked texts."""

import re
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.program import At, Cls, Fn, Program
from skillaudit.linking.symbols import Formal, Instance, Symbols

_PLAIN = re.compile(
    r"^(?:int|float|bool|complex|number|boolean|bigint|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|Decimal|datetime|date|"
    r"timedelta|UUID[1345]?|Date|null|undefined|nil|None|NoneType|Duration|(?:Non)?(?:Positive|Negative)(?:Int|Float)|"
    r"NonNegative(?:Int|Float)|NonPositive(?:Int|Float)|Strict(?:Int|Float|Bool)|Secret(?:Str|Bytes)|EmailStr|IPv[46]Address|IPvAnyAddress)$"
)
_THROUGH = {
    "Optional", "Union", "Final", "Required", "NotRequired", "Readonly", "ReadonlyArray", "Promise", "Awaitable",
}  # fmt: skip
_LISTS = {"list", "List", "set", "Set", "tuple", "Sequence", "Iterable", "Array", "frozenset"}
_MARKING = {"Annotated"}
_CHECKING = {"pattern", "regex"}
_DEEPEST = 8


@dataclass(slots=True)
class ClosedTypes:
    """Reads declared types."""

    program: Program
    symbols: Symbols

    # --- declared types

    def parameter(self, formal: Formal, path: tuple[str, ...]) -> bool:
        """Whether a parameter's declared type, or a field of it, leaves no room for a free text."""
        function = self.program.function(formal.fn)
        declared = function.params[formal.position]
        scope = Fn(formal.fn.module, function.parent)
        if function.parent < 0:
            return False
        if declared.type >= 0 and self.closed(scope.at(declared.type)):
            return True
        if path:
            fields = (self._field(s.cls, path) for s in self.symbols.resolve_formal(formal) if isinstance(s, Instance))
            return any(fields)
        return any(self._checks(scope.at(number)) for number in (declared.type, declared.default) if number >= 0)

    def field_of(self, at: At, name: str) -> bool:
        """Whether the field of this name is closed in whatever class of the project the value is an object of."""
        held = [s.cls for s in self.symbols.resolve(at) if isinstance(s, Instance)]
        return bool(held) and all(self._field(cls, (name,)) for cls in held)

    def closed(self, at: At, depth: int = _DEEPEST) -> bool:  # noqa: PLR0911 - one answer per kind of type
        """Whether a type's values are closed."""
        value = self.program.value(at)
        if depth == 0:
            return False
        match value:
            case ir.Literal():
                return True
            case ir.Name() | ir.Import() | ir.Member() if _PLAIN.match(self.program.called(at)):
                return True
            case ir.Name() | ir.Import() | ir.Member() | ir.Variable() | ir.ClassValue():
                return self._named(at, depth)
            case ir.Operation(operator="|", operands=operands):
                return all(self.closed(at.to(part), depth - 1) for part in operands)
            case ir.Item(base=base, key=key):
                return self._generic(at, base, key, depth)
            case ir.Sequence(items=items):
                return bool(items) and all(self.closed(at.to(item), depth - 1) for item in items)
            case _:
                return False

    def _generic(self, at: At, base: int, key: int, depth: int) -> bool:
        name = self.program.called(at.to(base))
        inner = self.program.value(at.to(key))
        parts = [at.to(item) for item in inner.items] if isinstance(inner, ir.Sequence) else [at.to(key)]
        if name == "Literal":
            return True
        if name in _MARKING:
            return self.closed(parts[0], depth - 1) or any(self._checks(part) for part in parts[1:])
        if name in _THROUGH | _LISTS:
            return all(self.closed(part, depth - 1) for part in parts if not self._is_dots(part))
        return False

    def _is_dots(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Opaque | ir.Name) and getattr(value, "name", "...") in {"...", "Ellipsis"}

    def _named(self, at: At, depth: int) -> bool:
        """An enumeration, or another name for a closed type."""
        for symbol in self.symbols.resolve(at):
            if isinstance(symbol, Cls):
                declared = self.program.klass(symbol)
                scope = Fn(symbol.module, declared.scope)
                named = [self.program.called(scope.at(base)) for base in declared.bases]
                alias = declared.kind in {"alias", "type"} and bool(declared.bases)
                return (
                    declared.kind == "enum"
                    or any(name.endswith(("Enum", "Flag")) for name in named)
                    or (alias and all(self.closed(scope.at(base), depth - 1) for base in declared.bases))
                )
        outer = self._bound(at)
        return outer is not None and outer != at and self.closed(outer, depth - 1)

    def _bound(self, at: At) -> At | None:
        """What a name is bound to, in this file or another."""
        value = self.program.value(at)
        match value:
            case ir.Variable():
                return at.to(value.value)
            case ir.Name():
                return self.program.lexical(Fn(at.module, at.function), value.name)
            case ir.Import():
                found = self.program.imported(at.module, value.module, value.symbol)
                return found if isinstance(found, At) else None
            case _:
                return None

    def _field(self, cls: Cls, path: tuple[str, ...]) -> bool:
        for part in self.symbols.same(cls):
            declared = self.program.klass(part)
            scope = Fn(part.module, declared.scope)
            for attribute in declared.fields:
                if attribute.name == path[0] and len(path) == 1:
                    typed = attribute.type >= 0 and self.closed(scope.at(attribute.type))
                    return typed or (attribute.value >= 0 and self._checks(scope.at(attribute.value)))
        return False

    def _checks(self, at: At) -> bool:
        """Whether a declaration such as pydantic's ``Field(pattern=…)`` checks the text before the handler runs."""
        value = self.program.value(at)
        return isinstance(value, ir.Call) and any(argument.name in _CHECKING for argument in value.args)
