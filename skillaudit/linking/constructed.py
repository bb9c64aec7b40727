"""What one new object holds: its class's attributes, with the constructor's parameters filled by the call."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.callings import Callings
from skillaudit.linking.holdings import Holdings
from skillaudit.linking.origin import Origin, Path, after
from skillaudit.linking.program import At, Cls, Fn, Program
from skillaudit.linking.symbols import Instance, Symbol, Symbols

_ANCESTORS = 4
_CONSTRUCTORS = {"__init__", "constructor"}


@dataclass(slots=True)
class Constructed:
    """Looks at one call at a time; ``given`` evaluates an argument with the path taken of it, but for some names."""

    program: Program
    symbols: Symbols
    holdings: Holdings
    callings: Callings
    given: Callable[[At, Path, frozenset[str]], Iterable[Origin]]

    def of(self, at: At, call: ir.Call, callees: Iterable[Symbol], path: Path) -> Iterator[Origin]:
        """What ``path`` finds in the object that a call makes, if one of the callees is a class."""
        own = isinstance(self.program.value(at.to(call.callee)), ir.Receiver)  # ``cls(…)`` in a class method
        for callee in callees if path else ():
            cls = callee.cls if own and isinstance(callee, Instance) else callee
            if isinstance(cls, Cls):
                yield from self._attribute(at, call, cls, path)

    def _attribute(self, at: At, call: ir.Call, cls: Cls, path: Path) -> Iterator[Origin]:
        caller = Fn(at.module, at.function)
        constructors = frozenset(self.constructors(cls))
        for origin in self.holdings.held(cls, path, (caller, at.value)):
            yield from self._filled(caller, call, constructors, origin)

    def filled(
        self, caller: Fn, call: ir.Call, constructors: AbstractSet[Fn], origins: Iterable[Origin]
    ) -> Iterator[Origin]:
        """What constructors hold, their parameters filled by the call that runs them."""
        return (found for origin in origins for found in self._filled(caller, call, constructors, origin))

    def called_on(self, at: At, call: ir.Call, method: Fn, origins: Sequence[Origin]) -> Sequence[Origin]:
        """What a method gives back of the one object that it is called on, where the call that makes it is in sight."""
        made = self._made(at, call)
        if made is None or made[0] == method:
            return origins
        maker, making, constructors = made
        return list(self.filled(maker, making, constructors, origins))

    def _filled(self, maker: Fn, making: ir.Call, constructors: AbstractSet[Fn], origin: Origin) -> Iterator[Origin]:
        if origin.formal is None or origin.formal.fn not in constructors:
            yield origin
            return
        for argument, taken in self.callings.filling(maker, making, origin.formal, origin.path):
            yield from (after(given, origin) for given in self.given(argument, taken, origin.without))

    def _made(self, at: At, call: ir.Call) -> tuple[Fn, ir.Call, frozenset[Fn]] | None:
        """Where and how the object is made whose method is called, and the constructors that this runs."""
        callee = self.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member):
            return None
        made = self.program.given(at.to(callee.base))
        making = self.program.value(made)
        if not isinstance(making, ir.Call):
            return None
        classes = [s for s in self.symbols.resolve(made.to(making.callee)) if isinstance(s, Cls)]
        constructors = frozenset(fn for cls in classes for fn in self.constructors(cls))
        return (Fn(made.module, made.function), making, constructors) if constructors else None

    def makes(self, at: At) -> bool:
        """Whether a value is a new object of the project, so that nothing but what it is made with is in it."""
        making = self.program.value(self.program.bare(at))
        held = self.symbols.resolve(at.to(making.callee)) if isinstance(making, ir.Call) else ()
        return any(isinstance(symbol, Cls) for symbol in held)

    def constructors(self, cls: Cls, depth: int = _ANCESTORS) -> list[Fn]:
        """The constructor that making an object of the class runs: its own, else the one that it inherits."""
        methods = ((part, method) for part in self.symbols.same(cls) for method in self.program.klass(part).methods)
        own = [Fn(part.module, method.function) for part, method in methods if method.name in _CONSTRUCTORS]
        if own or not depth:
            return own
        declared = self.program.klass(cls)
        bases = (s for base in declared.bases for s in self.symbols.resolve(At(cls.module, declared.scope, base)))
        return [fn for base in bases if isinstance(base, Cls) for fn in self.constructors(base, depth - 1)]
