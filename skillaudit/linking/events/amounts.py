"""What a number comes to where nobody sets it: constants, sums and products of them, defaults of settings and calls."""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import add, mul, sub, truediv

from skillaudit import ir
from skillaudit.linking.events.alike import alike
from skillaudit.linking.names.members import members
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal, Instance, Symbol
from skillaudit.linking.registrations.toolbox import Toolbox

_CALLS = 8
"""So many calls deep a number is followed into what functions give back."""
_INFINITE = re.compile(
    r"^(?:math|numpy|np|cmath)\.(?:inf|Inf|infty)$|^(?:Number\.|globalThis\.)?(?:POSITIVE_INFINITY|Infinity)$|^math\.MaxFloat64$"
)
_LARGEST = {
    "sys.maxsize": 2.0**63, "Number.MAX_SAFE_INTEGER": 2.0**53, "Number.MAX_VALUE": math.inf, "math.MaxInt": 2.0**63,
    "math.MaxInt64": 2.0**63, "math.MaxUint64": 2.0**64, "math.MaxUint": 2.0**64, "math.MaxInt32": 2.0**31,
    "math.MaxUint32": 2.0**32, "math.MaxFloat32": math.inf, "sys.float_info.max": math.inf,
}  # fmt: skip
_ENVIRONMENT = re.compile(r"^(?:os\.environ|process\.env|import\.meta\.env|Deno\.env|Bun\.env)\b")
_GETTERS = re.compile(r"^(?:os\.(?:getenv|environ\.get|Getenv)|(?:Deno|process|Bun)\.env\.get)$")
_SAME = {
    "int", "float", "Number", "parseInt", "parseFloat", "BigInt", "LoadInt64", "LoadInt32", "LoadUint64", "Load",
    "round", "abs", "floor", "ceil", "trunc", "int64", "int32", "uint64", "uint32", "float64", "Duration",
    "Field", "field", "timedelta", "Decimal", "str", "String",
}  # fmt: skip
"""Functions that give back the number that they are given, or nearly."""

_MOST, _SHIFT = 1024.0, 128.0
_SIMPLE: dict[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul, "/": truediv}

Frame = tuple[tuple[Fn, Fn, int], ...]
"""The calls that led into a function, the last one first: what is called, by whom, and the number of the call."""


@dataclass(slots=True)
class Amounts:
    """Answers for one value at a time; None where nothing can be said.

    ``changing`` are names of members that are state, so that what they begin with says nothing.
    """

    box: Toolbox
    changing: frozenset[str] = frozenset()
    _told: dict[tuple[At, Frame], float | None] = field(default_factory=dict)

    def of(self, at: At, frame: Frame = ()) -> float | None:
        """The number, in a function that was called by ``frame``; infinite ones are ``inf``.

        A number that is made of itself is not known.
        """
        key = (at, frame)
        if key not in self._told:
            self._told[key] = None
            self._told[key] = self._of(at, frame)
        return self._told[key]

    def _of(self, at: At, frame: Frame) -> float | None:  # noqa: PLR0911 - one case per kind
        program = self.box.program
        value = program.value(at)
        fn = Fn(at.module, at.function)
        match value:
            case ir.Literal():
                return _number(value)
            case ir.Variable():
                return None if program.assigned(fn, value.name) else self.of(at.to(value.value), frame)
            case ir.Name():
                outer = program.lexical(fn, value.name)
                return self.of(outer, frame) if outer else self._known(at, value.name)
            case ir.Import():
                target = program.imported(at.module, value.module, value.symbol)
                return self.of(target, frame) if isinstance(target, At) else self._known(at, value.symbol)
            case ir.Member():
                return self._member(at, value, frame)
            case ir.Param():
                return self._param(fn, value.index, frame)
            case ir.Closure():
                return self._returned(Fn(at.module, value.function), frame)
            case ir.Operation():
                return self._operation(at, value, frame)
            case ir.Call():
                return self._call(at, value, frame)
            case _:
                return None

    def _paths(self, at: At) -> list[str]:
        return [s.path for s in self.box.symbols.resolve(at) if isinstance(s, External)]

    def _known(self, at: At, name: str) -> float | None:
        """A constant of the language or its library."""
        for path in (name, *self._paths(at)):
            if _INFINITE.match(path):
                return math.inf
            if path in _LARGEST:
                return _LARGEST[path]
        return None

    def _member(self, at: At, value: ir.Member, frame: Frame) -> float | None:
        known = self._known(at, "")
        if known is not None or value.name in self.changing:
            return known
        base = self.box.program.given(at.to(value.base))
        record = self.box.program.value(base)
        held = (
            [base.to(e.value) for e in record.entries if e.key == value.name] if isinstance(record, ir.Record) else []
        )
        if not held:
            symbols = self.box.symbols.resolve(at.to(value.base))
            held = [one for symbol in symbols for one in self._held(symbol, value.name)]
        return _least(self.of(one, frame) for one in held)

    def _held(self, symbol: Symbol, name: str) -> Iterator[At]:
        """What a field is given where its object is made, else its default."""
        program = self.box.program
        given: list[At] = []
        for fn, number in self.box.calls.made.get(symbol.cls, ()) if isinstance(symbol, Instance) else ():
            call = program.value(fn.at(number))
            if isinstance(call, ir.Call):
                given += [fn.at(a.value) for a in call.args if a.name == name]
        yield from given or members(program, self.box.symbols, symbol, name)

    def _param(self, fn: Fn, index: int, frame: Frame) -> float | None:
        """What the call at hand passes, else what all callers in sight pass."""
        if self.box.roles.of(Formal(fn, index)) is not None:
            return None
        if frame and frame[0][0] == fn:
            return _least(self._given(*frame[0][1:], Formal(fn, index), frame[1:]))
        program = self.box.program
        callers = [one for one in self.box.origins.callers.get(fn, ()) if program.surface(one[0].module).counts]
        found = [one for caller, number in callers for one in self._given(caller, number, Formal(fn, index), ())]
        return found[0] if found and len(set(found)) == 1 else None

    def _given(self, caller: Fn, number: int, formal: Formal, outer: Frame) -> Iterator[float | None]:
        given = self.box.origins.callings.given(caller, number, formal)
        yield from (self.of(one, outer) for one in given)

    def _operation(self, at: At, value: ir.Operation, frame: Frame) -> float | None:
        operands = [at.to(one) for one in value.operands]
        if value.operator in {"??", "||", "or"}:
            first = self.of(operands[0], frame)
            if first is None:
                return self.of(operands[-1], frame) if self._unset(operands[0]) else None
            return first if first or value.operator == "??" else self.of(operands[-1], frame)
        if value.operator == "-" and len(operands) > 1 and alike(self.box.program, operands[0], operands[1]):
            return 0.0
        numbers = [self.of(one, frame) for one in operands]
        if value.operator == "*" and 0.0 in numbers:
            return 0.0
        known = [one for one in numbers if one is not None]
        return _calculated(value.operator, known) if len(known) == len(numbers) else None

    def _unset(self, at: At) -> bool:
        """A variable of the environment, without a default of its own."""
        bare = self.box.program.bare(at)
        value = self.box.program.value(bare)
        if isinstance(value, ir.Call) and value.args and self.box.program.called(bare.to(value.callee)) in _SAME:
            return self._unset(bare.to(value.args[0].value))
        called = bare.to(value.callee) if isinstance(value, ir.Call) else bare
        inner = [bare.to(value.base)] if isinstance(value, ir.Item | ir.Member) else []
        paths = [path for one in (called, *inner) for path in self._paths(one)]
        return any(_ENVIRONMENT.match(path) or _GETTERS.match(path) for path in paths)

    def _call(self, at: At, call: ir.Call, frame: Frame) -> float | None:
        fn = Fn(at.module, at.function)
        own = [s for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        if own and len(frame) == _CALLS:
            return None
        if own:
            return _least(self._returned(one, ((one, fn, at.value), *frame)) for one in own)
        given = [at.to(a.value) for a in call.args]
        named = {a.name: at.to(a.value) for a in call.args if a.name}
        if any(_GETTERS.match(path) for path in self._paths(at.to(call.callee))):
            return self.of(given[1], frame) if len(given) > 1 else None
        name = self.box.program.called(at.to(call.callee))
        chosen = next((named[key] for key in ("default", "default_factory") if key in named), None)
        if name in {"min", "max", "Min", "Max"}:
            return _limited(name.lower(), [self.of(one, frame) for one in given])
        if name in _SAME and (chosen or given):
            return self.of(chosen or given[0], frame)
        return None

    def _returned(self, fn: Fn, frame: Frame) -> float | None:
        """What a function gives back; what it reads from outside is not set, so that its default counts."""
        steps = [s for s in self.box.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0]
        found = {number for s in steps if (number := self.of(fn.at(s.value), frame)) is not None}
        return found.pop() if len(found) == 1 else None


def _number(value: ir.Literal) -> float | None:
    text = value.text.replace("_", "").rstrip("n")
    if value.kind not in {"num", "str"} or not text:
        return None
    if value.kind == "str" and text.lower().lstrip("+") not in {"inf", "infinity"} and not text[0].isdigit():
        return None
    try:
        return float(int(text, 0)) if text[:2].lower() in {"0x", "0o", "0b"} else float(text.lstrip("+"))
    except ValueError:
        return None


def _calculated(operator: str, numbers: list[float]) -> float | None:
    match operator, numbers:
        case "-", [one]:
            return -one
        case "**", [one, other] if 0 <= other <= _MOST and 0 < one <= _MOST:
            return math.inf if other * math.log2(one) > _MOST - 1 else float(one**other)
        case "<<", [one, other] if 0 <= other <= _SHIFT:
            return float(one * 2.0**other)
        case "+" | "-" | "*" | "/" | "//", [one, other] if other or operator[0] != "/":
            return float(_SIMPLE[operator[0]](one, other))
        case _:
            return None


def _limited(name: str, numbers: list[float | None]) -> float | None:
    """``max`` is at least what is known of its arguments, ``min`` at most."""
    known = [one for one in numbers if one is not None]
    if name == "max" and math.inf in known:
        return math.inf
    return None if len(known) < len(numbers) or not known else max(known) if name == "max" else min(known)


def _least(found: Iterable[float | None]) -> float | None:
    held = list(found)
    known = [one for one in held if one is not None]
    return min(known) if known and len(known) == len(held) else None
