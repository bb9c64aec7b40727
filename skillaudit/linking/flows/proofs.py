"""What a condition proves of the values in it where it holds, and where it does not."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.calls.connectives import Reading
from skillaudit.linking.flows import conversions
from skillaudit.linking.flows._emptiness import unasked
from skillaudit.linking.flows._objects import getters, kept
from skillaudit.linking.flows.aspects import Aspects
from skillaudit.linking.flows.guards import Aspect, Guard, Proof, passed_over
from skillaudit.linking.flows.questions import PRIVATE, PUBLIC, Questions
from skillaudit.linking.flows.taints import CHOSEN, Key, Taints, key_of
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values.schemas import OPEN, Shape

_EQUAL, _UNEQUAL = {"==", "===", "is"}, {"!=", "!==", "is not"}
_SOME, _EVERY = {"any", "some", "find", "ContainsFunc", "findIndex", "IndexFunc"}, {"all", "every"}
_PLACES = {"findIndex", "IndexFunc"}
_DEPTH = 24


class Outcome(Enum):
    """How a function ended: it returned at all, with something, with something true, with something false."""

    NORMAL = "returned"
    THERE = "returned something"
    TRUE = "true"
    FALSE = "false"


@dataclass(slots=True)
class Proofs:
    """Reads conditions; ``summary`` says what a call of one of the project's functions proves by its outcome."""

    taints: Taints
    summary: Callable[[Fn, Outcome], tuple[Guard, ...]]
    aspects: Aspects = field(init=False)
    questions: Questions = field(init=False)

    def __post_init__(self) -> None:
        """Look at values and calls with the same knowledge."""
        self.aspects = Aspects(self.taints)
        self.questions = Questions(self.aspects)

    def of(self, at: At, truth: bool, depth: int = _DEPTH) -> Iterator[Guard]:  # noqa: FBT001 - the condition's value
        """What is known where the condition at ``at`` has this truth."""
        yield from Reading(self.taints.program, self._asked, common).of(at, sense=truth, depth=depth)

    def _asked(self, at: At, *, sense: bool, depth: int) -> Iterator[Guard]:
        """The same for a condition that is not put together of others."""
        truth, value = sense, self.taints.program.value(at)
        yield from unasked(self.aspects, at, sense=sense)
        match value:
            case ir.Name():
                found = self.taints.defined(at)
                if found != at:
                    yield from self.of(found, truth, depth - 1)
            case ir.Operation():
                yield from self._operation(at, value, truth, depth)
            case ir.Call():
                yield from self._call(at, value, truth, depth)
            case ir.Member(name=name):
                yield from self._member(at, value, name, truth)
            case ir.Item() if truth:
                yield from self._looked_up(at, value)
            case ir.Opaque(kind="ok", children=(inner, *_)) if isinstance(
                self.taints.program.value(at.to(inner)), ir.Item
            ):
                yield from self._asked(at.to(inner), sense=sense, depth=depth - 1)  # Go: held, ok := TABLE[x]
            case ir.Choice(test=-1) if truth:
                yield from self._flag(at, value, depth)
            case _:
                return

    def _operation(self, at: At, value: ir.Operation, truth: bool, depth: int) -> Iterator[Guard]:  # noqa: FBT001
        operands = [at.to(operand) for operand in value.operands]
        match value.operator:
            case "in" | "not in" if len(operands) == 2:  # noqa: PLR2004 - a pair
                yield from self._within(at, operands[0], operands[1], (value.operator == "in") == truth)
            case operator if operator in _EQUAL | _UNEQUAL and len(operands) == 2:  # noqa: PLR2004 - a pair
                yield from self._compared(at, operands[0], operands[1], (operator in _EQUAL) == truth, depth)
            case "&" if len(operands) == 2 and not truth:  # noqa: PLR2004 - a pair
                for subject, other in (operands, operands[::-1]):
                    if self.aspects.keys(subject) and (texts := self.aspects.literals(other)):
                        yield self.aspects.guard(Proof.LACKS, at, subject, details=texts)
            case "<" | ">=" | ">" | "<=":
                yield from self._indexed(at, operands, value.operator, truth)
            case _:
                return

    def _within(self, at: At, left: At, right: At, positive: bool) -> Iterator[Guard]:  # noqa: FBT001
        """``left in right``: an element of a set, or a piece of a text."""
        piece = self.taints.definition(left)
        python = self.taints.program.modules[at.module].language == "python"
        if isinstance(piece, ir.Literal):
            if not python or (
                piece.text.isidentifier() and not self._is_text(right)
            ):  # asks for a key, not for a piece
                return
            yield self.aspects.guard(Proof.INCLUDES if positive else Proof.LACKS, at, right, details=(piece.text,))
        elif self.taints.hints.name_of(right) == "parents":
            base = self.taints.program.value(right)
            if positive and isinstance(base, ir.Member):
                yield self.aspects.guard(Proof.CONTAINED, at, right.to(base.base), whole=True)
        elif self._is_loop_literal(left):
            yield self.aspects.guard(
                Proof.INCLUDES if positive else Proof.LACKS, at, right, details=self.aspects.literals(left)
            )
        elif not positive:
            yield self.aspects.guard(Proof.LACKS, at, left, details=self.aspects.literals(right))
        elif python and self.aspects.keys(right) and not self.aspects.keys(left):
            yield self.aspects.guard(Proof.INCLUDES, at, right)  # ``root in path``
        elif self.aspects.apart(left, right):
            yield self.aspects.guard(Proof.MEMBER, at, left)

    def _is_text(self, at: At) -> bool:
        """Whether a value is a parameter that is declared a text: ``in`` then asks for a piece, not for a key."""
        value, where = self.taints.definition(at), self.taints.defined(at)
        if not isinstance(value, ir.Param):
            return False
        function = self.taints.program.function(Fn(where.module, where.function))
        return function.params[value.index].type_text.startswith("str")

    def _is_loop_literal(self, at: At) -> bool:
        """``any(bad in value for bad in BLOCKED)``: the left side goes through a list of constants."""
        return bool(self.aspects.literals(at)) and not self.aspects.keys(at)

    def _compared(self, at: At, left: At, right: At, equal: bool, depth: int) -> Iterator[Guard]:  # noqa: FBT001
        program = self.taints.program
        for one, other in ((left, right), (right, left)):
            constant = program.value(other)
            if isinstance(constant, ir.Literal) and constant.kind in {"null", "bool"}:
                yield from self._against(one, constant, equal, depth)
                return
            if isinstance(constant, ir.Operation) and constant.operator == "-" and len(constant.operands) == 1:
                yield from self._index_of(one, not equal)
                return
        subject, other = (left, right) if self.aspects.keys(left) else (right, left)
        text = self.taints.definition(other)
        call = self.taints.program.value(left)
        callee = program.value(left.to(call.callee)) if isinstance(call, ir.Call) else None
        kind = self.taints.definition(right)
        if isinstance(callee, ir.Member) and callee.name == "range" and isinstance(kind, ir.Literal):
            if equal == (kind.text == "unicast"):  # ipaddr.js
                yield self.aspects.guard(Proof.PUBLIC, at, left.to(callee.base), details=(f"range {kind.text}",))
            return
        if not self.aspects.keys(subject):
            return
        if equal:
            yield from self._same(at, subject, other)
        elif isinstance(text, ir.Literal):
            yield self._differs(at, subject, text.text)

    def _same(self, at: At, subject: At, other: At) -> Iterator[Guard]:
        """``x === ALLOWED``; ``full === root``, where nothing was added to the part that the value is made of."""
        if self.taints.hints.name_of(subject) in {"commonpath", "dirname", "parent", "Dir"}:
            yield self.aspects.guard(Proof.CONTAINED, at, subject, whole=True)
            return
        one, two = self.aspects.keys(subject), self.aspects.keys(other)
        if one.isdisjoint(two):
            yield self.aspects.guard(Proof.MEMBER, at, subject)
            here = Fn(at.module, at.function)
            if two and all(isinstance(held, Formal) and held.fn == here for held, _ in one):  # x => x.id === chosen
                yield self.aspects.guard(Proof.MEMBER, at, other)
        for whole, keys, part in ((subject, one, two), (other, two, one)):
            if part and part < keys:
                yield replace(self.aspects.guard(Proof.MEMBER, at, whole), keys=frozenset(keys - part))

    def _differs(self, at: At, subject: At, text: str) -> Guard:
        """What is not the text; a way from a root that does not begin with ``..`` lies inside it as a whole."""
        if text == ".." and self.aspects.is_relative(subject):
            guard = self.aspects.guard(Proof.CONTAINED, at, subject, whole=True, normalised=True)
            return replace(guard, aspect=Aspect.WHOLE)
        return self.aspects.guard(Proof.LACKS, at, subject, details=(text,))

    def _against(self, at: At, constant: ir.Literal, equal: bool, depth: int) -> Iterator[Guard]:  # noqa: FBT001
        """A result compared with ``nil``, ``None``, ``true``: Go's errors are the other way round."""
        if constant.kind == "bool":
            yield from self.of(at, (constant.text.lower() == "true") == equal, depth - 1)
            return
        call = self.aspects.call(at)
        if call is None:
            if not equal:
                yield from self.of(at, True, depth - 1)  # noqa: FBT003 - it is there
            return
        held = self.taints.program.value(call)
        go = self.taints.program.modules[at.module].language == "go"
        error = go and self._is_error(at)
        if isinstance(held, ir.Call) and equal and not error:
            yield from self.mapped(call, held, Outcome.FALSE)
        elif isinstance(held, ir.Call) and (equal if error else not equal):
            yield from self.mapped(call, held, Outcome.NORMAL) if error else self.there(call, depth)

    def there(self, at: At, depth: int = _DEPTH) -> Iterator[Guard]:
        """What is known where a value is something, be it zero or an empty text: what was looked up was found."""
        at = self.taints.program.bare(at)
        value = self.taints.program.value(at)
        if isinstance(value, ir.Item):
            yield from self._looked_up(at, value)
        elif isinstance(value, ir.Call):
            yield from self.mapped(at, value, Outcome.THERE)
            yield from self.questions.of(at, value, truth=True)
            if self.taints.hints.name_of(at.to(value.callee)) == "find":
                yield from self._each(at, value, True, depth)  # noqa: FBT003 - one was found

    def _is_error(self, at: At) -> bool:
        name = self.taints.hints.name_of(at).lower()
        return "err" in name or not isinstance(self.taints.program.value(at), ir.Item)

    def _indexed(self, at: At, operands: list[At], operator: str, truth: bool) -> Iterator[Guard]:  # noqa: FBT001
        """``list.indexOf(x) < 0``."""
        del at
        if self.taints.hints.name_of(operands[0]) in {"indexOf", "Index"} | _PLACES:
            yield from self._index_of(operands[0], (operator in {">=", ">"}) == truth)

    def _index_of(self, at: At, positive: bool) -> Iterator[Guard]:  # noqa: FBT001
        call = self.aspects.call(at)
        held = self.taints.program.value(call) if call else None
        name = self.taints.hints.name_of(at)
        if call and isinstance(held, ir.Call) and name in {"indexOf", "Index"}:
            yield from self.questions.holding(call, held, positive)
        elif call and isinstance(held, ir.Call) and name in _PLACES:
            yield from self._each(call, held, positive, _DEPTH)

    def _member(self, at: At, value: ir.Member, name: str, truth: bool) -> Iterator[Guard]:  # noqa: FBT001
        if (name in PRIVATE and not truth) or (name in PUBLIC and truth):
            yield self.aspects.guard(Proof.PUBLIC, at, at.to(value.base), details=(name,))
            return
        asked = ir.Call(at.value, (), value.line, value.line, 0, 0)
        outcome = Outcome.TRUE if truth else Outcome.FALSE
        for getter in getters(self.taints, at.to(value.base), name):
            yield from self._brought(Fn(at.module, at.function), asked, getter, outcome)
        call = self.aspects.call(at)
        held = self.taints.program.value(call) if call else None
        failed = name.lower() in {"error", "err", "errors", "reason", "message"}
        if call and isinstance(held, ir.Call) and truth != failed:
            yield from self.mapped(call, held, Outcome.NORMAL)

    def _looked_up(self, at: At, value: ir.Item) -> Iterator[Guard]:
        """``TABLE[x]`` is there."""
        key = at.to(value.key)
        call = self.aspects.call(at)
        held = self.taints.program.value(call) if call else None
        if call and isinstance(held, ir.Call):
            yield from self.mapped(call, held, Outcome.TRUE)
            answer = self.taints.program.value(key)
            if (
                isinstance(answer, ir.Literal) and answer.text == "0"
            ):  # Go: ok, err := regexp.MatchString(pattern, text)
                yield from self.questions.of(call, held, truth=True)
        elif isinstance(inner := self.taints.program.value(at.to(value.base)), ir.Item) and self.aspects.keys(
            at.to(inner.key)
        ):
            yield self.aspects.guard(Proof.MEMBER, at, at.to(inner.key))
        elif self.aspects.keys(key) and not self.aspects.keys(at.to(value.base)):
            yield self.aspects.guard(Proof.MEMBER, at, key)

    def _flag(self, at: At, value: ir.Choice, depth: int) -> Iterator[Guard]:
        """A flag that is set in a branch: whatever the branches prove in which something is set."""
        options = [self.taints.program.value(at.to(option)) for option in value.options]
        inner = [self.taints.program.value(at.to(o.value)) if isinstance(o, ir.Variable) else o for o in options]
        if all(isinstance(option, ir.Literal) and option.kind in {"bool", "null"} for option in inner):
            for block in self.taints.program.function(Fn(at.module, at.function)).blocks:
                if block.kind == "if" and block.test >= 0 and block.test < at.value:
                    yield from self.of(at.to(block.test), True, depth - 1)  # noqa: FBT003 - inside it

    def _call(self, at: At, call: ir.Call, truth: bool, depth: int) -> Iterator[Guard]:  # noqa: FBT001
        name = self.taints.hints.name_of(at.to(call.callee))
        if name in _SOME | _EVERY and (truth or name in _SOME):
            yield from self._each(at, call, truth, depth)
        yield from self.questions.of(at, call, truth=truth)
        if truth and call.args and (shape := self.taints.hints.applied.described.compiled(at.to(call.callee))) != OPEN:
            yield from self.by_shape(at, at.to(call.args[0].value), shape)
        yield from self.mapped(at, call, Outcome.TRUE if truth else Outcome.FALSE)

    def _each(self, at: At, call: ir.Call, truth: bool, depth: int) -> Iterator[Guard]:  # noqa: FBT001
        """``any(… for …)``, ``list.some(x => …)``, ``slices.ContainsFunc(list, func …)``."""
        for argument in call.args:
            value = self.taints.program.value(at.to(argument.value))
            if isinstance(value, ir.Sequence):
                for item in value.items:
                    yield from self.of(at.to(item), truth, depth - 1)
            elif isinstance(value, ir.Closure):
                inner = Fn(at.module, value.function)
                elements = self._elements(at, call)
                for step in self.taints.program.function(inner).steps:
                    if isinstance(step, ir.Return) and step.value >= 0:
                        for guard in self.of(inner.at(step.value), truth, depth - 1):
                            yield from _of_elements(guard, inner, elements)

    def _elements(self, at: At, call: ir.Call) -> set[Key]:
        """What the list holds through which ``some``, ``every`` or ``ContainsFunc`` goes."""
        callee = self.taints.program.value(at.to(call.callee))
        first = self.taints.program.value(at.to(call.args[0].value)) if call.args else None
        if isinstance(callee, ir.Member) and isinstance(first, ir.Closure):
            return self.aspects.keys(at.to(callee.base))
        return self.aspects.keys(at.to(call.args[0].value)) if call.args else set()

    def mapped(self, at: At, call: ir.Call, outcome: Outcome) -> Iterator[Guard]:
        """What a call of the project's functions, or of a schema, proves of its arguments."""
        caller = Fn(at.module, at.function)
        if (checked := self.taints.hints.applied.built.check(at, call)) is not None:
            yield from self.by_shape(at, checked.value, checked.shape)
        if outcome in {Outcome.NORMAL, Outcome.THERE}:
            yield from conversions.read(self.aspects, at, call, found=outcome is Outcome.THERE)
        own = [s for s in callees(self.taints.symbols, at.to(call.callee)) if isinstance(s, Fn)]
        held = [tuple(self._brought(caller, call, fn, outcome)) for fn in own]
        yield from common(held) if len(held) > 1 else (g for guards in held for g in guards)

    def by_shape(self, at: At, subject: At, shape: Shape) -> Iterator[Guard]:
        """What a schema proves of the parts of a value that passed it."""
        keys = self.aspects.keys(subject)
        place = self.taints.program.location(at.module, self.aspects.line(at))
        for path, part in shape.leaves() if keys else ():
            proof = Proof.PLAIN if part.words else Proof.PATTERN
            held = frozenset((entered, (*taken, *path)) for entered, taken in keys)
            yield Guard(proof, held, place, details=part.patterns)

    def _is_off(self, caller: Fn, call: ir.Call, switch: Formal) -> bool:
        """Whether a call never sets the switch, or whoever sends the value may say whether it is checked, too."""
        given = list(self.taints.arguments(caller, call, switch))
        constants = [self.taints.program.value(self.taints.program.bare(argument)) for argument in given]
        if all(isinstance(one, ir.Literal) and one.kind == "null" for one in constants):
            return True
        held = [o for argument in given for o in self.taints.of(argument, ())]
        return any(o.nature in CHOSEN or (o.formal is not None and o.formal.fn == caller) for o in held)

    def _brought(self, caller: Fn, call: ir.Call, fn: Fn, outcome: Outcome) -> Iterator[Guard]:
        for guard in self.summary(fn, outcome):
            switch = guard.switch[0] if guard.switch is not None else None
            if isinstance(switch, Formal) and switch.fn == fn and self._is_off(caller, call, switch):
                continue
            keys: set[Key] = set()
            aspect, normalised = guard.aspect, guard.normalised
            for held, path in guard.keys:
                if not isinstance(held, Formal) or held.fn != fn:
                    keys |= kept(self.taints, caller, call, fn, (held, path))
                    continue
                for argument in self.taints.arguments(caller, call, held):
                    found = (o for o in self.taints.of(argument, path) if o.formal is not None or o.nature in CHOSEN)
                    keys |= {key_of(o) for o in found}
                    of, resolved = self.aspects.aspect(argument)
                    aspect, normalised = (of if aspect is Aspect.WHOLE else aspect), normalised or resolved
            yield replace(guard, keys=frozenset(keys), aspect=aspect, normalised=normalised)


def _of_elements(guard: Guard, inner: Fn, elements: set[Key]) -> Iterator[Guard]:
    """A check of a callback's parameter is one of the elements; what is found among a caller's is in no closed set."""
    own = {key for key in guard.keys if isinstance(key[0], Formal) and key[0].fn == inner}
    if own or not elements or guard.proof is not Proof.MEMBER:
        yield replace(guard, keys=frozenset((guard.keys - own) | elements)) if own and elements else guard


def common(held: Iterable[tuple[Guard, ...]]) -> Iterator[Guard]:
    """What each of several alternatives proves, of the values that all of them check."""
    alternatives = passed_over(held)
    if not alternatives or not all(alternatives):
        return
    keys = frozenset.intersection(*(frozenset(k for g in guards for k in g.keys) for guards in alternatives))
    if keys:
        best = min(
            (g for guards in alternatives for g in guards if g.keys & keys), key=lambda g: g.proof is Proof.MEMBER
        )
        yield replace(best, keys=keys)


def shared(exits: list[tuple[Guard, ...]]) -> Iterator[Guard]:
    """The checks of values that every way out has checked.

    What tells two ways out apart is no check: behind ``if not name: return``, which also ends well, any name is left.
    """
    exits = passed_over(exits)
    left = [tuple(g for g in guards if g.proof is not Proof.LACKS or g.details != ("",)) for guards in exits]
    if not list(common(left)):
        return
    keys = frozenset.intersection(*(frozenset(k for g in guards for k in g.keys) for guards in left))
    apart = {g for n, guards in enumerate(exits) for g in guards if _tells_apart(g, n, exits)}
    yield from dict.fromkeys(g for guards in left for g in guards if g.keys & keys and g not in apart)


def _tells_apart(guard: Guard, number: int, exits: list[tuple[Guard, ...]]) -> bool:
    """Whether a value goes out here because it is what, on another way out, it is not."""
    lacking = {n for n, held in enumerate(exits) for g in held if g.proof is Proof.LACKS and g.subject == guard.subject}
    return guard.proof is Proof.MEMBER and guard.subject is not None and bool(lacking) and number not in lacking
