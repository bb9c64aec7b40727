"""Which objects show credentials when they are written as a whole: by their class, its fields, its representation.

Python writes the fields of data classes, pydantic models, attrs classes and named tuples; a script's loggers, console
and ``JSON.stringify`` write the properties of any object; Go writes the fields of structs. A field declared as a
secret, left out of the representation or of the serialisation, or a representation of the class's own hides them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.knowledge import forms, vocabulary
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols

_RECORDS = {"dataclass", "define", "frozen", "mutable", "attrs", "s", "attrib"}
_MODELS = {"BaseModel", "BaseSettings", "NamedTuple", "TypedDict", "SQLModel", "Struct", "RootModel", "GenericModel"}
_OWN_WORDS = {
    "__repr__", "__str__", "toJSON", "toString", "String", "GoString", "MarshalJSON", "MarshalText", "LogValue",
    "Format", "__repr_args__", "__format__", "MarshalLogObject", "MarshalZerologObject", "Error",
}  # fmt: skip
_TEXT = re.compile(r"(?<![\w.])(?:str|string|bytes|Buffer)(?![\w(])|^$")
_NOT_TEXT = re.compile(r"Secret|=>|Callable|\bfunc\b|(?i:bool)|json:\"-\"|!secret")
_MAPPED = re.compile(
    r"[dD]ict\[str, *(?:str|Any)\]|Record<string, *(?:string|any)|map\[string\]string|\[\w+: *string\]: *string"
)
_MAPS = {"env", "environ", "environment", "headers", "secrets", "credentials"}
_VARIABLES = {"env", "environ", "environment"}
_TAKING = {"get", "pop", "setdefault", "at", "find", "values"}
_HIDING = {"repr": "false", "exclude": "true", "init_var": "true"}
_NOT_SHOWN = re.compile(
    r"Callable|Promise|Awaitable|Coroutine|Iterator|Generator|Type$|type$|ClassVar|ContextVar|Weak|Ref$"
)
_ASKING = {"==", "!=", "===", "!==", "is", "is not", "not", "!", "<", ">"}
_MEASURING = {"len", "bool", "Boolean", "isinstance", "hasattr"}
_DEEP = 2


@dataclass(slots=True)
class Exposures:
    """Reads classes; remembers what each shows."""

    program: Program
    symbols: Symbols
    _shown: dict[Cls, tuple[str, ...]] = field(default_factory=dict)

    def of(self, at: At) -> Iterator[tuple[Cls, tuple[str, ...]]]:
        """The classes whose objects the value may be, with the credentials that each shows."""
        known = [symbol.cls for symbol in self.symbols.resolve(at) if isinstance(symbol, Instance)]
        for cls in known:
            if names := self.shown(cls):
                yield cls, names
        for cls in () if known else self._classes(at):
            if names := tuple(self._fields(cls, 0)) if self.writes_fields(cls) else ():
                yield cls, names

    def _classes(self, at: At) -> list[Cls]:
        """The project's classes of which the value may be an object."""
        known = [symbol.cls for symbol in self.symbols.resolve(at) if isinstance(symbol, Instance)]
        return known or list(dict.fromkeys(self._taken(at)))

    def _taken(self, at: At) -> Iterator[Cls]:
        """The classes of what is taken out of a list or a map that declares what it holds."""
        value = self.program.value(at)
        match value:
            case ir.Variable(value=inner):
                yield from self._taken(at.to(inner))
            case ir.Element(base=base) | ir.Item(base=base):
                yield from self._held(at.to(base), _DEEP)
            case ir.Call() if isinstance(callee := self.program.value(at.to(value.callee)), ir.Member):
                yield from self._held(at.to(callee.base), _DEEP) if callee.name in _TAKING else ()
            case _:
                return

    def _held(self, at: At, depth: int) -> Iterator[Cls]:  # noqa: C901 - one case per kind of value
        """The classes of what a container holds, by its declared type."""
        value = self.program.value(at)
        match value:
            case ir.Variable(value=inner) if depth:
                yield from self._held(at.to(inner), depth - 1)
            case ir.Choice(options=options) if depth:
                for option in options:
                    yield from self._held(at.to(option), depth - 1)
            case ir.Param(index=index):
                function = self.program.function(Fn(at.module, at.function))
                declared = function.params[index].type
                yield from self._contents(At(at.module, function.parent, declared)) if declared >= 0 else ()
            case ir.Member(base=base, name=name):
                for symbol in self.symbols.resolve(at.to(base)):
                    if isinstance(symbol, Instance):
                        yield from self._in_field(symbol.cls, name, depth)
            case ir.Call():
                for target in self.symbols.resolve(at.to(value.callee)):
                    if isinstance(target, Fn) and (function := self.program.function(target)).returns >= 0:
                        yield from self._contents(At(target.module, function.parent, function.returns))
            case _:
                return

    def _in_field(self, cls: Cls, name: str, depth: int) -> Iterator[Cls]:
        declared = self.program.klass(cls)
        for attribute in declared.fields:
            if attribute.name == name and attribute.type >= 0:
                yield from self._contents(At(cls.module, declared.scope, attribute.type))
        for stored in self.symbols.stores(cls).get(name, ()) if depth else ():
            yield from self._held(stored, depth - 1)

    def _contents(self, at: At) -> Iterator[Cls]:
        """The classes inside a declared list or map, not those that a type names by itself."""
        if isinstance(self.program.value(at), ir.Item):
            yield from self._inside(at)

    def shown(self, cls: Cls, depth: int = _DEEP) -> tuple[str, ...]:
        """The fields of a class that hold a credential and are written with the object."""
        if cls not in self._shown:
            self._shown[cls] = ()
            written = self._fields(cls, depth) if self.writes_fields(cls) else self._represented(cls)
            self._shown[cls] = tuple(dict.fromkeys(written))
        return self._shown[cls]

    def _fields(self, cls: Cls, depth: int) -> Iterator[str]:
        for part in self.symbols.same(cls):
            declared = self.program.klass(part)
            for attribute in declared.fields:
                if self._holds(part, declared, attribute, depth):
                    yield attribute.name
            for base in declared.bases if depth else ():
                for symbol in self.symbols.resolve(At(part.module, declared.scope, base)):
                    if isinstance(symbol, Cls) and symbol != cls:
                        yield from self._fields(symbol, depth - 1)

    def _holds(self, cls: Cls, declared: ir.Class, attribute: ir.Field, depth: int) -> bool:
        text, scope = attribute.type_text, Fn(cls.module, declared.scope)
        if attribute.name.startswith("#") or _NOT_TEXT.search(text) or self._is_hidden(scope, attribute):
            return False
        if vocabulary.names_credential(attribute.name):
            return bool(_TEXT.search(text)) and (attribute.type >= 0 or bool(text))
        if attribute.name.lower() in _MAPS and _MAPPED.search(text):
            return True
        if not depth or attribute.type < 0:
            return False
        held = self.symbols.instances_of(scope.at(attribute.type))
        return any(isinstance(s, Instance) and s.cls != cls and self.shown(s.cls, depth - 1) for s in held)

    def _inside(self, at: At) -> Iterator[Cls]:
        """The project's classes whose objects a value of this type holds: by itself, in lists, as a map's values."""
        value = self.program.value(at)
        match value:
            case ir.Variable(value=inner):
                yield from self._inside(at.to(inner))
            case ir.Item(base=base, key=key) if not _NOT_SHOWN.search(self._name(at.to(base))):
                yield from self._inside(at.to(key))
            case ir.Operation(operator="|", operands=options) if len(self._classed(at, options)) > 1:
                return
            case ir.Sequence(items=items) if len(self._classed(at, items)) == 1:
                yield from self._inside(at.to(items[-1]))
            case ir.Sequence():
                return
            case _:
                for symbol in self.symbols.instances_of(at):
                    if isinstance(symbol, Instance):
                        yield symbol.cls

    def _classed(self, at: At, options: tuple[int, ...]) -> list[int]:
        """The types among several that are not nothing, nor a map's plain keys."""
        plain = {"None", "null", "undefined", "str", "string", "int"}
        return [one for one in options if self._name(at.to(one)) not in plain and not self._is_null(at.to(one))]

    def _is_null(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Literal) and value.kind == "null"

    def _name(self, at: At) -> str:
        value = self.program.value(at)
        return value.name if isinstance(value, ir.Name | ir.Member | ir.Variable) else ""

    def declared(self, at: At, value: ir.Member) -> str:
        """The class of which a field is taken that holds somebody's environment, and that nothing in sight fills."""
        if value.name.lower() not in _VARIABLES:
            return ""
        for cls in self._classes(at.to(value.base)):
            if value.name not in self.symbols.stores(cls):
                held = self.program.klass(cls)
                fits = (f.name == value.name and f.value < 0 and _MAPPED.search(f.type_text) for f in held.fields)
                if any(fits):
                    return held.name
        return ""

    def _is_hidden(self, scope: Fn, attribute: ir.Field) -> bool:
        """``field(repr=False)``, ``Field(exclude=True)``."""
        if attribute.value < 0:
            return False
        made = self.program.value(scope.at(attribute.value))
        for argument in made.args if isinstance(made, ir.Call) else ():
            said = self.program.value(scope.at(argument.value))
            if isinstance(said, ir.Literal) and _HIDING.get(argument.name) == said.text.lower():
                return True
        return False

    def writes_fields(self, cls: Cls, depth: int = _DEEP) -> bool:
        """Whether an object of the class is written with its fields."""
        declared = self.program.klass(cls)
        if declared.kind == "enum" or self.speaks_for_itself(cls):
            return False
        if self.program.modules[cls.module].language != "python":
            return True
        scope = Fn(cls.module, declared.scope)
        if any(self._makes_record(scope.at(decorator)) for decorator in declared.decorators):
            return True
        for base in declared.bases:
            for symbol in self.symbols.resolve(scope.at(base)):
                if isinstance(symbol, External) and symbol.path.rpartition(".")[2] in _MODELS:
                    return True
                if isinstance(symbol, Cls) and depth and symbol != cls and self.writes_fields(symbol, depth - 1):
                    return True
        return False

    def told(self, cls: Cls) -> frozenset[str] | None:
        """The fields that a representation of the class's own writes; None where it has none, and all are written."""
        parts = [(part, method) for part in self.symbols.same(cls) for method in self.program.klass(part).methods]
        own = [Fn(part.module, method.function) for part, method in parts if method.name in _OWN_WORDS]
        return frozenset(name for fn in own for name in self._written(fn)) if own else None

    def _written(self, fn: Fn) -> Iterator[str]:
        """The members that a function names, but for those that it only measures or masks."""
        values = self.program.function(fn).values
        calls = [value for value in values if isinstance(value, ir.Call) and self._hides(fn, value)]
        asked = [argument.value for call in calls for argument in call.args]
        compared = (value.operands for value in values if isinstance(value, ir.Operation) and value.operator in _ASKING)
        asked += [one for operands in compared for one in operands]
        measured = {self.program.bare(fn.at(one)).value for one in asked}
        yield from (v.name for n, v in enumerate(values) if isinstance(v, ir.Member) and n not in measured)

    def _hides(self, fn: Fn, call: ir.Call) -> bool:
        name = self._name(fn.at(call.callee))
        return name in _MEASURING or forms.hides(name)

    def speaks_for_itself(self, cls: Cls) -> bool:
        """Whether a class has a representation of its own that hides what is in it."""
        parts = self.symbols.same(cls)
        return any(
            (m.name in _OWN_WORDS or "inspect.custom" in m.name) and not self._tells(Fn(p.module, m.function))
            for p in parts
            for m in self.program.klass(p).methods
        )

    def _represented(self, cls: Cls) -> Iterator[str]:
        """The credentials that a Python class's own representation writes out as they are: ``f"{self.api_key}"``."""
        for method in self.program.klass(cls).methods if self.program.modules[cls.module].language == "python" else ():
            fn = Fn(cls.module, method.function)
            for step in self.program.function(fn).steps if method.name in _OWN_WORDS else ():
                held = (
                    self.program.value(fn.at(step.value)) if isinstance(step, ir.Return) and step.value >= 0 else None
                )
                for part in held.parts if isinstance(held, ir.Text) else ():
                    value = self.program.value(fn.at(part))
                    inner = value.operands[0] if isinstance(value, ir.Operation) and value.operands else part
                    told = self.program.value(fn.at(inner))
                    if isinstance(told, ir.Member) and isinstance(self.program.value(fn.at(told.base)), ir.Receiver):
                        yield from (told.name,) if vocabulary.names_credential(told.name) else ()

    def kept(self, cls: Cls) -> tuple[str, ...]:
        """The credentials among the attributes of a class, which ``vars(x)`` and ``x.__dict__`` give out."""
        fields = {one.name: one.type_text for part in self.symbols.same(cls) for one in self.program.klass(part).fields}
        named = (name for name in {**self.symbols.stores(cls), **fields} if vocabulary.names_credential(name))
        return tuple(name for name in named if not _NOT_TEXT.search(fields.get(name, "")))

    def _tells(self, fn: Fn) -> bool:
        """Whether a representation of the class's own writes its environment or a credential out: it hides nothing."""
        values = self.program.function(fn).values
        named = [value.name for value in values if isinstance(value, ir.Member)]
        written = [
            name for name in self._written(fn) if name.lower() in _VARIABLES or vocabulary.names_credential(name)
        ]
        whole = self._writes_itself(fn)
        return (whole or bool(written)) and not any(forms.hides(name) for name in named)

    def _writes_itself(self, fn: Fn) -> bool:
        """Go: whether a text type's own representation is the text: ``string(t)``."""
        calls = [call for _, call, _ in self.program.calls(fn)]
        if self.program.modules[fn.module].language != "go" or any(self._hides(fn, call) for call in calls):
            return False
        given = ((self._name(fn.at(call.callee)), argument.value) for call in calls for argument in call.args)
        return any(
            name == "string" and isinstance(self.program.value(fn.at(value)), ir.Receiver) for name, value in given
        )

    def _makes_record(self, at: At) -> bool:
        """``@dataclass``, but not ``@dataclass(repr=False)``."""
        value = self.program.value(at)
        for argument in value.args if isinstance(value, ir.Call) else ():
            said = self.program.value(at.to(argument.value))
            if argument.name == "repr" and isinstance(said, ir.Literal) and said.text.lower() == "false":
                return False
        callee = at.to(value.callee) if isinstance(value, ir.Call) else at
        return any(
            isinstance(s, External) and s.path.rpartition(".")[2] in _RECORDS for s in self.symbols.resolve(callee)
        )
