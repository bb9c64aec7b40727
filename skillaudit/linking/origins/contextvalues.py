"""Go: what a context carries under a key: ``context.WithValue(ctx, key, value)``, and later ``ctx.Value(key)``.

Keys are made so that nobody else has the same; so whatever was put under a key anywhere is what is found under it.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Cls, External, Symbols

_PUTTING = {"context.WithValue", "golang.org/x/net/context.WithValue"}
_PARTS = 3


@dataclass(slots=True)
class ContextValues:
    """Reads every call of the program once."""

    program: Program
    symbols: Symbols
    _held: dict[Hashable, list[At]] | None = None

    def of(self, at: At, call: ir.Call) -> list[At]:
        """What may stand under the key that a call asks a context for."""
        callee = self.program.value(at.to(call.callee))
        asks = isinstance(callee, ir.Member) and callee.name == "Value" and len(call.args) == 1
        if not asks or self.program.modules[at.module].language != "go":
            return []
        key = self._key(at.to(call.args[0].value))
        return self._all().get(key, []) if key is not None else []

    def _all(self) -> dict[Hashable, list[At]]:
        if self._held is None:
            self._held = {}
            for fn in self.program.functions():
                for _, call, _ in self.program.calls(fn) if self._may_put(fn) else ():
                    key = self._key(fn.at(call.args[1].value)) if self._puts(fn, call) else None
                    if key is not None:
                        self._held.setdefault(key, []).append(fn.at(call.args[2].value))
        return self._held

    def _may_put(self, fn: Fn) -> bool:
        surface = self.program.surface(fn.module)
        return self.program.modules[fn.module].language == "go" and surface.counts

    def _puts(self, fn: Fn, call: ir.Call) -> bool:
        if len(call.args) != _PARTS or self.program.called(fn.at(call.callee)) != "WithValue":
            return False
        return any(isinstance(s, External) and s.path in _PUTTING for s in self.symbols.resolve(fn.at(call.callee)))

    def _key(self, at: At) -> Hashable | None:
        """What makes a key itself: its type and text, or the variable that holds it."""
        at = self.program.bare(at)
        value = self.program.value(at)
        match value:
            case ir.Literal(text=text):
                return text
            case ir.Record(made_of=made) if made >= 0:
                return self._type(at.to(made))
            case ir.Call(args=(only,)) if (kind := self._type(at.to(value.callee))) is not None:
                return kind, self._key(at.to(only.value))
            case ir.Name(name=name):
                outer = self.program.lexical(Fn(at.module, at.function), name)
                return self._named(outer) if outer else None
            case ir.Member():
                held = self.program.imported(at.module, self._package(at.to(value.base)), value.name)
                return self._named(held) if isinstance(held, At) else None
            case _:
                return None

    def _named(self, at: At) -> Hashable | None:
        """A constant is what it holds; a variable, whose content is made at run time, is itself."""
        bare = self.program.bare(at)
        held = self.program.value(bare)
        return self._key(bare) if isinstance(held, ir.Call) and self._key(bare) is not None else bare

    def _package(self, at: At) -> str:
        value = self.program.value(at)
        outer = self.program.lexical(Fn(at.module, at.function), value.name) if isinstance(value, ir.Name) else None
        brought = self.program.value(self.program.bare(outer)) if outer else None
        return brought.module if isinstance(brought, ir.Import) else ""

    def _type(self, at: At) -> Cls | None:
        return next((s for s in self.symbols.resolve(at) if isinstance(s, Cls)), None)
