"""How functions are left by an error: what is raised in them and in what they call, in terms of their own parameters.

A function's answer is remembered once for each ``try`` block that is asked about; each call fills in its arguments.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.calls.clauses import Clauses
from skillaudit.linking.calls.decorations import Decorations
from skillaudit.linking.calls.scene import Scene
from skillaudit.linking.knowledge import sources
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Instance, Symbols
from skillaudit.linking.origins.applied import settled
from skillaudit.linking.origins.checked import Checked, Site, relevant
from skillaudit.linking.origins.closing import Closing
from skillaudit.linking.values.origin import Origin, Path, after, distinct

_MOST = 24
"""Errors that are followed out of one function."""

_DEPTH = 3
_CHAINING = {"then", "map", "flatMap", "forEach", "filter", "reduce", "some", "every", "find", "finally"}
"""Script: methods that call what they are given before their own answer is there."""

_REFUSED = 1
"""Which of a promise's two functions refuses."""


class Raised(msgspec.Struct, frozen=True):
    """One error: where it is raised, what it is by all its names, and what is in it."""

    at: At
    kinds: frozenset[str]
    origins: tuple[Origin, ...]


class Leaves(msgspec.Struct, frozen=True):
    """How a block can be left: by errors, by failures of requests, and by those of functions that were handed in."""

    raised: tuple[Raised, ...] = ()
    requests: tuple[tuple[At, str], ...] = ()
    asked: tuple[Formal, ...] = ()


_NOTHING = Leaves()


@dataclass(slots=True)
class Leaving:
    """Reads functions; ``put`` says what ``path`` takes of an error where it is made, its parameters left open."""

    program: Program
    symbols: Symbols
    clauses: Clauses
    closing: Closing
    put: Callable[[At, Path, Site], Iterable[Origin]]
    decorations: Decorations = field(init=False)
    _leaves: dict[tuple[Fn, int, Path], Leaves] = field(default_factory=dict)
    _targets: dict[tuple[Fn, int], list[Fn]] | None = None

    def __post_init__(self) -> None:
        """Know what decorators are given."""
        self.decorations = Decorations(self.program, self.symbols)

    def of(self, fn: Fn, block: int, path: Path) -> Leaves:
        """How a block of a function can be left; with block 0 the function itself."""
        key = (fn, block, path)
        if key not in self._leaves:
            self._leaves[key] = _NOTHING
            self._leaves[key] = self._read(fn, block, path)
        return self._leaves[key]

    def handed(self, formal: Formal, path: Path, depth: int = _DEPTH) -> Iterator[Leaves]:
        """How what the callers hand in can be left: a function, also by way of another one, or what is decorated."""
        for caller, _, call in self.closing.callings.of(formal.fn) if depth else ():
            for argument, taken in self.closing.callings.filling(caller, call, formal):
                for symbol in self.symbols.resolve(argument) if not taken else ():
                    if isinstance(symbol, Fn):
                        yield self.of(symbol, 0, path)
                    elif isinstance(symbol, Formal) and symbol != formal:
                        yield from self.handed(symbol, path, depth - 1)
        yield from (self.of(fn, 0, path) for fn, _ in self.decorations.given(formal, Scene()))

    def after(self, at: At, path: Path) -> Iterator[Leaves]:
        """How what a pending value waits for can fail: ``load().then(show)``."""
        value = self.program.value(self.program.bare(at))
        if isinstance(value, ir.Call):
            bare = self.program.bare(at)
            fn = Fn(bare.module, bare.function)
            yield self._called(fn, bare.value, value, path)
            callee = self.program.value(fn.at(value.callee))
            if isinstance(callee, ir.Member) and callee.name in _CHAINING:
                yield from self.after(fn.at(callee.base), path)

    # --- one function

    def _read(self, fn: Fn, block: int, path: Path) -> Leaves:
        function = self.program.function(fn)
        raised: dict[At, Raised] = {}
        requests: dict[tuple[At, str], None] = {}
        asked: dict[Formal, None] = {}
        for step in function.steps:
            if isinstance(step, ir.Store | ir.Return):
                continue
            if (tried := self._between(function, step.block, block)) is None:
                continue
            inner = self._left(fn, step, path)
            for one in inner.raised if len(raised) < _MOST else ():
                if not any(self.clauses.stops(fn, n, one.kinds) for n in tried):
                    held = raised.get(one.at)
                    raised[one.at] = replace(one, origins=distinct((*held.origins, *one.origins))) if held else one
            if not tried:
                requests |= dict.fromkeys(inner.requests)
                asked |= dict.fromkeys(inner.asked)
        return Leaves(tuple(raised.values()), tuple(requests), tuple(asked))

    def _between(self, function: ir.Function, block: int, outer: int) -> tuple[int, ...] | None:
        """The ``try`` blocks between a block and the one that it lies in; None where it lies elsewhere."""
        found: list[int] = []
        while block >= 0 and block != outer:
            found += [block] if function.blocks[block].kind == "try" else []
            block = function.blocks[block].parent
        return tuple(found) if block == outer else None

    def _left(self, fn: Fn, step: ir.Raise | ir.Do, path: Path) -> Leaves:
        if isinstance(step, ir.Do):
            call = self.program.value(fn.at(step.value))
            return self._called(fn, step.value, call, path) if isinstance(call, ir.Call) else _NOTHING
        again = fn.at(step.value) if step.value >= 0 else self._caught(fn, step.block)
        return Leaves(tuple(self._made(again, Site(fn, step.block, step.line), path))) if again else _NOTHING

    def _caught(self, fn: Fn, block: int) -> At | None:
        """What a clause caught that raises it again."""
        blocks = self.program.function(fn).blocks
        while block >= 0 and blocks[block].kind != "except":
            block = blocks[block].parent
        return fn.at(blocks[block].test) if block >= 0 and blocks[block].test >= 0 else None

    def _made(self, at: At, site: Site, path: Path) -> Iterator[Raised]:
        origins = distinct(relevant(self.closing.inside(site.fn, tuple(self.put(at, path, site)))))
        if origins:
            yield Raised(at, self._kinds(at), origins)

    def _kinds(self, raised: At) -> frozenset[str]:
        """The names of what is raised, also where a function of the project makes it; at least it is an exception."""
        place = self.program.bare(raised)
        value = self.program.value(place)
        if not isinstance(value, ir.Call):
            return self.clauses.kinds(place)
        made = [s.cls for s in self.symbols.resolve(place) if isinstance(s, Instance)]
        known = frozenset(kind for cls in made for kind in self.clauses.of_class(cls))
        return known | self.clauses.kinds(place.to(value.callee))

    # --- one call

    def _called(self, fn: Fn, value: int, call: ir.Call, path: Path) -> Leaves:
        """How a call can fail, in terms of the caller's parameters."""
        deferred = self.closing.callings.deferred(fn.at(value), call)
        call = deferred or call
        held = self.symbols.resolve(fn.at(call.callee))
        targets = [s for s in held if isinstance(s, Fn)] if deferred else self._run(fn, value)
        parts = [self._through(fn, value, call, target, path) for target in dict.fromkeys(targets)]
        parts += [self.of(one, 0, path) for one in self._chained(fn, call)]
        requests = [s.path for s in held if isinstance(s, External) and sources.response(f"{s.path}()")]
        return Leaves(
            (*(one for part in parts for one in part.raised), *self._refused(fn, value, call, path)),
            (*(one for part in parts for one in part.requests), *((fn.at(value), path) for path in requests)),
            (*(one for part in parts for one in part.asked), *(s for s in held if isinstance(s, Formal))),
        )

    def _run(self, fn: Fn, value: int) -> list[Fn]:
        """The project's functions that a call runs, also those that are looked up in a table."""
        if self._targets is None:
            self._targets = {}
            for target, sites in self.closing.callings.callers.items():
                for site in sites:
                    self._targets.setdefault(site, []).append(target)
        return self._targets.get((fn, value), [])

    def _chained(self, fn: Fn, call: ir.Call) -> Iterator[Fn]:
        """What a method of a promise or a list calls."""
        callee = self.program.value(fn.at(call.callee))
        if self.program.is_script(fn.module) and isinstance(callee, ir.Member) and callee.name in _CHAINING:
            given = (s for a in call.args[:1] for s in self.symbols.resolve(fn.at(a.value)))
            yield from (symbol for symbol in given if isinstance(symbol, Fn))

    def _refused(self, fn: Fn, value: int, call: ir.Call, path: Path) -> Iterator[Raised]:
        """``new Promise((resolve, reject) => reject(error))``."""
        for error in settled(self.program, self.symbols, fn.at(value), call, _REFUSED):
            yield from self._made(error, Site(Fn(error.module, error.function), 0, call.line), path)

    def _through(self, fn: Fn, value: int, call: ir.Call, target: Fn, path: Path) -> Leaves:
        """What leaves a called function, its parameters replaced by this call's arguments."""
        inner = self.of(target, 0, path)
        raised = ((one, distinct(self._filled(fn, value, call, target, one.origins))) for one in inner.raised)
        own = [formal for formal in inner.asked if formal.fn == target]
        parts = [part for formal in own for part in self._handed_by(fn, call, formal, path)]
        return Leaves(
            (*(replace(one, origins=o) for one, o in raised if o), *(r for part in parts for r in part.raised)),
            (*inner.requests, *(r for part in parts for r in part.requests)),
            (*(one for one in inner.asked if one not in own), *(f for part in parts for f in part.asked)),
        )

    def _handed_by(self, fn: Fn, call: ir.Call, formal: Formal, path: Path) -> Iterator[Leaves]:
        """How what a call hands in can be left."""
        for argument, taken in self.closing.callings.filling(fn, call, formal):
            for symbol in self.symbols.resolve(argument) if not taken else ():
                if isinstance(symbol, Fn):
                    yield self.of(symbol, 0, path)
                elif isinstance(symbol, Formal):
                    yield Leaves(asked=(symbol,))

    def _filled(self, fn: Fn, value: int, call: ir.Call, target: Fn, origins: Iterable[Origin]) -> Iterator[Origin]:
        checked: Checked = self.closing.checked
        site = checked.call_site(fn, value)
        for origin in origins:
            stays = origin.formal.fn if origin.formal else None
            if (needs := checked.contexts.carried(origin.needs, target, fn, call, stays)) is None:
                continue  # this call never gets there
            if origin.formal is None or origin.formal.fn != target:
                yield from (replace(o, needs=needs) for o in self.closing.callings.told(fn, call, target, origin))
                continue
            for argument, taken, left in self.closing.callings.filled(fn, call, origin):
                held = checked.mark(site, self.closing.given(argument, taken, left), needs)
                yield from (after(found, origin) for found in relevant(held))
