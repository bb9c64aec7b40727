"""Python: which classes enter themselves into a container when they are defined, by a hook or a decorator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, Symbols

_HOOK = "__init_subclass__"
_ADDS = {"append", "add"}


class Put(msgspec.Struct, frozen=True):
    """A class that is kept: under what key, where there is one, where it is bound, and which factory's call put it."""

    cls: Cls
    written: At
    key: At | None
    site: tuple[Fn, At] | None = None


@dataclass(slots=True)
class Filled:
    """Knows, by where a container is written down, which classes are put into it; reads every store once."""

    program: Program
    symbols: Symbols
    _puts: dict[At, list[Put]] | None = None

    def of(self, container: At) -> Sequence[Put]:
        """What is put into the container of that place."""
        if self._puts is None:
            self._puts = {}
            for fn, entering in self._entering().items():
                for base, key in self._kept(fn):
                    for place in (symbol.at for symbol in self.symbols.resolve(base) if isinstance(symbol, Data)):
                        put = (Put(cls, self._written(cls), key, site) for cls, site in entering)
                        self._puts.setdefault(place, []).extend(put)
        return self._puts.get(container, ())

    def _kept(self, fn: Fn) -> Iterator[tuple[At, At | None]]:
        """Where a function keeps the class that it is run for, and its key: ``held[key] = cls``, ``append(cls)``."""
        for step in self.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.key >= 0 and self._is_given(fn.at(step.value)):
                yield fn.at(step.base), fn.at(step.key)
        for _, call, _ in self.program.calls(fn):
            callee = self.program.value(fn.at(call.callee))
            added = isinstance(callee, ir.Member) and callee.name in _ADDS and len(call.args) == 1
            if isinstance(callee, ir.Member) and added and self._is_given(fn.at(call.args[0].value)):
                yield fn.at(callee.base), None

    def _is_given(self, at: At) -> bool:
        value = self.program.value(self.program.bare(at))
        return isinstance(value, ir.Receiver) or (isinstance(value, ir.Param) and value.index == 0)

    def _entering(self) -> dict[Fn, list[tuple[Cls, tuple[Fn, At] | None]]]:
        """By function: the classes whose definition runs it, as the hook of a base or as a decorator."""
        found: dict[Fn, list[tuple[Cls, tuple[Fn, At] | None]]] = {}
        for module, held in enumerate(self.program.modules):
            for number, declared in enumerate(held.classes if held.language == "python" else ()):
                cls = Cls(module, number)
                for method in declared.methods:
                    if method.name == _HOOK:
                        found[Fn(module, method.function)] = [(heir, None) for heir in self._heirs(cls)]
                for decorator, site in self._decorators(cls, declared):
                    found.setdefault(decorator, []).append((cls, site))
        return found

    def _decorators(self, cls: Cls, declared: ir.Class) -> Iterator[tuple[Fn, tuple[Fn, At] | None]]:
        """The functions that a class's decorators run with it: themselves, or those that a factory gives back."""
        for number in declared.decorators:
            at = self.program.bare(At(cls.module, declared.scope, number))
            call = self.program.value(at)
            made = self.symbols.resolve(at.to(call.callee)) if isinstance(call, ir.Call) else ()
            site = next(((symbol, at) for symbol in made if isinstance(symbol, Fn)), None)
            yield from ((symbol, site) for symbol in self.symbols.resolve(at) if isinstance(symbol, Fn))

    def _heirs(self, cls: Cls) -> list[Cls]:
        """The classes below a class, in source order."""
        found: dict[Cls, None] = {}
        front = [cls]
        while front:
            front = [heir for one in front for heir in self.symbols.heirs(one) if heir not in found]
            found.update(dict.fromkeys(front))
        return sorted(found, key=lambda one: (one.module, one.number))

    def _written(self, cls: Cls) -> At:
        """Where a class is bound to its name."""
        declared = self.program.klass(cls)
        scope = Fn(cls.module, declared.scope)
        return scope.at(self.program.bindings(scope).get(declared.name, -1))
