"""Which checks stand in front of a step: conditions around it, early exits, calls that raise, calls it goes through."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.calls import cases
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.calls.gates import unheard
from skillaudit.linking.calls.leaving import ancestors, ends, lifted
from skillaudit.linking.flows import conversions
from skillaudit.linking.flows.guards import Guard, Proof
from skillaudit.linking.flows.proofs import Outcome, Proofs, common, shared
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbol
from skillaudit.linking.origins.asserted import asserted
from skillaudit.linking.origins.subscripts import lookups

_SLICE = 60
_DEPTH = 3
_FALSE = {"false", "null"}
_REFUSALS = re.compile(r"^(?:[Ee]rr|[Ff]ail(?:ure|ed)?|Left|[Rr]ejected|[Rr]efused|[Dd]enied)$")
"""What the half of a result type is called that holds no value but an error."""

_NOTHING = {"", "false", "null", "none", "undefined"}
_VERDICTS = {"valid", "ok", "success", "isValid", "allowed", "is_valid", "isAllowed", "safe", "passed", "isSafe"}
_TRUTHS = {"if": True, "case": True, "else": False}


class Use(NamedTuple):
    """Where a value is used: the block and line of the step, and the number of the step."""

    block: int
    line: int
    step: int


class _Item(NamedTuple):
    """Guards and where they hold: inside ``block`` only, or in it from a line and step on."""

    guards: tuple[Guard, ...]
    block: int
    line: int = 0
    step: int = -1


@dataclass(slots=True)
class Validators:
    """Answers for one function at a time, with memory."""

    taints: Taints
    proofs: Proofs = field(init=False)
    _items: dict[Fn, tuple[_Item, ...]] = field(default_factory=dict)
    _summaries: dict[tuple[Fn, Outcome], tuple[Guard, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let conditions ask what called functions prove."""
        self.proofs = Proofs(self.taints, self.summary)

    @property
    def program(self) -> Program:
        """The program."""
        return self.taints.program

    # --- in front of a step

    def active(self, fn: Fn, use: Use) -> Iterator[Guard]:
        """The checks that hold where the step runs, those around the definition of a closure included."""
        function = self.program.function(fn)
        around = set(ancestors(function, use.block))
        for item in self._of(fn):
            inside = item.line == 0
            earlier = item.line < use.line or (item.line == use.line and 0 <= item.step < use.step)
            if item.block in around and (inside or earlier):
                yield from item.guards
        if function.parent > 0:
            outer = Fn(fn.module, function.parent)
            yield from self.active(outer, self.use_of_line(outer, function.line))

    def within(self, fn: Fn) -> Iterator[Guard]:
        """All checks of a function by which values are refused, wherever they stand."""
        yield from (guard for item in self._of(fn) for guard in item.guards)

    def behind(self, places: Iterable[tuple[Fn, int, int]]) -> Iterator[Guard]:
        """The checks that hold where something was put into a container: at each place, as function, block and line."""
        for fn, block, line in places:
            yield from self.active(fn, Use(block, line, 0)) if line else ()

    def use_of_line(self, fn: Fn, line: int) -> Use:
        """The innermost block that holds a line, as a place of use."""
        blocks = self.program.function(fn).blocks
        held = (n for n, block in enumerate(blocks) if block.line <= line <= block.end_line)
        return Use(max(held, key=lambda n: (blocks[n].line, n), default=0), line, 1 << 30)

    def at_end(self, fn: Fn) -> Use:
        """The end of a function."""
        return Use(0, self.program.function(fn).end_line + 1, 1 << 30)

    def use_of_call(self, fn: Fn, number: int) -> Use:
        """The place of a call."""
        for position, step in enumerate(self.program.function(fn).steps):
            if isinstance(step, ir.Do) and step.value == number:
                call = self.program.value(fn.at(number))
                return Use(step.block, call.line if isinstance(call, ir.Call) else 0, position)
        return self.at_end(fn)

    def _of(self, fn: Fn) -> tuple[_Item, ...]:
        if fn not in self._items:
            self._items[fn] = ()
            self._items[fn] = (*self._conditions(fn), *self._calls(fn), *self._lookups(fn))
        return self._items[fn]

    def _conditions(self, fn: Fn) -> Iterator[_Item]:
        function = self.program.function(fn)
        for number, block in enumerate(function.blocks):
            if block.kind not in _TRUTHS or block.test < 0:
                continue
            truth = _TRUTHS[block.kind]
            refusing = block.parent if block.exits and function.blocks[block.parent].exits else -1
            if inside := tuple(self._refusing(fn, number, truth, refusing)):
                yield _Item(inside, number)
            if block.exits and (after := tuple(self._refusing(fn, number, not truth, number))):
                yield self._beyond(function, number, after)
        for number, tests in cases.leaving(self.program, fn):
            if held := tuple(common(tuple(self._refusing_all(test, (fn, number))) for test in tests)):
                yield self._beyond(function, number, held)

    def _refusing_all(self, test: At, refused: tuple[Fn, int]) -> Iterator[Guard]:
        """What one case of a switch proves whose default refuses all other values."""
        for guard in self.proofs.of(test, True):  # noqa: FBT003 - the case holds
            yield replace(guard, refusals=(*guard.refusals, refused))

    def _beyond(self, function: ir.Function, number: int, guards: tuple[Guard, ...]) -> _Item:
        """What holds behind a block that leaves."""
        block = function.blocks[number]
        outer = lifted(function, block.parent, leaves=ends(function, number))
        return _Item(guards, outer, block.end_line, self._last_step(function, number))

    def _refusing(self, fn: Fn, number: int, truth: bool, refused: int) -> Iterator[Guard]:  # noqa: FBT001 - a condition
        """What the condition of a block proves, with the block in which all other values end, if that leaves."""
        test = self.program.function(fn).blocks[number].test
        for guard in self.proofs.of(fn.at(test), truth):
            yield guard if refused < 0 else replace(guard, refusals=(*guard.refusals, (fn, refused)))

    def _last_step(self, function: ir.Function, block: int) -> int:
        held = (n for n, step in enumerate(function.steps) if block in ancestors(function, step.block))
        return max(held, default=0)

    def _calls(self, fn: Fn) -> Iterator[_Item]:
        """Calls that raise or leave where the value does not pass."""
        function = self.program.function(fn)
        for position, step in enumerate(function.steps):
            call = function.values[step.value] if isinstance(step, ir.Do) else None
            if not isinstance(step, ir.Do) or not isinstance(call, ir.Call):
                continue
            guards = tuple(self._raised(fn.at(step.value), call))
            if guards:
                yield _Item(guards, lifted(function, step.block), call.line, position)

    def _lookups(self, fn: Fn) -> Iterator[_Item]:
        """Tables of constants that raise where the value is no key of theirs."""
        is_fed, aspects = self.taints.checked.proofs.expected.is_fed, self.proofs.aspects
        for key, block, line in lookups(self.program, self.taints.symbols, fn, is_fed=is_fed):
            guard = aspects.guard(Proof.MEMBER, key, key)
            yield _Item((guard,), lifted(self.program.function(fn), block), line)

    def _raised(self, at: At, call: ir.Call) -> Iterator[Guard]:
        name = self.taints.hints.name_of(at.to(call.callee))
        callee = self.program.value(at.to(call.callee))
        own = [s for s in callees(self.taints.symbols, at.to(call.callee)) if isinstance(s, Fn)]
        if own and self._is_late(at, own):
            return
        if own and not any(self._fails_softly(fn) for fn in own):
            yield from self.proofs.mapped(at, call, Outcome.NORMAL)
            for formal in asserted(self.program, own[0]):
                for argument in self.taints.arguments(Fn(at.module, at.function), call, formal):
                    yield from self.proofs.of(argument, True)  # noqa: FBT003 - it is asserted
        elif (checked := self.taints.hints.applied.built.check(at, call)) is not None and checked.raises:
            yield from self.proofs.by_shape(at, checked.value, checked.shape)
        elif name == "relative_to" and isinstance(callee, ir.Member):
            yield self.proofs.aspects.guard(Proof.CONTAINED, at, at.to(callee.base), whole=True)
        elif name in {"assert", "ok", "assertTrue"} and call.args and not own:
            yield from self.proofs.of(at.to(call.args[0].value), True)  # noqa: FBT003 - it is asserted
        elif not own and self.program.modules[at.module].language == "python":
            yield from conversions.read(self.proofs.aspects, at, call, found=False)

    def _is_late(self, at: At, own: list[Fn]) -> bool:
        """Whether nobody waits for what an asynchronous function says, or nobody hears its error."""
        started = any(self.program.function(fn).is_async for fn in own)
        return started and unheard(self.program, Fn(at.module, at.function), at.value)

    def _fails_softly(self, fn: Fn) -> bool:
        steps = self.program.function(fn).steps
        returns = [s for s in steps if isinstance(s, ir.Return) and s.value >= 0]
        return any(self._is_failure(fn, s, Outcome.NORMAL) for s in returns)

    # --- on the way of a value

    def through(self, at: At) -> Iterator[Guard]:
        """What the calls prove that an expression consists of: ``open(checked(path))``."""
        for part in self.parts(at):
            value = self.program.value(part)
            if isinstance(value, ir.Call):
                yield from self.proofs.mapped(part, value, Outcome.NORMAL)

    def parts(self, at: At) -> Iterator[At]:
        """What an expression consists of, itself included."""
        seen: set[At] = set()
        front = [at]
        while front and len(seen) < _SLICE:
            part = front.pop()
            if part in seen:
                continue
            seen.add(part)
            yield part
            value = self.program.value(part)
            if isinstance(value, ir.Name) and (found := self.taints.defined(part)) != part:
                front.append(found)
            front.extend(part.to(number) for number in operands(value))

    # --- what a function proves

    def summary(self, fn: Fn, outcome: Outcome) -> tuple[Guard, ...]:
        """What is known of a function's parameters after it ended so."""
        key = (fn, outcome)
        if key not in self._summaries:
            self._summaries[key] = ()
            self._summaries[key] = tuple(self._summary(fn, outcome))
        return self._summaries[key]

    def _summary(self, fn: Fn, outcome: Outcome) -> Iterator[Guard]:
        function = self.program.function(fn)
        exits: list[tuple[Guard, ...]] = []
        switch: tuple[Formal | At, str] | None = None
        for position, step in enumerate(function.steps):
            if not isinstance(step, ir.Return) or step.yields or self._is_failure(fn, step, outcome):
                continue
            held = list(self.active(fn, Use(step.block, step.line, position)))
            if step.value >= 0:
                held.extend(self._given_back(fn.at(step.value), outcome))
            off = self._switched_off(fn, step, held)
            switch = off or switch
            if off is None:
                exits.append(tuple(held))
        if function.blocks and not function.blocks[0].exits and outcome in {Outcome.NORMAL, Outcome.FALSE}:
            exits.append(tuple(self.active(fn, self.at_end(fn))))
        proven = exits[0] if len(exits) == 1 else shared(exits)
        for guard in proven:
            if switch is None:
                yield guard
            elif switch[0] not in {held for held, _ in guard.keys}:
                yield replace(guard, switch=switch)

    def _given_back(self, at: At, outcome: Outcome) -> Iterator[Guard]:
        """What the value proves that a function ends with."""
        yield from self.through(at)
        given = self.program.value(self.program.bare(at))
        if isinstance(given, ir.Choice) and given.test >= 0 and outcome in {Outcome.TRUE, Outcome.THERE}:
            yield from self._chosen(self.program.bare(at), given)
        if outcome is Outcome.THERE:
            yield from self.proofs.there(at)
        elif outcome is not Outcome.NORMAL:
            yield from self.proofs.of(at, outcome is Outcome.TRUE)

    def _chosen(self, at: At, given: ir.Choice) -> Iterator[Guard]:
        """``return inside(path) ? path : null``: what gave something passed the test."""
        options = [self.program.value(self.program.bare(at.to(option))) for option in given.options]
        nothing = [isinstance(one, ir.Literal) and one.text.lower() in _NOTHING for one in options]
        if nothing in ([True, False], [False, True]):
            yield from self.proofs.of(at.to(given.test), nothing[1])

    def _switched_off(self, fn: Fn, step: ir.Return, known: list[Guard]) -> tuple[Formal | At, str] | None:
        """The parameter without which a check lets everything pass: ``if root is None: return``."""
        function = self.program.function(fn)
        block = function.blocks[step.block]
        given = self.program.value(self.program.bare(fn.at(step.value))) if step.value >= 0 else None
        passes = given is None or (isinstance(given, ir.Literal) and given.kind in {"null", "bool"})
        test = self.program.value(self.program.bare(fn.at(block.test))) if block.test >= 0 else None
        if block.kind != "if" or not passes or not isinstance(test, ir.Operation):
            return None
        held, *others = (self.program.value(self.program.bare(fn.at(number))) for number in test.operands)
        nothing = all(isinstance(one, ir.Literal) and (one.kind == "null" or not one.text) for one in others)
        negated = test.operator in {"not", "!"} if not others else test.operator in {"is", "==", "==="}
        if not isinstance(held, ir.Param) or not nothing or not negated:
            return None
        switch = Formal(fn, held.index)
        more = any(key != switch for guard in known for key, _ in guard.keys)
        return None if more else (switch, function.params[held.index].name)

    def _is_failure(self, fn: Fn, step: ir.Return, outcome: Outcome) -> bool:  # noqa: PLR0911 - one case per kind
        """Whether a way out is the one for what did not pass."""
        value = self.program.value(self.program.bare(fn.at(step.value))) if step.value >= 0 else None
        if outcome is Outcome.THERE and value is None:
            return True
        if outcome is Outcome.FALSE:
            return step.value >= 0 and self._is_something(fn.at(step.value))
        match value:
            case ir.Literal(kind="bool", text=text):
                return text.lower() == "false"
            case ir.Literal(kind="null"):
                return self._may_return_more(fn) and not self._returns_error(fn)
            case ir.Sequence(items=items) if items:
                last = self.program.value(fn.at(items[-1]))
                first = self.program.value(fn.at(items[0]))
                if self.program.modules[fn.module].language == "go":
                    return not (isinstance(last, ir.Literal) and last.text in {"nil", "true", "null"})
                return isinstance(first, ir.Literal) and first.kind in {"bool", "null"} and first.text.lower() in _FALSE
            case ir.Record(entries=entries):
                said = [(e.key, self.program.value(fn.at(e.value))) for e in entries]
                return any(
                    (key in _VERDICTS and isinstance(v, ir.Literal) and v.text.lower() == "false")
                    or key in {"error", "isError"}
                    for key, v in said
                )
            case ir.Call() | ir.Member() | ir.Name() if self.program.modules[fn.module].language == "go":
                name = self.taints.hints.name_of(fn.at(step.value))
                return name in {"Errorf", "New", "Wrap", "Wrapf"} or name.startswith("Err") or name == "err"
            case ir.Call(callee=callee):
                made = self.program.bare(fn.at(step.value)).to(callee)
                return outcome is Outcome.NORMAL and bool(_REFUSALS.match(self.taints.hints.name_of(made)))
            case _:
                return False

    def _is_something(self, at: At, depth: int = _DEPTH) -> bool:
        """Whether a value is true whatever it holds: an object, a text with words of its own, what makes such."""
        at = self.program.bare(at)
        value = self.program.value(at)
        match value:
            case ir.Literal(kind=kind, text=text):
                return kind not in {"null", "num"} and text.lower() not in {"", "false"}
            case ir.Record(entries=entries):
                return bool(entries)
            case ir.Text(parts=parts):
                return any(isinstance(self.program.value(at.to(part)), ir.Literal) for part in parts)
            case ir.Call() if depth:
                made = self.taints.symbols.resolve(at.to(value.callee))
                return bool(made) and all(isinstance(s, Cls) or self._gives_something(s, depth - 1) for s in made)
            case _:
                return False

    def _gives_something(self, symbol: Symbol, depth: int) -> bool:
        """Whether every way out of a function gives something that is true."""
        if not isinstance(symbol, Fn):
            return False
        function = self.program.function(symbol)
        ends = [step for step in function.steps if isinstance(step, ir.Return) and not step.yields]
        whole = bool(ends) and bool(function.blocks) and function.blocks[0].exits
        return whole and all(end.value >= 0 and self._is_something(symbol.at(end.value), depth) for end in ends)

    def _returns_error(self, fn: Fn) -> bool:
        """Whether a Go function answers with an error and nothing else, so that nil means that all is well."""
        function = self.program.function(fn)
        if self.program.modules[fn.module].language != "go" or function.returns < 0:
            return False
        return self.taints.hints.name_of(At(fn.module, function.parent, function.returns)) == "error"

    def _may_return_more(self, fn: Fn) -> bool:
        """Whether ``return None`` means refusal: the function has another way out that gives something."""
        steps = self.program.function(fn).steps
        values = (self.program.value(fn.at(s.value)) for s in steps if isinstance(s, ir.Return) and s.value >= 0)
        return any(not (isinstance(v, ir.Literal) and v.kind == "null") for v in values)


def operands(value: ir.Value) -> tuple[int, ...]:  # noqa: PLR0911 - one case per kind
    """The values that an expression is put together from; a conditional expression's test is not one of them."""
    match value:
        case ir.Variable(value=inner):
            return (inner,)
        case ir.Member(base=base) | ir.Element(base=base):
            return (base,)
        case ir.Item(base=base):
            return (base,)
        case ir.Call(callee=callee, args=args):
            return (callee, *(a.value for a in args))
        case ir.Text(parts=parts):
            return parts
        case ir.Operation(operands=held) | ir.Choice(options=held) | ir.Sequence(items=held) | ir.Opaque(children=held):
            return held
        case ir.Record(entries=entries):
            return tuple(entry.value for entry in entries)
        case _:
            return ()
