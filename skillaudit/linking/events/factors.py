"""Second factors: which conditions let only those pass who know, or were told, something that the call does not say.

Words say that a condition is meant as one (``confirmation``, ``otp``, an administrator's code). Whether it is one says
what it compares: a code with itself, with what the same caller sent, or with a constant of the code stops nobody, nor
does a condition that constants decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.connectives import Reading
from skillaudit.linking.calls.leaving import ancestors, ends, lifted
from skillaudit.linking.events.alike import alike
from skillaudit.linking.events.expanded import Expansions
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.whence import Frame, Whence, Whences
from skillaudit.model import Location

_FACTORS = {
    "confirm", "confirmation", "confirmed", "otp", "totp", "mfa", "approval", "approved", "elicit", "elicitation",
    "passphrase", "reauthenticate", "reauth",
}  # fmt: skip
_COMPARES = {"compare", "timing", "constant", "verify", "safe", "equal", "digest", "check", "checkpw"}
_CODES = {"token", "code", "key", "secret", "hash", "digest", "password", "passphrase", "otp", "totp"}
_EQUAL, _UNEQUAL = {"==", "===", "is"}, {"!=", "!==", "is not"}
_ORDERING = {"localeCompare", "Compare", "compare"}
"""What gives zero for equal texts, not one."""

_LOOKS = {
    "startswith", "endswith", "startsWith", "endsWith", "test", "match", "fullmatch", "search", "isalnum",
    "isdigit", "HasPrefix", "HasSuffix", "MatchString", "isinstance", "any", "all",
}  # fmt: skip
_HOLDS = {"includes", "has", "contains", "Contains"}
_COMPARING = {"compare", "equal", "equals", "eq", "identical"}
_PAIR = 2
_DEPTH = 12
_CALLS = 3


@dataclass(slots=True)
class Factors:
    """Answers for one step at a time."""

    box: Toolbox
    coverage: Coverage
    expansions: Expansions
    whences: Whences = field(init=False)

    def __post_init__(self) -> None:
        """Know who could know a value."""
        self.whences = Whences(self.box)

    def before(self, fn: Fn, block: int, line: int) -> Location | None:
        """Where a second factor is asked for in front of a step: around it, before it, or in a call that raises."""
        return next((self.box.program.location(*place) for place in self._asked(fn, block, line, (), said=True)), None)

    def _asked(self, fn: Fn, block: int, line: int, frame: Frame, *, said: bool) -> Iterator[tuple[int, int]]:
        """Module and line of each condition that a step stands behind; ``said``: its words must say what it is."""
        function = self.box.program.function(fn)
        around = set(ancestors(function, block))
        for number, held in enumerate(function.blocks):
            if held.kind not in {"if", "else", "case"} or held.test < 0:
                continue
            inside, sense = number in around, held.kind != "else"
            behind = held.exits and held.end_line < line and not inside
            if behind:
                behind = lifted(function, held.parent, leaves=ends(function, number)) in around
            test = fn.at(held.test)
            meant = (inside or behind) and (not said or self._second_factor(test))
            if meant and self._proves(test, frame, sense=sense is inside):
                yield fn.module, held.line
        yield from self._called(fn, around, line, frame, said=said)

    def _called(self, fn: Fn, around: set[int], line: int, frame: Frame, *, said: bool) -> Iterator[tuple[int, int]]:
        """Calls before a step that raise where the factor is wrong."""
        function = self.box.program.function(fn)
        for edge in self.box.calls.out.get(fn, ()) if len(frame) < _CALLS else ():
            target = self.box.program.function(edge.target)
            raises = any(isinstance(step, ir.Raise) for step in target.steps)
            if edge.handed or edge.line >= line or not raises or lifted(function, edge.block) not in around:
                continue
            if not said or self._second_factor(fn.at(edge.value)):
                inner = ((edge.target, fn, edge.value), *frame)
                found = self._asked(edge.target, 0, target.end_line + 1, inner, said=False)
                yield from ((fn.module, edge.line) for _ in found)

    def _second_factor(self, at: At) -> bool:
        said = self.expansions.of(at).words
        secret = bool({"admin", "operator", "root", "second"} & said) and bool(
            {"token", "code", "key", "secret"} & said
        )
        return bool(_FACTORS & said) or (secret and bool(_COMPARES & said | {"="}))

    # --- what a condition proves

    def _proves(self, at: At, frame: Frame, *, sense: bool) -> bool:
        """Whether only who knows something passes where a condition holds (``sense``), or does not."""

        def asked(at: At, /, *, sense: bool, depth: int) -> Iterator[bool]:
            return self._part(at, frame, sense=sense, depth=depth)

        return any(Reading(self.box.program, asked, _either).of(at, sense=sense, depth=_DEPTH))

    def _part(self, at: At, frame: Frame, *, sense: bool, depth: int) -> Iterator[bool]:
        """True for a proof; False where this way is closed by constants, or is not the client's to open."""
        program = self.box.program
        value = program.value(at)
        match value:
            case ir.Name() if depth and (outer := program.lexical(Fn(at.module, at.function), value.name)):
                yield from self._part(outer, frame, sense=sense, depth=depth - 1)
                return
            case ir.Operation(operator=operator, operands=(left, right)) if operator in _EQUAL | _UNEQUAL and depth:
                equal = sense is (operator in _EQUAL)
                proven = self._compared(at.to(left), at.to(right), frame, equal=equal, depth=depth)
            case ir.Operation(operator="in" | "not in", operands=(one, several)):
                proven = sense is (value.operator == "in") and self._among(at.to(one), at.to(several), frame)
            case ir.Call():
                proven = self._checked(at, value, frame, sense=sense)
            case ir.Member(base=base) | ir.Item(base=base):
                proven = self._part_of_answer(program.bare(at.to(base)), frame, sense=sense)
            case _:
                proven = False
        if proven:
            yield True
        elif self._closed(at, frame, sense=sense):
            yield False

    def _closed(self, at: At, frame: Frame, *, sense: bool) -> bool:
        """Whether no client chooses this way: constants close it, or the operator decides."""
        truth = self.coverage.unasked.conditions.truth(at)
        if truth is sense and not _CODES & set(words(self.box.program.called(at))):
            return False
        return truth is (not sense) or self.whences.of(at, frame) is Whence.OUTSIDE

    def _compared(self, left: At, right: At, frame: Frame, *, equal: bool, depth: int) -> bool:
        program = self.box.program
        for one, other in ((left, right), (right, left)):
            constant = program.value(program.bare(other))
            if isinstance(constant, ir.Literal) and constant.kind in {"num", "bool", "null"}:
                return self._answered(program.bare(one), constant, frame, equal=equal, depth=depth)
        return equal and self._differ(left, right, frame)

    def _among(self, one: At, several: At, frame: Frame) -> bool:
        """Whether a value is one of several that the call does not say."""
        held = self.box.program.bare(several)
        listed = self.box.program.value(held)
        if isinstance(listed, ir.Sequence):
            return bool(listed.items) and all(self._differ(one, held.to(item), frame) for item in listed.items)
        return self._differ(one, several, frame)

    def _part_of_answer(self, at: At, frame: Frame, *, sense: bool) -> bool:
        """``answer.accepted``, ``ok`` of ``ok, err := verify(code)``: what several say is not taken apart."""
        call = self.box.program.value(at)
        if not sense or not isinstance(call, ir.Call):
            return False
        return self.whences.of(at, frame) is Whence.OUTSIDE if self._own(at, call) else self._says_so(at, call, frame)

    def _answered(self, at: At, constant: ir.Literal, frame: Frame, *, equal: bool, depth: int) -> bool:
        """``Compare(a, b) != 1``, ``verify(code) is True``, ``err != nil``."""
        call = self.box.program.value(at)
        if constant.kind == "null" and isinstance(call, ir.Call) and not self._own(at, call):
            go = self.box.program.modules[at.module].language == "go"  # what gives no error is right
            return equal and go and self._says_so(at, call, frame)
        if constant.kind == "null":
            return isinstance(call, ir.Call) and self._ends(at, call, frame, None if equal else True)
        zero = not constant.text.strip("0.") or constant.text.lower() == "false"
        ordered = isinstance(call, ir.Call) and self.box.program.called(at.to(call.callee)) in _ORDERING
        return any(self._part(at, frame, sense=equal is (zero is ordered), depth=depth - 1))

    def _checked(self, at: At, call: ir.Call, frame: Frame, *, sense: bool) -> bool:
        """Whether a call's answer says that what it was given is right."""
        if self._own(at, call):
            return self._ends(at, call, frame, sense)
        return sense and self._says_so(at, call, frame)

    def _says_so(self, at: At, call: ir.Call, frame: Frame) -> bool:
        """Whether a library's answer, if it is yes, says that the caller knows something."""
        program = self.box.program
        name = program.called(at.to(call.callee))
        given = [at.to(argument.value) for argument in call.args]
        callee = program.value(at.to(call.callee))
        base = at.to(callee.base) if isinstance(callee, ir.Member) else None
        if name in _HOLDS and base is not None and given:
            return self.whences.of(base, frame) is Whence.OUTSIDE and self._differ(base, given[0], frame)
        if name in _LOOKS:
            return False
        if _COMPARING & set(words(name)):
            pair = [base, *given] if base is not None and len(given) == 1 else given
            return len(pair) >= _PAIR and self._differ(pair[0], pair[1], frame)
        return self.whences.of(at, frame) is Whence.OUTSIDE

    def _own(self, at: At, call: ir.Call) -> list[Fn]:
        return [s for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]

    def _differ(self, left: At, right: At, frame: Frame) -> bool:
        """Whether two values are equal only where somebody knows what the call does not say."""
        known = {self.whences.of(left, frame), self.whences.of(right, frame)}
        return Whence.OUTSIDE in known and not alike(self.box.program, left, right)

    # --- what functions of the project say

    def _ends(self, at: At, call: ir.Call, frame: Frame, outcome: bool | None) -> bool:  # noqa: FBT001 - what a call gives
        """Whether the functions called come to true, false or nothing (None) only behind a proof."""
        own = self._own(at, call) if len(frame) < _CALLS else []
        fn = Fn(at.module, at.function)
        return bool(own) and all(self._proven(one, ((one, fn, at.value), *frame), outcome) for one in own)

    def _proven(self, fn: Fn, frame: Frame, outcome: bool | None) -> bool:  # noqa: FBT001 - what a call gives
        function = self.box.program.function(fn)
        ways = [s for s in function.steps if isinstance(s, ir.Return) and not s.yields]
        held = [found for step in ways if (found := self._way(fn, step, frame, outcome)) is not None]
        if not outcome and not function.blocks[0].exits:
            held.append(any(self._asked(fn, 0, function.end_line + 1, frame, said=False)))
        return bool(held) and all(held)

    def _way(self, fn: Fn, step: ir.Return, frame: Frame, outcome: bool | None) -> bool | None:  # noqa: FBT001 - what a call gives
        """Whether a way out is proven; None where it gives something else."""
        program = self.box.program
        value = program.value(program.bare(fn.at(step.value))) if step.value >= 0 else ir.Literal("null", "")
        if isinstance(value, ir.Literal):
            empty = value.kind == "null" or value.text.lower() in {"", "false", "0"}
            other = bool(outcome) is empty
        else:
            other = outcome is None
        if other:
            return None
        behind = any(self._asked(fn, step.block, step.line, frame, said=False))
        if behind or isinstance(value, ir.Literal):
            return behind
        return self._proves(fn.at(step.value), frame, sense=bool(outcome))


def _either(ways: list[tuple[bool, ...]]) -> Iterator[bool]:
    """One of several ways was taken: a proof, if there is one in each that is open to the client."""
    if all(ways):
        yield from (one for way in ways for one in way)
