"""Reads configuration objects as a production run sees them: branches decided, spreads merged, lists filled."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import Data, External, Instance
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.conditions import Conditions

STRINGIFIERS = {
    "json.dumps", "orjson.dumps", "ujson.dumps", "simplejson.dumps", "msgspec.json.encode", "JSON.stringify",
    "safe-stable-stringify", "fast-safe-stringify", "fast-json-stable-stringify",
}  # fmt: skip
"""Functions that write a value as JSON."""
_ADDING = {"push", "append", "add", "insert", "unshift"}
_DEPTH = 12


@dataclass(slots=True)
class Setups:
    """Follows values to what they are made of."""

    box: Toolbox
    conditions: Conditions
    _busy: set[At] = field(default_factory=set)

    def ends(self, at: At, depth: int = _DEPTH) -> Iterator[At]:  # noqa: C901 - one case per kind of value
        """The expressions that a value may stand for, names and decidable branches followed."""
        program = self.box.program
        value = program.value(at)
        if not depth:
            return
        match value:
            case ir.Variable():
                yield from self.ends(at.to(value.value), depth - 1)
            case ir.Name():
                outer = program.lexical(Fn(at.module, at.function), value.name)
                yield from self.ends(outer, depth - 1) if outer else [at]
            case ir.Import():
                target = program.imported(at.module, value.module, value.symbol)
                yield from self.ends(target, depth - 1) if isinstance(target, At) else [at]
            case ir.Choice():
                for option in self._chosen(at, value):
                    yield from self.ends(at.to(option), depth - 1)
            case ir.Operation(operator="&&" | "and" | "||" | "or" | "??"):
                for operand in self._short(at, value):
                    yield from self.ends(at.to(operand), depth - 1)
            case ir.Member():
                yield from self._member(at, value, depth)
            case ir.Call():
                yield from self._call(at, value, depth)
            case _:
                yield at

    def _chosen(self, at: At, value: ir.Choice) -> tuple[int, ...]:
        truth = self.conditions.truth(at.to(value.test)) if value.test >= 0 else None
        return value.options if truth is None else value.options[:1] if truth else value.options[1:]

    def _short(self, at: At, value: ir.Operation) -> tuple[int, ...]:
        truth = self.conditions.truth(at.to(value.operands[0]))
        if value.operator in {"&&", "and"}:
            return () if truth is False else value.operands[-1:]
        return value.operands if truth is None else value.operands[:1] if truth else value.operands[-1:]

    def _member(self, at: At, value: ir.Member, depth: int) -> Iterator[At]:
        found = False
        for base in self.ends(at.to(value.base), depth - 1):
            if isinstance(self.box.program.value(base), ir.Record):
                for key, entry in self.entries(base):
                    if key == value.name:
                        found = True
                        yield from self.ends(entry, depth - 1)
        if not found:
            held = [s.at for s in self.box.symbols.resolve(at) if isinstance(s, Data)]
            yield from held or [at]

    def _call(self, at: At, call: ir.Call, depth: int) -> Iterator[At]:
        """A call of the project's own function stands for what it gives back."""
        own = [s for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        if not own:
            yield at
        for fn in own:
            for step in self.box.program.function(fn).steps:
                if not isinstance(step, ir.Return) or step.value < 0:
                    continue
                if self.conditions.runs(fn, step.block, step.line) is not False:
                    yield from self.ends(fn.at(step.value), depth - 1)

    def entries(self, at: At) -> Iterator[tuple[str, At]]:
        """Keys and values of the records that a value may stand for, spreads opened."""
        if at in self._busy:
            return
        self._busy.add(at)
        for end in self.ends(at):
            value = self.box.program.value(end)
            for entry in value.entries if isinstance(value, ir.Record) else ():
                if entry.spread:
                    yield from self.entries(end.to(entry.value))
                elif entry.key:
                    yield entry.key, end.to(entry.value)
        self._busy.discard(at)

    def entry(self, at: At, name: str) -> list[At]:
        """The values under one key."""
        return [value for key, value in self.entries(at) if key == name]

    def items(self, at: At) -> Iterator[At]:
        """What a list holds: its items, and what is added to the variable in branches that run."""
        for end in self.ends(at):
            value = self.box.program.value(end)
            if isinstance(value, ir.Sequence):
                for item in value.items:
                    yield from self.ends(end.to(item))
            else:
                yield end
        held = self.box.program.value(at)
        name = held.name if isinstance(held, ir.Variable | ir.Name) else ""
        fn = Fn(at.module, at.function)
        for _, call, block in self.box.program.calls(fn) if name else ():
            if self._adds(fn, call, name) and self.conditions.runs(fn, block, call.line) is not False:
                yield from self.ends(fn.at(call.args[-1].value))

    def _adds(self, fn: Fn, call: ir.Call, name: str) -> bool:
        callee = self.box.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or callee.name not in _ADDING or not call.args:
            return False
        base = self.box.program.value(fn.at(callee.base))
        return isinstance(base, ir.Variable | ir.Name) and base.name == name

    def texts(self, at: At) -> list[str]:
        """Constant texts that a value may be, in a production run without options where that can be said."""
        answer = self.conditions.value(at)
        if answer is not None and isinstance(answer.value, str):
            return [answer.value]
        held = [self.box.program.value(end) for end in self.ends(at)]
        return [value.text for value in held if isinstance(value, ir.Literal) and value.kind == "str"]

    def paths(self, at: At) -> list[str]:
        """Dotted names of the foreign things that a value denotes."""
        return [s.path for s in self.box.symbols.resolve(at) if isinstance(s, External)]

    def classes(self, at: At) -> list[Cls]:
        """The project's classes that a value denotes or is an object of."""
        held = self.box.symbols.resolve(at)
        return [s.cls if isinstance(s, Instance) else s for s in held if isinstance(s, Instance | Cls)]

    def stringifies(self, fn: Fn, depth: int = 2) -> bool:
        """Whether a function, or one of the project's that it calls, makes JSON of something."""
        if any(STRINGIFIERS.intersection(self.paths(fn.at(c.callee))) for _, c, _ in self.box.program.calls(fn)):
            return True
        inner = (e.target for e in self.box.calls.out.get(fn, ()) if not e.handed)
        return depth > 0 and any(self.stringifies(target, depth - 1) for target in inner)
