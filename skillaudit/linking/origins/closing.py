"""Parameters followed to those who fill them: all callers of a function, or only those inside another one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.origins.callings import Callings, iterated
from skillaudit.linking.origins.changes import Changes
from skillaudit.linking.origins.checked import Checked, Site
from skillaudit.linking.origins.remembered import Remembered
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import ANY, CALLED, OBJECTS, Origin, Path, after, distinct, then
from skillaudit.linking.values.transfers import Transfers

_CALLER_DEPTH = 4


@dataclass(slots=True)
class Closing:
    """Fills open parameters; ``of`` evaluates a value, ``given`` what a path takes of an argument, but for some names.

    ``handed`` says which calls get a function, ``busy`` is what is being evaluated, ``seen`` marks what was checked.
    """

    program: Program
    hints: Hints
    callings: Callings
    handed: dict[Fn, list[tuple[Fn, int]]]
    checked: Checked
    transfers: Transfers
    changes: Changes
    busy: set[tuple[At, Path]]
    of: Callable[[At, Path], tuple[Origin, ...]]
    given: Callable[[At, Path, frozenset[str]], Iterable[Origin]]
    seen: Callable[[At, Path, Site | None], tuple[Origin, ...]]
    remembered: Remembered = field(default_factory=Remembered)
    _asking: set[tuple[object, ...]] = field(default_factory=set)

    def close(self, origins: Iterable[Origin], depth: int = 0, inside: Fn | None = None) -> Iterator[Origin]:
        """The origins with parameters followed to the callers; ``inside`` keeps all but those of its closures open."""
        for origin in origins:
            if origin.formal is None or (inside is not None and not self._encloses(inside, origin.formal.fn)):
                yield origin
            elif depth < _CALLER_DEPTH:
                yield from (after(found, origin) for found in self._from_callers(origin, depth, inside))
            else:
                self.remembered.ended += 1

    def inside(self, fn: Fn, origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
        """What a function's closures were given, in terms of its own parameters: another call of it gives others."""
        if any(o.formal is not None and self._encloses(fn, o.formal.fn) for o in origins):
            return distinct(self.close(origins, 0, fn))
        return origins

    def _encloses(self, outer: Fn, fn: Fn) -> bool:
        if outer.module != fn.module or outer == fn:
            return False
        number = self.program.function(fn).parent
        while number >= 0 and number != outer.number:
            number = self.program.function(Fn(fn.module, number)).parent
        return number == outer.number

    def _from_callers(self, origin: Origin, depth: int, inside: Fn | None) -> tuple[Origin, ...]:
        formal, path, without = origin.formal, origin.path, origin.without
        if formal is None:
            return ()
        key = (formal, path, without, origin.needs, inside)
        if (known := self.remembered.answer((key, depth))) is not None:
            return known
        if key in self._asking:
            self.remembered.met += 1
            return ()
        self._asking.add(key)
        stops = self.remembered.stops()
        found: list[Origin] = []
        function = self.program.function(formal.fn)
        parameter = function.params[formal.position].name
        objects = not self.hints.takes_text(formal)
        counts = self.program.surface(formal.fn.module).counts
        for caller, value, call in self.callings.of(formal.fn):
            needs = self.checked.contexts.carried(origin.needs, formal.fn, caller, call)
            if needs is not None and (self.program.surface(caller.module).counts or not counts):
                here = self.transfers.step(caller.at(value), call.line, f"passed to {function.name or 'a function'}")
                site = self.checked.call_site(caller, value)
                for argument, taken, left in self.callings.filled(caller, call, origin):
                    marked = self.checked.mark(site, self.given(argument, taken, left), needs)
                    closed = [then(o, here) for o in self.close(marked, depth + 1, inside)]
                    fitting = [o for o in closed if path or objects or o.nature not in OBJECTS]
                    put = bool(self.changes.of(argument))
                    found.extend(fitting if path else self.hints.bundled(parameter, argument, fitting, grown=put))
        for caller, value in self.handed.get(formal.fn, ()):
            if self.program.surface(caller.module).counts or not counts:
                first = formal.position <= 1
                base = iterated(self.program, caller, value, formal.position) if first else None
                given = self.of(base[0], path if base[1] else (ANY, *path)) if base else ()
                found.extend(self.close(given, depth + 1, inside))
                found.extend(self.close(self._called_back(origin, caller, value), depth + 1, inside))
        for fn in self.callings.handedin.decorated(formal) if path[:1] == (CALLED,) else ():
            found.extend(self.close(self.results(fn, path[1:]), depth + 1, inside))
        self._asking.discard(key)
        answer = distinct(found)
        self.remembered.keep((key, depth), stops, answer, alone=not self._asking, busy=bool(self.busy))
        return answer

    def results(self, fn: Fn, path: Path) -> Iterator[Origin]:
        """What a function gives back by itself, whoever calls it with what."""
        for step in self.program.function(fn).steps:
            if isinstance(step, ir.Return) and step.value >= 0:
                held = self.inside(fn, self.seen(fn.at(step.value), path, Site(fn, step.block, step.line)))
                yield from (origin for origin in held if origin.formal is None or origin.formal.fn != fn)

    def _called_back(self, origin: Origin, caller: Fn, value: int) -> Iterator[Origin]:
        """What a function of the project hands to a function that this call gave it: ``each(items, show)``."""
        formal, call = origin.formal, self.program.value(caller.at(value))
        if formal is None or not isinstance(call, ir.Call):
            return
        for given, (inner, number) in self.callings.handedin.by(formal.fn, caller, value):
            back = self.program.value(inner.at(number))
            if isinstance(back, ir.Call):
                for argument, taken, left in self.callings.filled(inner, back, origin):
                    for held in self.inside(given, tuple(self.given(argument, taken, left))):
                        yield from self._filled(held, given, caller, call)

    def _filled(self, origin: Origin, given: Fn, caller: Fn, call: ir.Call) -> Iterator[Origin]:
        """An origin with the parameters of a function filled by one call of it."""
        if origin.formal is None or origin.formal.fn != given:
            yield origin
            return
        for argument, taken, left in self.callings.filled(caller, call, origin):
            yield from (after(found, origin) for found in self.given(argument, taken, left))
