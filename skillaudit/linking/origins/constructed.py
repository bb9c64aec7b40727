"""What one new object holds: its class's attributes, with the constructor's parameters filled by the call."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Instance, Symbol, Symbols
from skillaudit.linking.origins.callings import Callings
from skillaudit.linking.origins.holdings import Holdings
from skillaudit.linking.values.origin import Origin, Path, after

_ANCESTORS = 4
_CONSTRUCTORS = {"__init__", "constructor"}
_LONGEST_CHAIN = 12

_Chain = dict[Fn, list[ir.Call]]
"""The calls in a chain, by the methods that they run."""

_Made = tuple[Fn, ir.Call, frozenset[Fn]]
"""The function and the call that make something, and the functions that this runs."""


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
        """What a method gives back of the one object that it is called on, where the call that makes it is in sight.

        So it is with a function and the call of the one around it that made it: ``make(secret)()``.
        """
        if not any(origin.formal is not None and origin.formal.fn != method for origin in origins):
            return origins
        chain, made = self._made(at, call, method)
        if made is None:
            return origins
        maker, making, constructors = made
        if method in constructors:
            return origins
        told = [found for origin in origins for found in self._chained(maker, chain, origin)]
        return [found for origin in told for found in self._filled(maker, making, constructors, origin)]

    def _chained(self, maker: Fn, chain: _Chain | None, origin: Origin) -> Iterator[Origin]:
        """What the methods before in a chain were given: ``Command("ls").add(x).build()``; no others were called."""
        if chain is None or origin.formal is None or self.symbols.owner(origin.formal.fn) is None:
            yield origin
        elif origin.formal.fn in chain:
            for call in chain[origin.formal.fn]:
                yield from self._filled(maker, call, {origin.formal.fn}, origin)
        elif self.program.function(origin.formal.fn).name in _CONSTRUCTORS or self._calls_itself(origin.formal.fn):
            yield origin

    def _calls_itself(self, method: Fn) -> bool:
        """Whether the class calls a method of its own."""
        owner = self.symbols.owner(method)
        return any(self.symbols.owner(caller) == owner for caller, _ in self.callings.callers.get(method, ()))

    def _filled(self, maker: Fn, making: ir.Call, constructors: AbstractSet[Fn], origin: Origin) -> Iterator[Origin]:
        if origin.formal is None or origin.formal.fn not in constructors:
            yield origin
            return
        for argument, taken, left in self.callings.filled(maker, making, origin):
            yield from (after(given, origin) for given in self.given(argument, taken, left))

    def _made(self, at: At, call: ir.Call, method: Fn) -> tuple[_Chain | None, _Made | None]:
        """What is called in a chain before, and where and how the object or the function is made; what that runs."""
        callee = self.program.value(at.to(call.callee))
        chain: _Chain = {}
        made = self._begun(at.to(callee.base), chain) if isinstance(callee, ir.Member) else at.to(call.callee)
        place = self.program.given(made)
        making = self.program.value(place)
        run = self._run(place.to(making.callee), method) if isinstance(making, ir.Call) else frozenset()
        if not isinstance(making, ir.Call) or not run:
            return None, None
        kept = place != made  # what is kept under a name may be called elsewhere, too
        return None if kept else chain, (Fn(place.module, place.function), making, run)

    def _begun(self, at: At, chain: _Chain) -> At:
        """What a chain of calls of the project's methods begins with; they are noted."""
        for _ in range(_LONGEST_CHAIN):
            call = self.program.value(at)
            callee = self.program.value(at.to(call.callee)) if isinstance(call, ir.Call) else None
            if not isinstance(call, ir.Call) or not isinstance(callee, ir.Member):
                break
            for fn in (s for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)):
                chain.setdefault(fn, []).append(call)
            at = at.to(callee.base)
        return at

    def _run(self, callee: At, method: Fn) -> frozenset[Fn]:
        """The constructors that a call runs, or the function around another that it runs."""
        held = self.symbols.resolve(callee)
        around: set[Fn] = set()
        number = self.program.function(method).parent
        while number > 0:
            around.add(Fn(method.module, number))
            number = self.program.function(Fn(method.module, number)).parent
        made = (fn for s in held if isinstance(s, Cls) for fn in self.constructors(s))
        return frozenset((*around.intersection(held), *made))

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
