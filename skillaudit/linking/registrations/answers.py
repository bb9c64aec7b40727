"""What can be said of one answer of the scenes without asking further."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.lineage import Lineage
from skillaudit.linking.calls.scene import Held, Key, Pair
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Namespace, Symbols

RUN_BY = {"invoke": ("_run",), "ainvoke": ("_arun", "_run"), "run": ("_run",), "arun": ("_arun", "_run")}
"""What agents' kits call of a tool's class, and the methods of its own that these run: LangChain's ``BaseTool``."""

OF_FUNCTIONS = {"__name__", "name", "func", "coroutine", *RUN_BY}
"""Members that a function has, as itself or as what such a kit's ``@tool`` makes of it."""

_EACH = {"forEach", "map", "flatMap", "filter", "for_each"}


@dataclass(slots=True)
class Answers:
    """Reads answers."""

    program: Program
    symbols: Symbols

    def function(self, held: Held) -> Fn | None:
        """The function that an answer denotes."""
        if isinstance(held, At):
            value = self.program.value(held)
            if isinstance(value, ir.Closure):
                return Fn(held.module, value.function)
            return next((s for s in self.symbols.resolve(held) if isinstance(s, Fn)), None)
        return held if isinstance(held, Fn) else None

    def of_function(self, held: Held, name: str) -> Held | None:
        """A member of a function, or of the object that LangChain's ``@tool`` makes of it."""
        fn = self.function(held)
        if fn is None or name == "__name__":
            return None if fn is None else Key(self.program.function(fn).name)
        function = self.program.function(fn)
        for number in function.decorators:
            at = self.program.bare(At(fn.module, function.parent, number))
            call = self.program.value(at)
            made = self.symbols.resolve(at.to(call.callee) if isinstance(call, ir.Call) else at)
            if any(isinstance(s, External) and s.path.endswith(".tool") for s in made):
                given = [self.program.value(at.to(a.value)) for a in call.args[:1]] if isinstance(call, ir.Call) else []
                said = next((one.text for one in given if isinstance(one, ir.Literal)), function.name)
                return Key(said) if name == "name" else fn
        return None

    def instance(self, held: Held) -> Cls | None:
        """The class of the object that an answer denotes."""
        if isinstance(held, At):
            return next((s.cls for s in self.symbols.resolve(held) if isinstance(s, Instance)), None)
        return None

    def class_of(self, at: At, value: ir.Value) -> Cls | None:
        """The class that a value is, or whose object it is."""
        if isinstance(value, ir.ClassValue):
            return Cls(at.module, value.index)
        return self.instance(at)

    def made(self, at: At, value: ir.Value) -> Cls | None:
        """The class whose object a record in braces is: Go's ``render{dir: "x"}``."""
        return self.instance(at) if isinstance(value, ir.Record) and value.made_of >= 0 else None

    def method(self, cls: Cls | None, name: str) -> Fn | None:
        """The method of a class that has the name."""
        methods = () if cls is None else self.program.klass(cls).methods
        held = (Fn(cls.module, method.function) for method in methods if cls is not None and method.name == name)
        return next(held, None)

    def handed(self, at: At, callee: ir.Value) -> bool:
        """Whether a method is called of an object that callers hand over."""
        base = self.program.bare(at.to(callee.base)) if isinstance(callee, ir.Member) else at
        return isinstance(callee, ir.Member) and isinstance(self.program.value(base), ir.Param)

    def given(self, lineage: Lineage, cls: Cls, at: At, name: str) -> At | None:
        """What a class without a constructor of its own is given for a field: a dataclass, a named tuple, a model."""
        call = self.program.value(at)
        if not isinstance(call, ir.Call) or lineage.constructor(cls) is not None:
            return None
        for argument in call.args:
            if argument.name == name:
                return at.to(argument.value)
        fields = dict.fromkeys(f.name for one in reversed(lineage.line(cls)) for f in self.program.klass(one).fields)
        placed = [a for a in call.args if not a.name]
        place = list(fields).index(name) if name in fields else len(placed)
        return at.to(placed[place].value) if place < len(placed) and not any(a.spread for a in placed) else None

    def record_at(self, held: Held) -> At | None:
        """The record that an answer denotes, also inside a foreign ``defineTool({…})``."""
        value = self.program.value(held) if isinstance(held, At) else None
        if isinstance(held, At) and isinstance(value, ir.Call) and value.args and not value.new:
            inner = held.to(value.args[0].value)
            return inner if isinstance(self.program.value(inner), ir.Record) else None
        return held if isinstance(held, At) and isinstance(value, ir.Record) else None

    def told(self, held: Held) -> bool | None:
        """What a condition makes of an answer that says enough: false for an empty constant."""
        value = self.program.value(held) if isinstance(held, At) else None
        if isinstance(value, ir.Literal):
            return value.kind != "null" and value.text not in {"", "false", "False"}
        return None if isinstance(held, At) else True

    def namespace(self, at: At) -> Iterator[tuple[str, At]]:
        """What ``import * as tools`` holds."""
        for symbol in self.symbols.resolve(at):
            if isinstance(symbol, Namespace):
                for export in self.program.modules[symbol.module].exports:
                    found = self.program.exported(symbol.module, export.name)
                    if isinstance(found, At):
                        yield export.name, found

    def line(self, held: Held) -> tuple[int, int] | None:
        """File number and line of an answer."""
        at = held.value if isinstance(held, Pair) else held
        value = self.program.value(at) if isinstance(at, At) else None
        if isinstance(at, At) and isinstance(
            value, ir.Call | ir.Record | ir.Variable | ir.Member | ir.Import | ir.Name
        ):
            return (at.module, value.line) if value.line else None
        return None

    def looped(self, site: At) -> At | None:
        """``tools`` of ``tools.forEach(callback)``."""
        call = self.program.value(site)
        callee = self.program.value(site.to(call.callee)) if isinstance(call, ir.Call) else None
        return site.to(callee.base) if isinstance(callee, ir.Member) and callee.name in _EACH else None

    def comparable(self, callee: Fn, caller: Fn) -> bool:
        """What tests pass to production code is not what production registers."""
        return self.program.surface(caller.module).counts or not self.program.surface(callee.module).counts
