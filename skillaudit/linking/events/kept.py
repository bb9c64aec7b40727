"""What is kept between calls: collections that calls are added to, and numbers that are added up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.leaving import ancestors
from skillaudit.linking.events.amounts import Amounts
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn, Program

_NESTED = 3
_ADDS = {
    "append", "push", "add", "set", "appendleft", "unshift", "increment", "incr", "inc", "Add", "Store", "put",
    "record", "push_back", "extend", "update", "setdefault", "hincrby", "zadd", "lpush", "rpush", "LoadOrStore",
}  # fmt: skip


@dataclass(slots=True)
class Kept:
    """Names of members and variables of the program that outlive a call and change with calls."""

    program: Program
    gates: Gates
    amounts: Amounts
    _collections: set[tuple[str, str]] = field(default_factory=set)
    _sums: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _short: set[tuple[str, str]] = field(default_factory=set)
    _grown: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read every store and every addition once."""
        tiny: set[tuple[str, str]] = set()
        for fn in self.program.functions():
            if self.program.surface(fn.module).counts:
                package = self.program.package_path(fn.module)
                for name, emptied in self._added(fn):
                    (self._short if emptied else self._grown).add((package, name))
                self._stores(fn, package)
                tiny.update((package, name) for name in self._forgetting(fn))
        for number, module in enumerate(self.program.modules):
            package = self.program.package_path(number)
            fields = ((At(number, c.scope, f.value), f.name) for c in module.classes for f in c.fields if f.value >= 0)
            tiny.update((package, name) for at, name in fields if self._remembers_one(at, _NESTED))
        self._collections |= self._grown
        self._short = (self._short - self._grown) | tiny

    def history(self, module: int, values: Iterable[At]) -> bool:
        """Whether one of the values is a collection, or a counter, that changes with calls."""
        package = self.program.package_path(module)
        held = {(package, name) for at in values for name in self._lasting(at)} - self._short
        return not held.isdisjoint(self._collections)

    def accumulated(self, at: At) -> frozenset[str] | None:
        """The words of what is added to a value that is a sum over several calls; None if it is no such sum."""
        package = self.program.package_path(at.module)
        sums = [self._sums.get((package, name)) for name in self._lasting(self._through(at))]
        return next((frozenset(added) for added in sums if added is not None), None)

    def _through(self, at: At) -> At:
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Call):
            callee = self.program.value(at.to(value.callee))
            if isinstance(callee, ir.Member) and callee.name in {"get", "Load", "Get", "load", "Add", "add"}:
                return self._through(at.to(callee.base))
        if isinstance(value, ir.Operation) and value.operator == "+":
            return self._through(at.to(value.operands[0]))
        return self._through(at.to(value.base)) if isinstance(value, ir.Item) else at

    def _lasting(self, at: At) -> Iterator[str]:
        """A member, or a name of an outer scope: what a function makes for itself is gone with it."""
        value = self.program.value(at)
        if isinstance(value, ir.Member | ir.Name) or (isinstance(value, ir.Variable) and at.function == 0):
            yield value.name

    def _added(self, fn: Fn) -> Iterator[tuple[str, bool]]:
        """The names under which something is added, with whether what was there is thrown away each time before."""
        for value, call, block in self.program.calls(fn):
            callee = self.program.value(fn.at(call.callee))
            if isinstance(callee, ir.Member) and callee.name in _ADDS:
                names = self._lasting(self._through(fn.at(callee.base)))
                yield from ((name, self._emptied(fn, value, block, name)) for name in names)

    def _emptied(self, fn: Fn, added: int, block: int, name: str) -> bool:
        """Whether what is kept under a name is thrown away each time, just before something is added."""
        function = self.program.function(fn)
        around = set(ancestors(function, block))
        for step in function.steps:
            if step.value == added:
                return False
            if step.block in around and name in self._empties(fn, step):
                return True
        return False

    def _empties(self, fn: Fn, step: ir.Step) -> Iterator[str]:
        """What is empty afterwards, by name: ``calls.clear()``, ``calls.length = 0``, ``calls = []``, ``sent = 0``."""
        value = self.program.value(fn.at(step.value)) if step.value >= 0 else None
        if isinstance(step, ir.Do) and isinstance(value, ir.Call):
            callee = self.program.value(fn.at(value.callee))
            if isinstance(callee, ir.Member) and callee.name == "clear":
                yield from self._lasting(self._through(fn.at(callee.base)))
        elif isinstance(step, ir.Store) and step.key < 0:
            nothing = value == ir.Sequence(()) or (value is not None and self.amounts.of(fn.at(step.value)) == 0)
            if nothing and step.name == "length" and step.base >= 0:
                yield from self._lasting(self._through(fn.at(step.base)))
            elif nothing:
                yield step.name

    def _forgetting(self, fn: Fn) -> Iterator[str]:
        """What is kept in a container that remembers one call at most: ``deque(maxlen=1)``."""
        for step in self.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.name and self._remembers_one(fn.at(step.value), _NESTED):
                yield step.name

    def _remembers_one(self, at: At, depth: int) -> bool:
        value = self.program.value(at)
        if isinstance(value, ir.Closure):
            made = Fn(at.module, value.function)
            steps = self.program.function(made).steps
            return any(
                self._remembers_one(made.at(s.value), depth) for s in steps if isinstance(s, ir.Return) and s.value >= 0
            )
        if not isinstance(value, ir.Call) or not depth:
            return False
        if self.program.called(at.to(value.callee)) == "deque":
            most = [self.amounts.of(at.to(a.value)) for a in value.args if a.name == "maxlen"]
            return any(one is not None and one <= 1 for one in most)
        return any(self._remembers_one(at.to(a.value), depth - 1) for a in value.args)

    def _adds_nothing(self, fn: Fn, value: ir.Operation) -> bool:
        return any(self.amounts.of(fn.at(operand)) == 0 for operand in value.operands)

    def _starts_anew(self, fn: Fn, call: ir.Call) -> bool:
        """Go: ``append(calls[:0], call)``."""
        first = self.program.value(fn.at(call.args[0].value)) if call.args else None
        key = self.program.value(fn.at(first.key)) if isinstance(first, ir.Item) else None
        if not isinstance(key, ir.Opaque) or key.kind != "slice" or self.program.called(fn.at(call.callee)) != "append":
            return False
        return len(key.children) > 1 and self.amounts.of(fn.at(key.children[1])) == 0

    def _stores(self, fn: Fn, package: str) -> None:
        go = self.program.modules[fn.module].language == "go"
        for step in self.program.function(fn).steps:
            if not isinstance(step, ir.Store):
                continue
            names = [step.name] if step.name else []
            if step.key >= 0 and step.base >= 0:
                names = list(self._lasting(self._through(fn.at(step.base))))
            value = self.program.value(fn.at(step.value)) if step.value >= 0 else None
            grows = isinstance(value, ir.Operation) and value.operator == "+" and not self._adds_nothing(fn, value)
            if isinstance(value, ir.Call) and self._starts_anew(fn, value):
                continue
            for name in names:
                if grows and self._emptied(fn, step.value, step.block, name):
                    self._short.add((package, name))
                    continue
                if grows or step.key >= 0:
                    self._grown.add((package, name))
                if step.key >= 0 or grows or isinstance(value, ir.Call | ir.Sequence):
                    self._collections.add((package, name))
                if grows or (go and step.base >= 0 and isinstance(value, ir.Call)):
                    added = (w for text in self.gates.names(fn.at(step.value)) for w in words(text))
                    self._sums.setdefault((package, name), set()).update(added)
