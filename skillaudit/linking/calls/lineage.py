"""Class hierarchies: from what a class inherits, which classes end it, and where their objects are made."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.graph import CONSTRUCTORS, Calls
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Symbols

_DEEPEST = 8


@dataclass(slots=True)
class Lineage:
    """Answers about one class at a time; ``line`` is remembered."""

    program: Program
    symbols: Symbols
    calls: Calls
    _lines: dict[Cls, tuple[Cls, ...]] = field(default_factory=dict)

    def line(self, cls: Cls) -> tuple[Cls, ...]:
        """The class and those of the project that it inherits from, nearest first."""
        if cls not in self._lines:
            self._lines[cls] = tuple(dict.fromkeys(self._ancestors(cls, 0)))
        return self._lines[cls]

    def _ancestors(self, cls: Cls, depth: int) -> Iterator[Cls]:
        yield cls
        declared = self.program.klass(cls)
        for base in declared.bases if depth < _DEEPEST else ():
            for symbol in self.symbols.resolve(At(cls.module, declared.scope, base)):
                if isinstance(symbol, Cls):
                    yield from self._ancestors(symbol, depth + 1)

    def root(self, cls: Cls) -> Cls:
        """The class at the top of the line."""
        return self.line(cls)[-1]

    def concrete(self, cls: Cls, depth: int = 0) -> list[Cls]:
        """The classes at the lower end of the hierarchy: those whose objects run the code of this one."""
        heirs = self.symbols.heirs(cls) if depth < _DEEPEST else []
        return list(dict.fromkeys(found for heir in heirs for found in self.concrete(heir, depth + 1))) or [cls]

    def constructor(self, cls: Cls) -> Fn | None:
        """The function that runs when an object of the class is made."""
        for part in self.line(cls):
            for method in self.program.klass(part).methods:
                if method.name in CONSTRUCTORS:
                    return Fn(part.module, method.function)
        return None

    def constructions(self, fn: Fn, cls: Cls) -> list[tuple[At, bool]]:
        """The calls of a constructor that make objects of the class; true where it is a ``super(…)`` of its line."""
        line = set(self.line(cls))
        sites = [edge for edge in self.calls.into.get(fn, ()) if not edge.handed]
        above = [(edge.caller.at(edge.value), True) for edge in sites if self.symbols.owner(edge.caller) in line]
        made = [(edge.caller.at(edge.value), False) for edge in sites]
        return above or [(site, False) for site, _ in made if cls in self._called(site)]

    def _called(self, site: At) -> tuple[object, ...]:
        call = self.program.value(site)
        return self.symbols.resolve(site.to(call.callee)) if isinstance(call, ir.Call) else ()
