"""Which code of the project runs when a registered function is called, and what stands around it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.calls.scene import NOWHERE, Held, Scene
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Symbols
from skillaudit.linking.registrations.scenes import Scenes

RUNS = (
    "execute", "handler", "handle", "run", "call", "invoke", "callback", "cb", "func", "fn", "executeTool", "run_tool",
    "__call__", "_run", "logic", "impl", "implementation", "action", "executor", "perform", "process",
)  # fmt: skip
"""What properties and methods that run a tool are called, the most telling first."""

_DEEPEST = 4
_FOLDS = {"reduce", "reduceRight"}


class Handler(msgspec.Struct, frozen=True):
    """The innermost function that is the tool's own; ``around`` are those that a call passes on the way to it."""

    fn: Fn
    around: tuple[Fn, ...]
    scene: Scene


@dataclass(slots=True)
class Handlers:
    """Finds handlers inside wrappers: ``wrap(handler)``, and closures that call what the helper was given."""

    program: Program
    symbols: Symbols
    scenes: Scenes
    _nested: dict[int, dict[int, list[int]]] = field(default_factory=dict)

    def of(self, held: Held | None, scene: Scene = NOWHERE) -> Handler | None:
        """The handler that a value denotes."""
        if isinstance(held, Fn):
            return self.inside(held, scene)
        return next(self._of(held, scene, _DEEPEST), None) if isinstance(held, At) else None

    def _of(self, at: At, scene: Scene, depth: int) -> Iterator[Handler]:
        for held, found in list(self.scenes.of(at, scene)):
            fn = self.scenes.answers.function(held)
            if fn is not None:
                yield self.inside(fn, found, self._wrappers(at), depth)
            elif depth and isinstance(held, At) and isinstance(call := self.program.value(held), ir.Call):
                around = (*self._put_together(at), *self._folded(held, call, found))
                for argument in self._running(held, call):
                    for inner in self._of(argument, found, depth - 1):
                        yield replace(inner, around=(*around, *inner.around)) if around else inner

    def _running(self, held: At, call: ir.Call) -> list[At]:
        """The arguments that a foreign wrapper may run; what layers are folded around stands last."""
        given = call.args[-1:] if self._folds(held, call) else call.args
        return [held.to(argument.value) for argument in given]

    def _folds(self, held: At, call: ir.Call) -> bool:
        return self.program.called(held.to(call.callee)) in _FOLDS and len(call.args) > 1

    def _folded(self, held: At, call: ir.Call, scene: Scene) -> Iterator[Fn]:
        """The layers of ``layers.reduceRight((next, layer) => layer(next), handler)``."""
        callee = self.program.value(held.to(call.callee))
        if self._folds(held, call) and isinstance(callee, ir.Member):
            for one, _ in self.scenes.of(held.to(callee.base), scene):
                fn = self.scenes.answers.function(one)
                yield from () if fn is None else (fn,)

    def _put_together(self, at: At) -> tuple[Fn, ...]:
        """The wrappers in what is called: ``pipe(withErrors(), recorded(name))(handler)``."""
        at = self.program.bare(at)
        value = self.program.value(at)
        return tuple(self._layers(at.to(value.callee), _DEEPEST)) if isinstance(value, ir.Call) else ()

    def _wrappers(self, at: At) -> tuple[Fn, ...]:
        """The project's functions in ``wrap(handler)``."""
        found: list[Fn] = []
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Call):
            found.extend(s for s in self.symbols.resolve(at.to(value.callee)) if isinstance(s, Fn))
            found.extend(self._put_together(at))
        return tuple(dict.fromkeys(found))

    def _layers(self, at: At, depth: int) -> Iterator[Fn]:
        """The functions that a wrapper was put together of."""
        at = self.program.bare(at)
        value = self.program.value(at)
        if not isinstance(value, ir.Call) or not depth:
            return
        for symbol in self.symbols.resolve(at.to(value.callee)):
            if isinstance(symbol, Fn):
                returned = (s for s in self.program.function(symbol).steps if isinstance(s, ir.Return) and s.value >= 0)
                for step in returned:
                    yield from self._layers(symbol.at(step.value), depth - 1)
        for argument in value.args:
            inner = self.program.value(self.program.bare(at.to(argument.value)))
            given = at.to(argument.value)
            called = self.program.bare(given).to(inner.callee) if isinstance(inner, ir.Call) else given
            yield from (s for s in self.symbols.resolve(called) if isinstance(s, Fn) and self.closures(s))

    def inside(self, fn: Fn, scene: Scene, around: tuple[Fn, ...] = (), depth: int = _DEEPEST) -> Handler:
        """The function itself, or the one that it was given to call."""
        given = self._given(fn, scene) if scene.choices and depth else ()
        best = max(given, key=lambda found: found[0], default=None)
        if best is None:
            return Handler(fn, tuple(dict.fromkeys(f for f in around if f != fn)), scene)
        return self.inside(best[1], best[2], (*around, fn), depth - 1)

    def _given(self, outer: Fn, scene: Scene) -> Iterator[tuple[int, Fn, Scene]]:
        """Functions called that only the scene knows, rated: the tool gets what the caller sent."""
        for fn in (outer, *self.closures(outer)):
            for number, call, _ in self.program.calls(fn):
                at = fn.at(call.callee)
                if self._is_provider(fn.at(number), call) or self._is_provided(at):
                    continue
                known = {s for s in self.symbols.resolve(at) if isinstance(s, Fn)}
                own = self._on_receiver(at)
                if len(known) == 1 and not own:
                    continue
                seen = list(islice(self.scenes.of(at, scene), 2)) or [(at, scene)]
                if known and len(seen) > 1 and not own:
                    continue
                held, found = seen[0]
                target = self.scenes.answers.function(held)
                if target is not None and {target} != known and target != outer:
                    passes = any(self._from_caller(fn.at(argument.value)) for argument in call.args)
                    yield passes * 2 + (self.program.function(target).name in RUNS), target, found

    def _is_provider(self, at: At, call: ir.Call) -> bool:
        """``client, err := getClient(ctx)``: told nothing of the call, and then asked for more."""
        if not all(self._is_context(at.to(argument.value)) for argument in call.args):
            return False
        members = self.program.of_kind(Fn(at.module, at.function), ir.Member)
        return any(self._result_of(at.to(member.base)) == at for _, member in members)

    def _is_provided(self, at: At) -> bool:
        """``client.Delete`` of the ``client`` that such a call gave."""
        callee = self.program.value(at)
        made = self._result_of(at.to(callee.base)) if isinstance(callee, ir.Member) else at
        call = self.program.value(made)
        return isinstance(call, ir.Call) and bool(call.args) and self._is_provider(made, call)

    def _is_context(self, at: At) -> bool:
        """Whether a value is Go's ``ctx``."""
        value = self.program.value(self.program.bare(at))
        if not isinstance(value, ir.Param):
            return False
        return "context.Context" in self.program.function(Fn(at.module, at.function)).params[value.index].type_text

    def _result_of(self, at: At) -> At:
        """The call whose result, or one of whose results, a value is."""
        at = self.program.bare(at)
        value = self.program.value(at)
        return self.program.bare(at.to(value.base)) if isinstance(value, ir.Item) else at

    def _on_receiver(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Member) and isinstance(self.program.value(at.to(value.base)), ir.Receiver)

    def _from_caller(self, at: At, depth: int = _DEEPEST) -> bool:
        value = self.program.value(at)
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        return isinstance(value, ir.Param) or (
            depth > 0 and any(self._from_caller(at.to(child), depth - 1) for child in inner)
        )

    def methods(self, cls: Cls) -> dict[str, Fn]:
        """The methods of a class and those that it inherits, by name."""
        line = reversed(self.scenes.lineage.line(cls))
        return {m.name: Fn(part.module, m.function) for part in line for m in self.program.klass(part).methods}

    def templates(self, cls: Cls, run: Fn) -> tuple[Fn, ...]:
        """The inherited methods that call the one which runs the tool."""
        name = self.program.function(run).name
        return tuple(
            fn
            for fn in self.methods(cls).values()
            if fn != run
            for _, call, _ in self.program.calls(fn)
            if self._on_receiver(at := fn.at(call.callee)) and self.scenes.origins.name_of(at) == name
        )

    def closures(self, outer: Fn) -> list[Fn]:
        """The functions defined inside a function, at any depth."""
        if outer.module not in self._nested:
            nested: dict[int, list[int]] = {}
            for number, function in enumerate(self.program.modules[outer.module].functions):
                nested.setdefault(function.parent, []).append(number)
            self._nested[outer.module] = nested
        found: list[Fn] = []
        front = [outer.number]
        while front:
            front = [number for parent in front for number in self._nested[outer.module].get(parent, ())]
            found.extend(Fn(outer.module, number) for number in front)
        return found
