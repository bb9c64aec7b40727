"""What is kept between calls: collections that calls are added to, and numbers that are added up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.gates import Gates
from skillaudit.linking.program import At, Fn, Program
from skillaudit.linking.vocabulary import words

_ADDS = {
    "append", "push", "add", "set", "appendleft", "unshift", "increment", "incr", "inc", "Add", "Store", "put",
    "record", "push_back", "extend", "update", "setdefault", "hincrby", "zadd", "lpush", "rpush", "LoadOrStore",
}  # fmt: skip


@dataclass(slots=True)
class Kept:
    """Names of members and variables of the program that outlive a call and change with calls."""

    program: Program
    gates: Gates
    _collections: set[tuple[str, str]] = field(default_factory=set)
    _sums: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read every store and every addition once."""
        for fn in self.program.functions():
            if self.program.surface(fn.module).counts:
                package = self.program.package_path(fn.module)
                self._collections.update((package, name) for name in self._added(fn))
                self._stores(fn, package)

    def history(self, module: int, values: Iterable[At]) -> bool:
        """Whether one of the values is a collection, or a counter, that changes with calls."""
        package = self.program.package_path(module)
        return any((package, name) in self._collections for at in values for name in self._lasting(at))

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

    def _added(self, fn: Fn) -> Iterator[str]:
        for _, call, _ in self.program.calls(fn):
            callee = self.program.value(fn.at(call.callee))
            if isinstance(callee, ir.Member) and callee.name in _ADDS:
                yield from self._lasting(self._through(fn.at(callee.base)))

    def _stores(self, fn: Fn, package: str) -> None:
        go = self.program.modules[fn.module].language == "go"
        for step in self.program.function(fn).steps:
            if not isinstance(step, ir.Store):
                continue
            names = [step.name] if step.name else []
            if step.key >= 0 and step.base >= 0:
                names = list(self._lasting(self._through(fn.at(step.base))))
            value = self.program.value(fn.at(step.value)) if step.value >= 0 else None
            grows = isinstance(value, ir.Operation) and value.operator == "+"
            for name in names:
                if step.key >= 0 or grows or isinstance(value, ir.Call | ir.Sequence):
                    self._collections.add((package, name))
                if grows or (go and step.base >= 0):
                    added = (w for text in self.gates.names(fn.at(step.value)) for w in words(text))
                    self._sums.setdefault((package, name), set()).update(added)
