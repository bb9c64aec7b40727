"""Types whose values hold no text of a client's: numbers, truths, dates, enumerations, checked texts."""

import re
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.knowledge import patterns
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Formal, Instance, Symbols

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
_CONSTRAINED = {"conint", "confloat", "condecimal", "condate"}
"""Pydantic's functions that make a type of numbers or dates."""

_VALIDATING = {
    "IsIn", "IsEnum", "IsInt", "IsNumber", "IsBoolean", "IsUUID", "IsDate", "IsDateString", "IsISO8601", "IsMongoId",
    "IsNumberString", "IsHexadecimal", "IsAlphanumeric", "IsAlpha", "IsBooleanString", "IsPositive", "Equals",
}  # fmt: skip
"""Decorators of class-validator that leave a number, an identifier or one of a few words."""

_DANGERS = (Danger.PATH, Danger.COMMAND, Danger.ADDRESS_PATH)
_TAG = re.compile(r'\b(?P<by>binding|validate):"(?P<rules>[^"]*)"')
_RULES = {"alphanum", "alpha", "numeric", "number", "uuid", "uuid4", "boolean", "hexadecimal", "mongodb", "ulid"}
_VALIDATOR = "go-playground/validator"
_DEEPEST = 8


@dataclass(slots=True)
class ClosedTypes:
    """Reads declared types."""

    program: Program
    symbols: Symbols
    _applies: bool | None = None

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
            case ir.Call(callee=callee):
                return self.program.called(at.to(callee)) in _CONSTRAINED or self._checks(at)
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
                    held = (attribute.value, *attribute.decorators)
                    checked = any(self._checks(scope.at(number)) for number in held if number >= 0)
                    return typed or checked or self._is_tagged(attribute.type_text)
        return False

    def _checks(self, at: At) -> bool:
        """Whether pydantic's ``Field(pattern=…)`` or class-validator's ``@IsIn(…)`` checks it beforehand."""
        value = self.program.value(at)
        if not isinstance(value, ir.Call):
            return False
        name = self.program.called(at.to(value.callee))
        given = self.program.value(at.to(value.args[0].value)) if value.args else None
        if name == "Matches" and isinstance(given, ir.Literal):
            return all(patterns.refuses(given.text, danger) for danger in _DANGERS)
        return name in _VALIDATING or any(argument.name in _CHECKING for argument in value.args)

    def _is_tagged(self, text: str) -> bool:
        """Whether the tag of a Go field lets only a few words through: ``binding:"oneof=a b"``, as gin applies it."""
        found = _TAG.search(text)
        if found is None or not (found["by"] == "binding" or self._validates()):
            return False
        return any(rule in _RULES or rule.startswith(("oneof=", "eq=")) for rule in found["rules"].split(","))

    def _validates(self) -> bool:
        """Whether the program uses the library that applies ``validate`` tags."""
        if self._applies is None:
            values = (v for module in self.program.modules for f in module.functions for v in f.values)
            self._applies = any(isinstance(v, ir.Import) and _VALIDATOR in v.module for v in values)
        return self._applies
