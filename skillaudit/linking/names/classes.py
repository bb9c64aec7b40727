"""What belongs to a class: its parts in several files, its heirs, and what its functions store in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbol import Symbol


def _on_self(program: Program, fn: Fn, step: ir.Store) -> bool:
    """Whether a store is one into the object itself; in closures Go's receiver goes by its name."""
    base = program.value(fn.at(step.base)) if step.base >= 0 else None
    outer = program.lexical(fn, base.name) if isinstance(base, ir.Name) and fn.number else None
    return isinstance(program.value(outer) if outer else base, ir.Receiver)


def field_at(program: Program, cls: Cls, position: str) -> str:
    """The field of a Python named tuple at a position; empty where there is none, and for other classes."""
    declared = program.klass(cls)
    bases = (program.called(At(cls.module, declared.scope, base)) for base in declared.bases)
    number = int(position) if position.removeprefix("-").isdecimal() else len(declared.fields)
    if "NamedTuple" not in bases or not -len(declared.fields) <= number < len(declared.fields):
        return ""
    return declared.fields[number].name


@dataclass(slots=True)
class Classes:
    """Indexes over all classes, each built when it is first asked for; ``resolve`` says what a value denotes."""

    program: Program
    resolve: Callable[[At], Iterable[Symbol]]
    _stores: dict[Cls, dict[str, list[At]]] | None = None
    _heirs: dict[Cls, list[Cls]] | None = None
    _named: dict[tuple[int, str], list[Cls]] = field(default_factory=dict)
    _same: dict[Cls, list[Cls]] = field(default_factory=dict)

    def owner(self, fn: Fn) -> Cls | None:
        """The class whose ``self``/``this`` a function sees, also from closures inside a method."""
        function = self.program.function(fn)
        while function.owner < 0 and function.parent > 0:
            fn = Fn(fn.module, function.parent)
            function = self.program.function(fn)
        return Cls(fn.module, function.owner) if function.owner >= 0 else None

    def same(self, cls: Cls) -> list[Cls]:
        """The class and, in Go, what other files of its package add to it."""
        if self.program.modules[cls.module].language != "go":
            return [cls]
        if cls not in self._same:
            self._same[cls] = self._parts(cls)
        return self._same[cls]

    def _parts(self, cls: Cls) -> list[Cls]:
        declared = self.program.klass(cls)
        if not self._named:
            for module, held in enumerate(self.program.modules):
                for number, other in enumerate(held.classes):
                    self._named.setdefault((module, other.name), []).append(Cls(module, number))
        files = [cls.module, *self.program.resolver.siblings(cls.module)]
        return [other for module in files for other in self._named.get((module, declared.name), [])]

    def heirs(self, cls: Cls) -> list[Cls]:
        """Classes that name this one among their bases."""
        if self._heirs is None:
            self._heirs = {}
            for module, held in enumerate(self.program.modules):
                for number, declared in enumerate(held.classes):
                    for base in declared.bases:
                        for symbol in self.resolve(At(module, declared.scope, base)):
                            if isinstance(symbol, Cls):
                                self._heirs.setdefault(symbol, []).append(Cls(module, number))
        return self._heirs.get(cls, [])

    def stores(self, cls: Cls) -> dict[str, list[At]]:
        """What the class's own functions assign to attributes of ``self``/``this``."""
        if self._stores is None:
            self._stores = {}
            for fn in self.program.functions():
                owner = self.owner(fn)
                function = self.program.function(fn)
                for step in function.steps if owner else ():
                    if owner and isinstance(step, ir.Store) and step.name and _on_self(self.program, fn, step):
                        self._stores.setdefault(owner, {}).setdefault(step.name, []).append(fn.at(step.value))
        return self._stores.get(cls, {})
