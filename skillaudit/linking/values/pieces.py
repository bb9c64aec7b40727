"""How many characters of a text a slice or a method such as ``substring`` leaves."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import ALL_BUT_FEW
from skillaudit.linking.knowledge import forms
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, Symbols
from skillaudit.linking.values.origin import Origin, cut

_DEPTH = 5
_LENGTHS = {"len", "length"}
_CUTS = {"slice", "substring", "substr"}
_BEGINNINGS = {"startswith", "startsWith"}
_BOTH = 2


@dataclass(slots=True)
class Pieces:
    """Reads bounds; a number that is not known counts as nothing, so that no claim rests on it."""

    program: Program
    symbols: Symbols
    _units: dict[Fn, dict[int, int]] = field(default_factory=dict)

    def units(self, fn: Fn) -> dict[int, int]:
        """The parameters that say how much a masking function leaves, by position, each with its default or 1."""
        if fn not in self._units:
            self._units[fn] = {}
            for value in self.program.function(fn).values:
                bounds = value.children if isinstance(value, ir.Opaque) and value.kind == "slice" else ()
                if isinstance(value, ir.Call) and self._called(fn.at(0), value) in _CUTS:
                    bounds = tuple(argument.value for argument in value.args)
                for bound in bounds:
                    self._note(fn, fn.at(bound))
        return self._units[fn]

    def _note(self, fn: Fn, at: At) -> None:
        value = self.program.value(at)
        if isinstance(value, ir.Operation) and len(value.operands) == 1:
            self._note(fn, at.to(value.operands[0]))
        elif isinstance(value, ir.Param):
            self._units[fn][value.index] = next(self._numbers(at, _DEPTH), 1)

    def rescaled(self, kept: int, unit: int, at: At) -> int:
        """What is left where the value, and not the unit that ``kept`` was found with, says how much."""
        number = next(self._numbers(at, _DEPTH), None)
        return kept if number is None or not unit or kept >= ALL_BUT_FEW else kept * number // unit

    def sized(self, fn: Fn, origins: Iterable[Origin], arguments: Callable[[int], Iterable[At]]) -> Iterator[Origin]:
        """What a function gives back, pieces as long as the arguments of its call say, which are given by position."""
        for origin in origins:
            kept = origin.kept
            for position, unit in self.units(fn).items() if kept else ():
                for argument in arguments(position):
                    kept = self.rescaled(kept, unit, argument)
            yield replace(origin, kept=kept)

    def leaves_rest(self, fn: Fn) -> bool:
        """Whether a function gives back all of a parameter but its first characters: ``"****" + s.slice(4)``."""
        returned = (s.value for s in self.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0)
        return any(self._shows_rest(fn.at(value), _DEPTH) for value in returned)

    def _shows_rest(self, at: At, depth: int) -> bool:
        value = self.program.value(at)
        match value:
            case ir.Text(parts=parts) | ir.Operation(operator="+", operands=parts) | ir.Choice(options=parts) if depth:
                return any(self._shows_rest(at.to(part), depth - 1) for part in parts)
            case ir.Variable(value=inner) if depth:
                return self._shows_rest(at.to(inner), depth - 1)
            case ir.Call(args=(only,)) if self._called(at, value) in _CUTS:
                callee = self.program.value(at.to(value.callee))
                return isinstance(callee, ir.Member) and self._is_rest(at.to(callee.base), (only.value,))
            case ir.Item(base=base, key=key) if isinstance(cut := self.program.value(at.to(key)), ir.Opaque):
                return cut.kind == "slice" and self._is_rest(at.to(base), cut.children)
            case _:
                return False

    def _is_rest(self, base: At, bounds: tuple[int, ...]) -> bool:
        whole = isinstance(self.program.value(self.program.bare(base)), ir.Param)
        return whole and self.of_slice(base, bounds) == ALL_BUT_FEW and (self._bound(base, bounds[0]) or 0) > 0

    def known_prefix(self, at: At, value: ir.Item) -> int:
        """How much of ``x[:n]`` a condition around it told before: ``if x.startswith("mini_"):``."""
        key = self.program.value(at.to(value.key))
        if not isinstance(key, ir.Opaque) or not key.children or not self._is_start(at.to(key.children[0])):
            return 0
        blocks = self.program.function(Fn(at.module, at.function)).blocks
        tests = [b.test for b in blocks if b.kind == "if" and b.test >= 0 and b.line <= value.line <= b.end_line]
        return max((self._told(at.to(test), self.program.bare(at.to(value.base))) for test in tests), default=0)

    def _is_start(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Literal) and value.text in {"0", "null", "None", ""}

    def _told(self, test: At, asked: At) -> int:
        """The length of the beginning that a condition asks for of a value."""
        value = self.program.value(self.program.bare(test))
        match value:
            case ir.Operation(operator="and" | "&&", operands=operands):
                return max(self._told(test.to(one), asked) for one in operands)
            case ir.Call(args=(first, *_)) if self._called(test, value) in _BEGINNINGS:
                callee = self.program.value(test.to(value.callee))
                prefix = self.program.value(test.to(first.value))
                same = isinstance(callee, ir.Member) and self.program.bare(test.to(callee.base)) == asked
                return len(prefix.text) if same and isinstance(prefix, ir.Literal) else 0
            case _:
                return 0

    def of_slice(self, at: At, bounds: tuple[int, ...]) -> int:
        """What ``x[start:stop]`` leaves."""
        start, stop = (self._bound(at, bounds[i]) if i < len(bounds) else None for i in (0, 1))
        if len(bounds) > 1 and not self._is_absent(at.to(bounds[1])):
            return self._between(start or 0, stop)
        return self._after(start)

    def of_method(self, at: At, call: ir.Call, name: str) -> int:
        """What ``slice``, ``substring`` or ``substr`` leaves."""
        bounds = [self._bound(at, argument.value) for argument in call.args]
        if name not in _CUTS or not bounds:
            return 0
        if len(bounds) < _BOTH:
            return self._after(bounds[0])
        if name == "substr":
            return max(bounds[1] or 0, 0)
        return self._between(bounds[0] or 0, bounds[1])

    def formatted(self, at: At, value: ir.Operation, origins: Iterable[Origin]) -> Iterator[Origin]:
        """What a replacement field shows of its value: ``{token:.8}`` shows eight characters."""
        spec = self.program.value(at.to(value.operands[-1])) if value.operator == "format" else None
        most = forms.length_of_spec(spec.text) if isinstance(spec, ir.Literal) else 0
        yield from (cut(origin, most) if most else origin for origin in origins)

    def of_percent(self, at: At, text: ir.Text, held: Callable[[At], Iterable[Origin]]) -> Iterator[Iterable[Origin]]:
        """What each part of a text holds, cut where ``"%.8s" % token`` says so; ``held`` looks at one part."""
        first = self.program.value(at.to(text.parts[0])) if text.style == "percent" else None
        told = forms.lengths_of(first.text) if isinstance(first, ir.Literal) else ()
        for number, part in enumerate(text.parts):
            most = told[number - 1] if 0 < number <= len(told) else 0
            origins = held(at.to(part))
            yield (cut(origin, most) for origin in origins) if most else origins

    def _between(self, start: int, stop: int | None) -> int:
        if stop is None:
            return 0
        return ALL_BUT_FEW if stop < 0 <= start else max(stop - start, 0)

    def _after(self, start: int | None) -> int:
        if start is None:
            return 0
        return -start if start < 0 else ALL_BUT_FEW

    def _is_absent(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Literal) and value.kind == "null"

    def _bound(self, at: At, value: int) -> int | None:
        return next(self._numbers(at.to(value), _DEPTH), None)

    def _numbers(self, at: At, depth: int) -> Iterator[int]:  # noqa: C901 - one case per kind of value
        """The number that an expression stands for; a distance from the end is negative."""
        value = self.program.value(at)
        if not depth:
            return
        match value:
            case ir.Literal(kind="num", text=text) if text.isdecimal():
                yield int(text)
            case ir.Variable():
                yield from self._numbers(at.to(value.value), depth - 1)
            case ir.Param():
                function = self.program.function(Fn(at.module, at.function))
                default = function.params[value.index].default
                if default >= 0 and function.parent >= 0:
                    yield from self._numbers(At(at.module, function.parent, default), depth - 1)
                yield 1
            case ir.Operation(operator="-", operands=operands):
                if len(operands) == 1 or self._is_length(at.to(operands[0])):
                    yield from (-number for number in self._numbers(at.to(operands[-1]), depth - 1))
            case ir.Call() if self._called(at, value) in {"min", "max"}:
                numbers = (n for argument in value.args for n in self._numbers(at.to(argument.value), depth - 1))
                yield from sorted(numbers)[:1]
            case ir.Name() | ir.Import() | ir.Member():
                for symbol in self.symbols.resolve(at):
                    if isinstance(symbol, Data):
                        yield from self._numbers(symbol.at, depth - 1)
            case _:
                return

    def _called(self, at: At, call: ir.Call) -> str:
        callee = self.program.value(at.to(call.callee))
        return callee.name if isinstance(callee, ir.Name | ir.Member) else ""

    def _is_length(self, at: At) -> bool:
        value = self.program.value(at)
        if isinstance(value, ir.Variable):
            return self._is_length(at.to(value.value))
        return (isinstance(value, ir.Member) and value.name in _LENGTHS) or (
            isinstance(value, ir.Call) and self._called(at, value) in _LENGTHS
        )
