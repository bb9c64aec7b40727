"""Which functions Python's decorators are given: ``@recorded`` and ``@recorded("name")`` get the one below them."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.scene import Scene
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols

_WRAPS = "wraps"


@dataclass(slots=True)
class Decorations:
    """Knows what is decorated, by the decorator; a factory's decorators are the functions inside it."""

    program: Program
    symbols: Symbols
    _sites: dict[Fn, list[tuple[At, Fn]]] | None = field(default=None)

    def given(self, formal: Formal, scene: Scene) -> list[tuple[Fn, Scene]]:
        """The functions that a decorator's first parameter stands for, each in a scene of its own."""
        parent = Fn(formal.fn.module, self.program.function(formal.fn).parent)
        held = self._held()
        if formal.position or (formal.fn not in held and parent not in held):
            return []
        found: list[tuple[Fn, Scene]] = []
        for decorator, called in ((formal.fn, False), (parent, True)):
            chosen = scene.choices.get(decorator)
            for site, fn in held.get(decorator, ()):
                meant: At | Fn = site if called else fn
                made = isinstance(self.program.value(site), ir.Call)
                if made is called and chosen in {None, meant}:
                    place = (fn.module, self.program.function(fn).line)
                    found.append((fn, scene.having(decorator, meant, place)))
        return found

    def wrapped(self, fn: Fn) -> At | None:
        """What a function presents itself as: ``fn`` of ``@functools.wraps(fn)``."""
        function = self.program.function(fn)
        scope = Fn(fn.module, function.parent)
        for number in function.decorators:
            value = self.program.value(scope.at(number))
            if isinstance(value, ir.Call) and value.args and self.program.called(scope.at(value.callee)) == _WRAPS:
                return scope.at(value.args[0].value)
        return None

    def _held(self) -> dict[Fn, list[tuple[At, Fn]]]:
        """By decorator or factory: the places where it stands over functions."""
        if self._sites is None:
            self._sites = {}
            for fn in self.program.functions():
                function = self.program.function(fn)
                if not function.decorators or self.program.modules[fn.module].language != "python":
                    continue
                scope = Fn(fn.module, function.parent)
                for site in (self.program.bare(scope.at(number)) for number in function.decorators):
                    value = self.program.value(site)
                    named = site.to(value.callee) if isinstance(value, ir.Call) else site
                    for symbol in self.symbols.resolve(named):
                        if isinstance(symbol, Fn):
                            self._sites.setdefault(symbol, []).append((site, fn))
        return self._sites
