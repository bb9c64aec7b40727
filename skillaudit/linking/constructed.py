"""What one new object holds: its class's attributes, with the constructor's parameters filled by the call."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.callings import Callings
from skillaudit.linking.holdings import Holdings
from skillaudit.linking.origin import Origin, Path, after
from skillaudit.linking.program import At, Cls, Fn, Program
from skillaudit.linking.symbols import Instance, Symbol, Symbols

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
        constructors = set(self._constructors(cls))
        for origin in self.holdings.held(cls, path, (caller, at.value)):
            if origin.formal is None or origin.formal.fn not in constructors:
                yield origin
                continue
            for argument, taken in self.callings.filling(caller, call, origin.formal, origin.path):
                yield from (after(given, origin) for given in self.given(argument, taken, origin.without))

    def _constructors(self, cls: Cls) -> Iterator[Fn]:
        for part in self.symbols.same(cls):
            methods = self.program.klass(part).methods
            yield from (Fn(part.module, m.function) for m in methods if m.name in _CONSTRUCTORS)
