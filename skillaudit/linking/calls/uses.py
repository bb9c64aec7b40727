"""What becomes of the value of one expression: which members are asked of it, which calls it is handed to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Fn, Program


class Use(msgspec.Struct, frozen=True):
    """What is done with a value.

    ``members`` are names asked of it or stored into it, ``handed`` the calls that it is an argument of, ``kept`` the
    stores that put it somewhere. ``escapes``: it goes where it cannot be followed, so that anything may become of it.
    """

    members: frozenset[str]
    handed: tuple[At, ...]
    kept: tuple[tuple[Fn, ir.Store], ...]
    escapes: bool

    @property
    def none(self) -> bool:
        """Whether nothing at all uses it."""
        return not (self.members or self.handed or self.kept or self.escapes)


@dataclass(slots=True)
class Uses:
    """Follows names through their scopes; a name that another file imports escapes."""

    program: Program
    _asked: dict[str, set[int]] | None = None

    def of(self, at: At) -> Use:
        """What production code, and any other, does with the value of an expression."""
        found = _Found()
        pending, seen = [at], {at}
        while pending:
            current = pending.pop()
            for alias in self._step(current, found):
                if alias not in seen:
                    seen.add(alias)
                    pending.append(alias)
        return Use(frozenset(found.members), tuple(found.handed), tuple(found.kept), found.escapes)

    def _step(self, at: At, found: "_Found") -> Iterator[At]:
        """Notes the uses of one expression, and gives the expressions that stand for the same value."""
        fn = Fn(at.module, at.function)
        function = self.program.function(fn)
        for number, value in enumerate(function.values):
            if at.value == getattr(value, "value", -1) and isinstance(value, ir.Variable):
                yield fn.at(number)
            elif at.value in children(value):
                if isinstance(value, ir.Choice):
                    yield fn.at(number)
                else:
                    found.note(fn.at(number), value, at.value)
        for step in function.steps:
            found.step(fn, step, at.value)
        found.escapes |= any(block.test == at.value for block in function.blocks if block.kind in {"loop", "with"})
        for binding in function.bindings:
            if binding.value == at.value:
                yield from self._named(fn, binding.name, at, found)

    def _named(self, fn: Fn, name: str, at: At, found: "_Found") -> Iterator[At]:
        """Where the name is read that the value is bound to: closures, and for a module's name other files."""
        for number in range(len(self.program.modules[fn.module].functions)):
            inner = Fn(fn.module, number)
            for place, free in self.program.of_kind(inner, ir.Name):
                if free.name == name and inner != fn and self.program.lexical(inner, name) == at:
                    yield inner.at(place)
        if not fn.number:
            found.escapes |= any(one.value == at.value for one in self.program.modules[fn.module].exports)
            found.escapes |= bool(self._elsewhere().get(name, set()) - {fn.module})

    def _elsewhere(self) -> dict[str, set[int]]:
        """Names that files ask other files for, and which files do."""
        if self._asked is None:
            self._asked = {}
            for fn in self.program.functions():
                for _, member in self.program.of_kind(fn, ir.Member):
                    self._asked.setdefault(member.name, set()).add(fn.module)
                for _, one in self.program.of_kind(fn, ir.Import):
                    self._asked.setdefault(one.symbol, set()).add(fn.module)
                if self.program.modules[fn.module].language == "go":
                    for _, free in self.program.of_kind(fn, ir.Name):
                        self._asked.setdefault(free.name, set()).add(fn.module)
        return self._asked


@dataclass(slots=True)
class _Found:
    members: set[str] = field(default_factory=set)
    handed: list[At] = field(default_factory=list)
    kept: list[tuple[Fn, ir.Store]] = field(default_factory=list)
    escapes: bool = False

    def note(self, at: At, value: ir.Value, part: int) -> None:
        match value:
            case ir.Member(name=name):
                self.members.add(name)
            case ir.Call(args=args) if any(a.value == part and not a.spread for a in args):
                self.handed.append(at)
            case ir.Operation(operator="void"):
                pass
            case _:
                self.escapes = True

    def step(self, fn: Fn, step: ir.Step, part: int) -> None:
        match step:
            case ir.Return(value=value) | ir.Raise(value=value) if value == part:
                self.escapes = True
            case ir.Store(base=base, value=value):
                if value == part and base >= 0:
                    self.kept.append((fn, step))
                elif value == part:
                    self.escapes |= step.name != "_"
                elif base == part:
                    self.members.add(step.name)
                    self.escapes |= not step.name
            case _:
                pass
