"""Places where a hash of the tools that the server lists is stored or recorded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.guards import SurfaceHash
from skillaudit.linking.calls.gates import children
from skillaudit.linking.events.alike import alike
from skillaudit.linking.events.expanded import Expansions
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Toolbox

_HASHES = re.compile(
    r"^(?:hashlib\.\w+|(?:node:)?crypto\.(?:createHash|hash|subtle\.digest)|crypto/(?:sha\d+|md5)\.(?:Sum\w*|New\w*)|hash/(?:fnv|maphash)\.\w+|Bun\.hash|"
    r"xxhash\.\w+|blake3\.\w+|object-hash|ohash\.hash|globalThis\.crypto\.subtle\.digest)"
)
_HOOKS = re.compile(r"^(?:_?list_?tools\w*|ListTools|main|init|on_list_tools)$", re.IGNORECASE)
_LISTS = {"tools", "toolset", "toolsets"}
_LISTED = {"list", "definitions", "schemas", "surface", "manifest", "registry"}
_COMPARED = {"==", "===", "!=", "!=="}
_ZERO, _FALSE = ir.Literal("num", "0"), ir.Literal("bool", "false")
_REFUSED = {"args", "arguments", "cache"}


@dataclass(slots=True)
class Listings(Expansions):
    """Expands what is hashed, but for what is not in it: the length of a list, a list that was emptied."""

    def inside(self, at: At, calls: int) -> Iterator[tuple[At, bool]]:
        """Nothing of what leaves nothing."""
        return iter(()) if self._leaves_nothing(at) else Expansions.inside(self, at, calls)

    def _leaves_nothing(self, at: At) -> bool:
        value = self.program.value(at)
        match value:
            case ir.Member(name=name):
                return name in {"length", "size"}
            case ir.Item(key=key):
                part = self.program.value(at.to(key))
                end = part.children[1:2] if isinstance(part, ir.Opaque) and part.kind == "slice" else ()
                return any(self.program.value(at.to(one)) == _ZERO for one in end)
            case ir.Call(callee=callee, args=args):
                given = [self.program.value(at.to(argument.value)) for argument in args]
                name = self.program.called(at.to(callee))
                refuses = name == "filter" and any(self._refuses(at.module, one) for one in given)
                return name == "len" or refuses or (name == "slice" and given[1:2] == [_ZERO])
            case _:
                return False

    def _refuses(self, module: int, given: ir.Value) -> bool:
        """``() => false``."""
        if not isinstance(given, ir.Closure):
            return False
        fn = Fn(module, given.function)
        steps = [step for step in self.program.function(fn).steps if isinstance(step, ir.Return)]
        return len(steps) == 1 and self.program.value(fn.at(steps[0].value)) == _FALSE


@dataclass(slots=True)
class SurfaceHashes:
    """Finds calls that hash a list of tools."""

    box: Toolbox
    coverage: Coverage
    listings: Listings
    _hashing: dict[Fn, bool] = field(default_factory=dict)

    def all(self) -> Iterator[SurfaceHash]:
        """Every such place in production code that something calls."""
        program = self.box.program
        for fn in program.functions():
            if not program.surface(fn.module).counts or not self._runs(fn) or not self._kept(fn) or self._idle(fn):
                continue
            for value, call, _ in program.calls(fn):
                if self._hashes(fn, value, call) and self._of_tools(fn, call) and self._goes_on(fn, value):
                    location = program.location(fn.module, call.line)
                    yield SurfaceHash(location, program.surface(fn.module), program.package_path(fn.module), "tools")
                    break

    def _runs(self, fn: Fn) -> bool:
        """Whether production code, or the library that lists the tools, calls the function."""
        if not fn.number or _HOOKS.match(self.box.program.function(fn).name):
            return True
        return any(self.box.program.surface(edge.caller.module).counts for edge in self.box.calls.into.get(fn, ()))

    def _hashes(self, fn: Fn, value: int, call: ir.Call) -> bool:
        """Whether a call hashes what it is given, by itself or in the project's helper."""
        if self._foreign(fn, call):
            return True
        callee = self.box.program.value(fn.at(call.callee))
        inner = self.box.program.value(fn.at(callee.base)) if isinstance(callee, ir.Member) else None
        if isinstance(inner, ir.Call) and self._foreign(fn, inner):
            return True
        return any(self._helper(e.target) for e in self.box.calls.out.get(fn, ()) if e.value == value and not e.handed)

    def _foreign(self, fn: Fn, call: ir.Call) -> bool:
        symbols = self.box.symbols.resolve(fn.at(call.callee))
        return any(isinstance(s, External) and _HASHES.match(s.path) for s in symbols)

    def _helper(self, fn: Fn) -> bool:
        if fn not in self._hashing:
            self._hashing[fn] = False
            self._hashing[fn] = any(self._foreign(fn, call) for _, call, _ in self.box.program.calls(fn))
        return self._hashing[fn]

    def _of_tools(self, fn: Fn, call: ir.Call) -> bool:
        said = {word for a in call.args for word in self.listings.of(fn.at(a.value)).words}
        return (bool(_LISTS & said) or ("tool" in said and bool(_LISTED & said))) and not _REFUSED & said

    def _goes_on(self, fn: Fn, hashed: int) -> bool:
        """Whether a hash is given back, stored or handed on, and not only compared."""
        function = self.box.program.function(fn)
        made = {hashed}
        for number, value in enumerate(function.values):
            inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
            if not made.isdisjoint(inner) and not isinstance(value, ir.Operation):
                made.add(number)
        calls = (self.box.program.value(fn.at(number)) for number in made - {hashed})
        given = any(not isinstance(step, ir.Do) and step.value in made for step in function.steps)
        return given or any(isinstance(c, ir.Call) and any(a.value in made for a in c.args) for c in calls)

    def _idle(self, fn: Fn) -> bool:
        """Whether a hash is compared with itself: with one made anew of the same, not with one that was remembered."""
        return any(
            value.operator in _COMPARED and self._twice(fn.at(value.operands[0]), fn.at(value.operands[1]))
            for _, value in self.box.program.of_kind(fn, ir.Operation)
        )

    def _twice(self, left: At, right: At) -> bool:
        sides = [self.box.program.bare(left), self.box.program.bare(right)]
        if not any(map(self._hashed, sides)):
            return False
        return alike(self.box.program, left, right) or all(map(self._hashed, sides))

    def _hashed(self, at: At) -> bool:
        """Whether a value is a hash made here, or by every caller for the call."""
        value = self.box.program.value(at)
        fn = Fn(at.module, at.function)
        if isinstance(value, ir.Call):
            own = [s for s in self.box.symbols.resolve(at.to(value.callee)) if isinstance(s, Fn)]
            inside = (self._hashes(one, n, call) for one in own for n, call, _ in self.box.program.calls(one))
            return self._hashes(fn, at.value, value) or any(inside)
        if not isinstance(value, ir.Param):
            return False
        given = [self.box.program.bare(one) for one in self._given(fn, value.index)]
        return bool(given) and all(
            isinstance(self.box.program.value(one), ir.Call) and self._hashed(one) for one in given
        )

    def _given(self, fn: Fn, index: int) -> Iterator[At]:
        """What production code passes for a parameter."""
        for caller, number in self.box.origins.callers.get(fn, ()):
            call = self.box.program.value(caller.at(number))
            if isinstance(call, ir.Call) and self.box.program.surface(caller.module).counts:
                yield from self.box.origins.arguments(caller, call, Formal(fn, index))

    def _kept(self, fn: Fn) -> bool:
        """Whether the function records or stores something, or gives the hash to one that does."""
        if self._keeps(fn):
            return True
        callers = {edge.caller for edge in self.box.calls.into.get(fn, ())}
        return any(self._keeps(caller) for caller in callers)

    def _keeps(self, fn: Fn) -> bool:
        stores = any(isinstance(step, ir.Store) for step in self.box.program.function(fn).steps)
        return stores or bool(self.coverage.written.get(fn, ()))
