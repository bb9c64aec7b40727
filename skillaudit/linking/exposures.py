"""Which objects show credentials when they are written as a whole: by their class, its fields, its representation.

Python writes the fields of data classes, pydantic models, attrs classes and named tuples; a script's loggers, console
and ``JSON.stringify`` write the properties of any object; Go writes the fields of structs. A field declared as a
secret, left out of the representation or of the serialisation, or a representation of the class's own hides them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking import vocabulary
from skillaudit.linking.program import At, Cls, Fn, Program
from skillaudit.linking.symbols import External, Instance, Symbols

_RECORDS = {"dataclass", "define", "frozen", "mutable", "attrs", "s", "attrib"}
_MODELS = {"BaseModel", "BaseSettings", "NamedTuple", "TypedDict", "SQLModel", "Struct", "RootModel", "GenericModel"}
_OWN_WORDS = {
    "__repr__", "__str__", "toJSON", "toString", "String", "GoString", "MarshalJSON", "MarshalText", "LogValue",
    "Format", "__repr_args__", "__format__",
}  # fmt: skip
_TEXT = re.compile(r"(?<![\w.])(?:str|string|bytes|Buffer)(?![\w(])|^$")
_NOT_TEXT = re.compile(r"Secret|=>|Callable|\bfunc\b|(?i:bool)|json:\"-\"|!secret")
_MAPPED = re.compile(
    r"[dD]ict\[str, *(?:str|Any)\]|Record<string, *(?:string|any)|map\[string\]string|\[\w+: *string\]: *string"
)
_MAPS = {"env", "environ", "environment", "headers", "secrets", "credentials"}
_HIDING = {"repr": "false", "exclude": "true", "init_var": "true"}
_DEEP = 2


@dataclass(slots=True)
class Exposures:
    """Reads classes; remembers what each shows."""

    program: Program
    symbols: Symbols
    _shown: dict[Cls, tuple[str, ...]] = field(default_factory=dict)

    def of(self, at: At) -> Iterator[tuple[Cls, tuple[str, ...]]]:
        """The classes whose objects the value may be, with the credentials that each shows."""
        for symbol in self.symbols.resolve(at):
            if isinstance(symbol, Instance) and (names := self.shown(symbol.cls)):
                yield symbol.cls, names

    def shown(self, cls: Cls, depth: int = _DEEP) -> tuple[str, ...]:
        """The fields of a class that hold a credential and are written with the object."""
        if cls not in self._shown:
            self._shown[cls] = ()
            self._shown[cls] = tuple(dict.fromkeys(self._fields(cls, depth))) if self._writes_fields(cls) else ()
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

    def _writes_fields(self, cls: Cls, depth: int = _DEEP) -> bool:
        declared = self.program.klass(cls)
        if declared.kind == "enum" or self._speaks_for_itself(cls):
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
                if isinstance(symbol, Cls) and depth and symbol != cls and self._writes_fields(symbol, depth - 1):
                    return True
        return False

    def _speaks_for_itself(self, cls: Cls) -> bool:
        parts = self.symbols.same(cls)
        return any(
            m.name in _OWN_WORDS or "inspect.custom" in m.name for p in parts for m in self.program.klass(p).methods
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
