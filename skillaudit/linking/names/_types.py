"""What is of a type: unions and wrappers are opened, and types that a function has by its place are looked up."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names import _passing
from skillaudit.linking.names.aliases import meant, put_together
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbol import External, Instance, Symbol

_DEEPEST = 8
_TABLES = {"Record", "Map", "ReadonlyMap", "Partial", "Readonly", "Required"}
"""Generic types whose last argument says what stands under a name."""


@dataclass(slots=True)
class Types:
    """Reads types; ``resolve`` says what a value denotes."""

    program: Program
    resolve: Callable[[At], Iterable[Symbol]]

    def instances_of(self, at: At) -> Iterator[Symbol]:
        """Objects of the type that the value names; unions and wrappers such as ``Optional[T]`` are opened."""
        value = self.program.value(at)
        match value:
            case ir.Operation(operator="|"):
                for operand in value.operands:
                    yield from self.instances_of(at.to(operand))
            case ir.Item() if self.program.called(at.to(value.base)) in _passing.WRAPPED_TYPES:
                yield from self.instances_of(at.to(value.key))
            case ir.Item():
                yield from self.instances_of(at.to(value.base))
            case ir.Sequence():
                for item in value.items:
                    yield from self.instances_of(at.to(item))
            case ir.Name() | ir.Import() | ir.Variable() if other := put_together(self.program, at):
                yield from self.instances_of(other)
            case ir.Opaque(kind="type of parameter"):
                for declared in self._meant(at, _DEEPEST):
                    yield from self.instances_of(declared)
            case _:
                yield from self.instances(self.resolve(at))

    def given(self, at: At) -> Iterator[Symbol]:
        """Objects that a function of the type gives back: Go's ``func(context.Context) (*Client, error)``."""
        value = self.program.value(at)
        if isinstance(value, ir.Opaque) and value.kind == "function_type" and len(value.children) > 1:
            yield from self.instances_of(at.to(value.children[1]))

    def instances(self, symbols: Iterable[Symbol]) -> Iterator[Symbol]:
        """Objects of what the symbols name, if they name types."""
        for symbol in symbols:
            match symbol:
                case External(path=path) if path not in _passing.ANYTHING:
                    yield External(f"{path}()")
                case Cls():
                    yield Instance(symbol)
                case _:
                    continue

    # --- types by place: what ``ctx`` is in ``const run: Handler = (args, ctx) => …``

    def _meant(self, at: At, depth: int) -> Iterator[At]:  # noqa: C901 - one case per kind of type
        """The declared types that one which depends on its place stands for; any other stands for itself."""
        at = meant(self.program, at)
        match self.program.value(at):
            case ir.Opaque() | ir.Operation() if not depth:
                return
            case ir.Opaque(kind="type of parameter", children=(function, number)):
                for one in self._meant(at.to(function), depth - 1):
                    yield from self._parameter(one, at.to(number), depth)
            case ir.Opaque(kind="type of member", children=(whole, key)):
                for one in self._meant(at.to(whole), depth - 1):
                    yield from self._member(one, at.to(key), depth)
            case ir.Opaque(kind="type of element", children=(whole,)):
                for one in self._meant(at.to(whole), depth - 1):
                    listed = self.program.value(one)
                    yield from self._meant(one.to(listed.key), depth - 1) if isinstance(listed, ir.Item) else ()
            case ir.Opaque(kind="type of argument", children=(callee, number)):
                for fn in self.resolve(at.to(callee)):
                    yield from self._argument(fn, at.to(number), depth) if isinstance(fn, Fn) else ()
            case ir.Operation(operator="|" | "&", operands=operands):
                for operand in operands:
                    yield from self._meant(at.to(operand), depth - 1)
            case _:
                yield at

    def _parameter(self, function: At, number: At, depth: int) -> Iterator[At]:
        """The type of a parameter of a function type."""
        match self.program.value(function), self.program.value(number):
            case ir.Opaque(kind="function type", children=(listed, *_)), ir.Literal(text=text):
                params = self.program.value(function.to(listed))
                if isinstance(params, ir.Sequence) and int(text) < len(params.items):
                    yield from self._meant(function.to(params.items[int(text)]), depth - 1)

    def _member(self, whole: At, key: At, depth: int) -> Iterator[At]:
        """The type of what stands under a name in an object of an interface, or in a table."""
        name, value = self.program.value(key), self.program.value(whole)
        if isinstance(value, ir.Item) and self.program.called(whole.to(value.base)) in _TABLES:
            inside = self.program.value(whole.to(value.key))
            last = inside.items[-1] if isinstance(inside, ir.Sequence) and inside.items else value.key
            yield from self._meant(whole.to(last), depth - 1)
            return
        for symbol in self.instances_of(whole) if isinstance(name, ir.Literal) else ():
            if isinstance(symbol, Instance) and isinstance(name, ir.Literal):
                yield from self._field(symbol.cls, name.text, depth)

    def _field(self, cls: Cls, name: str, depth: int) -> Iterator[At]:
        """The declared type of a field, of the class or of what it extends."""
        declared = self.program.klass(cls)
        own = [one.type for one in declared.fields if one.name == name and one.type >= 0]
        for number in own:
            yield from self._meant(At(cls.module, declared.scope, number), depth - 1)
        for base in declared.bases if not own and depth else ():
            for symbol in self.instances_of(At(cls.module, declared.scope, base)):
                yield from self._field(symbol.cls, name, depth - 1) if isinstance(symbol, Instance) else ()

    def _argument(self, fn: Fn, number: At, depth: int) -> Iterator[At]:
        """The declared type of a function's parameter."""
        function, position = self.program.function(fn), self.program.value(number)
        if isinstance(position, ir.Literal) and int(position.text) < len(function.params) and function.parent >= 0:
            declared = function.params[int(position.text)].type
            yield from self._meant(At(fn.module, function.parent, declared), depth - 1) if declared >= 0 else ()
