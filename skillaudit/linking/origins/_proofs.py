"""What a condition proves of the values in it, where it holds and where it does not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.connectives import Reading
from skillaudit.linking.knowledge.closedsets import (
    ASKING,
    BREAKS,
    BROAD,
    CONTAINS,
    CONVERTING,
    FINDING,
    GUARDING_TYPES,
    HAS,
    INDEXES,
    NOT_TEXT,
    SERVICES,
    excludes_line_breaks,
)
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbol, Symbols
from skillaudit.linking.origins._expected import Asked, Expected, Proof, Proved
from skillaudit.linking.origins.asserted import asserted
from skillaudit.linking.values.origin import Origin, Path
from skillaudit.linking.values.schemas import Shape, Shapes

_DEPTH = 12
_EQUAL = {"==", "===", "is", "in"}
_UNEQUAL = {"!=", "!==", "is not", "not in"}
_FOUND = {">", ">=", "!=", "!=="}
_NO_TEXT = {"number", "boolean", "bigint", "undefined"}
_FAILED = {"error", "issues", "errors"}
_MISSING = {"<", "==", "==="}
_ORDER = {"<", ">", "<=", ">="}
_NUMERIC = {"Number.isInteger", "Number.isFinite", "Number.isSafeInteger"}


def joined(alternatives: Sequence[Iterable[Proof]]) -> Iterator[Proof]:
    """What every one of several ways proves."""
    held = [list(proofs) for proofs in alternatives]
    for proof in dict.fromkeys(held[0]) if held else ():
        if all(any(p.covers(proof.root) and p.proved >= proof.proved for p in other) for other in held[1:]):
            yield proof


@dataclass(slots=True)
class Proofs:
    """Reads conditions; ``summary`` says what a project's function proves by its answer."""

    program: Program
    symbols: Symbols
    origins: Callable[[At, Path], tuple[Origin, ...]]
    summary: Callable[[Fn, Asked], tuple[Proof, ...]]
    expected: Expected = field(init=False)
    schemas: Shapes = field(init=False)

    def __post_init__(self) -> None:
        """Read operands with the same knowledge, and schemas that are known to be applied."""
        self.expected = Expected(self.program, self.symbols, self.origins)
        self.schemas = Shapes(self.program, self.symbols, json=True)

    def of(self, at: At, *, sense: bool, depth: int = _DEPTH) -> Iterator[Proof]:
        """What holds where the condition does (``sense``), or does not."""
        yield from Reading(self.program, self._asked, joined).of(at, sense=sense, depth=depth)

    def _asked(self, at: At, *, sense: bool, depth: int) -> Iterator[Proof]:
        """The same for a condition that is not put together of others."""
        value = self.program.value(at)
        match value:
            case ir.Operation(operands=(_, _)):
                yield from self._compared(at, value, sense=sense, depth=depth)
            case ir.Opaque(kind="ok", children=(inner, *_)):
                yield from self.of(at.to(inner), sense=sense, depth=depth - 1)
            case ir.Choice():
                asked = Asked(sense)
                open_ = [
                    o
                    for o in value.options
                    if self.expected.truth(self.program.bare(at.to(o)), asked) is not (not sense)
                ]
                yield from joined([tuple(self.of(at.to(o), sense=sense, depth=depth - 1)) for o in open_])
            case ir.Item() | ir.Member() | ir.Call() | ir.Param() | ir.Element():
                yield from self._held_true(at, value, sense=sense)
            case _:
                return

    def _held_true(self, at: At, value: ir.Value, *, sense: bool) -> Iterator[Proof]:
        """What follows from one value that is true, or is empty, zero or null: then it holds no text."""
        match value:
            case ir.Item():
                yield from self._item(at, value, sense=sense)
            case ir.Call():
                yield from self._call(at, value, sense=sense)
            case _:
                pass
        if not isinstance(value, ir.Param | ir.Element):
            yield from self._part(at, Asked(sense))
        if not sense:
            yield from self.expected.closed(at)

    def passing(self, at: At, call: ir.Call) -> Iterator[Proof]:
        """What holds after a call that came back: conversions raise otherwise, and so do the project's validators."""
        for symbol in self.symbols.resolve(at.to(call.callee)):
            if isinstance(symbol, Fn):
                yield from self._told(at, call, symbol, Asked(None))
                for formal in asserted(self.program, symbol):
                    for argument in self._arguments(at, call, formal):
                        yield from self.of(argument, sense=True)
            elif (checked := self.schemas.check(at, call)) is not None and checked.raises:
                yield from self._by_shape(checked.value, checked.shape)
            elif (self._converts(at, symbol) and call.args) or (
                isinstance(symbol, Cls) and call.args and self.expected.is_enumeration(symbol)
            ):
                yield from self.expected.closed(at.to(call.args[0].value))

    def _by_shape(self, at: At, shape: Shape) -> Iterator[Proof]:
        """What a schema proves of the parts of a value that passed it."""
        for path, part in shape.leaves():
            if part.one_line:
                yield from self.expected.proving(at, Proved.CLOSED, path)

    def _converts(self, at: At, symbol: Symbol) -> bool:
        """Whether a call raises where its argument is no number, date, address or id; Go's give an error back."""
        raises = self.program.modules[at.module].language != "go"
        return raises and isinstance(symbol, External) and symbol.path in CONVERTING

    # --- comparisons

    def _compared(self, at: At, value: ir.Operation, *, sense: bool, depth: int) -> Iterator[Proof]:
        operator, (left, right) = value.operator, value.operands
        first, second = self.program.bare(at.to(left)), self.program.bare(at.to(right))
        one, other = self.program.value(first), self.program.value(second)
        if isinstance(one, ir.Operation) and one.operator == "typeof" and isinstance(other, ir.Literal):
            if other.text in _NO_TEXT and sense == (operator in _EQUAL):
                yield from self.expected.closed(first.to(one.operands[0]))
        elif (
            isinstance(one, ir.Call)
            and self.program.called(first.to(one.callee)) in INDEXES
            and isinstance(other, ir.Literal | ir.Operation)
        ):
            if operator in (_FOUND if sense else _MISSING):
                yield from self._held(first, one)
                yield from self._found(first, one)
        elif self.expected.is_nothing(second):
            yield from self.of(first, sense=sense == (operator in _UNEQUAL), depth=depth - 1)
        elif operator in _ORDER:
            yield from self._measured(first, second, sense=sense)
        elif sense == (operator in _EQUAL) and operator in _EQUAL | _UNEQUAL:
            yield from self._equal(first, second, inside=operator in {"in", "not in"})
        else:
            yield from self._unbroken(first, second, inside=operator in {"in", "not in"})
        if isinstance(other, ir.Literal) and other.text and operator in (_EQUAL | _UNEQUAL) - {"in", "not in"}:
            yield from self._part(first, Asked(sense == (operator in _EQUAL), equals=other.text))

    def _unbroken(self, one: At, other: At, *, inside: bool) -> Iterator[Proof]:
        """A line break is not in ``x``, or a letter of ``x`` is no line break: it is written in one line."""
        piece, refused = self.program.value(one), self.program.value(other)
        if inside and isinstance(piece, ir.Literal) and BREAKS.fullmatch(piece.text):
            yield from self.expected.proving(other, Proved.ESCAPED)
        parts = [other.to(item) for item in refused.items] if isinstance(refused, ir.Sequence) else [other]
        texts = [v.text for v in map(self.program.value, parts) if isinstance(v, ir.Literal)]
        if isinstance(piece, ir.Element) and any(map(BREAKS.search, texts)):
            yield from self.expected.proving(one, Proved.ESCAPED)

    def _measured(self, one: At, other: At, *, sense: bool) -> Iterator[Proof]:
        """``x > 0``: what is compared with a number, and is not false, is one; a text with words in it never is."""
        for place, against in ((one, other), (other, one)):
            if sense and self._is_number(against):
                yield from self.expected.proving(place, Proved.ESCAPED)

    def _is_number(self, at: At) -> bool:
        value = self.program.value(at)
        match value:
            case ir.Literal(kind="num"):
                return True
            case ir.Member(name="length"):
                return True
            case ir.Call(callee=callee):
                return self.program.called(at.to(callee)) in {"len", "Number", "parseInt", "parseFloat"}
            case _:
                return False

    def _equal(self, one: At, other: At, *, inside: bool) -> Iterator[Proof]:
        """``x == y``, ``x in y``: where ``y`` is none of the client's, ``x`` is what the project expects."""
        if self.expected.holds(other, one, inside=inside):
            yield from self.expected.closed(one)
        if not inside and self.expected.holds(one, other, inside=False):
            yield from self.expected.closed(other)

    def _item(self, at: At, value: ir.Item, *, sense: bool) -> Iterator[Proof]:
        """``table[x]`` is there."""
        key = self.program.value(at.to(value.key))
        if sense and not isinstance(key, ir.Literal) and self.expected.holds(at.to(value.base), at.to(value.key)):
            yield from self.expected.closed(at.to(value.key))

    def _part(self, at: At, asked: Asked) -> Iterator[Proof]:
        """A part of a function's answer is true, or what it is compared with: ``result.ok``, ``result["status"]``."""
        value = self.program.value(at)
        base, name = -1, ""
        match value:
            case ir.Member():
                base, name = value.base, value.name
            case ir.Item() if isinstance(key := self.program.value(at.to(value.key)), ir.Literal):
                base, name = value.base, key.text
            case ir.Call(args=(argument, *_)) if isinstance(got := self.program.value(at.to(value.callee)), ir.Member):
                key = self.program.value(at.to(argument.value))
                if got.name == "get" and isinstance(key, ir.Literal):
                    base, name = got.base, key.text
            case _:
                return
        whole = self.program.bare(at.to(base)) if base >= 0 else at
        call = self.program.value(whole)
        if base < 0 or not isinstance(call, ir.Call):
            return
        for symbol in self.symbols.resolve(whole.to(call.callee)):
            if isinstance(symbol, Fn):
                yield from self._told(whole, call, symbol, asked._replace(item=name))
            elif (
                name.lower() in _FAILED and not asked.sense and (checked := self.schemas.check(whole, call)) is not None
            ):
                yield from self._by_shape(checked.value, checked.shape)
            elif isinstance(symbol, External) and symbol.path in CONVERTING and asked.sense is False and call.args:
                yield from self.expected.closed(whole.to(call.args[0].value))

    # --- calls

    def _call(self, at: At, call: ir.Call, *, sense: bool) -> Iterator[Proof]:
        symbols = self.symbols.resolve(at.to(call.callee))
        for symbol in symbols:
            if isinstance(symbol, Fn):
                yield from self._told(at, call, symbol, Asked(sense))
        if any(isinstance(symbol, Fn) for symbol in symbols) or not (sense or self._asks_type(at, call)):
            return
        yield from self._validated(at, call) if sense and call.args else ()
        name = self.program.called(at.to(call.callee))
        callee = self.program.value(at.to(call.callee))
        paths = [s.path for s in symbols if isinstance(s, External)]
        if self._asks_type(at, call) and len(call.args) > 1:
            yield from self._typed(at.to(call.args[0].value), at.to(call.args[1].value), sense=sense)
        elif not _NUMERIC.isdisjoint(paths) and call.args:
            yield from self.expected.closed(at.to(call.args[0].value))
        elif name in ASKING and isinstance(callee, ir.Member) and not call.args:
            yield from self.expected.proving(at.to(callee.base), Proved.ESCAPED if name in BROAD else Proved.CLOSED)
        elif name in FINDING:
            yield from self._found(at, call)
        elif any(path in CONTAINS for path in paths) and len(call.args) > 1:
            if self.expected.holds(at.to(call.args[0].value), at.to(call.args[1].value)):
                yield from self.expected.closed(at.to(call.args[1].value))
        else:
            yield from self._member(at, call)
            yield from self._matched(at, call)

    def _validated(self, at: At, call: ir.Call) -> Iterator[Proof]:
        """Ajv's ``validate(x)``, which a schema was compiled to."""
        yield from self._by_shape(at.to(call.args[0].value), self.schemas.compiled(at.to(call.callee)))

    def _member(self, at: At, call: ir.Call) -> Iterator[Proof]:
        """``names.includes(x)``, ``names.has(x)``, ``table.get(x)``."""
        callee = self.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member) or callee.name not in HAS:
            return
        asks = call.awaited or SERVICES.search(self.program.called(at.to(callee.base)))
        if callee.name != "get" or not (asks or self.expected.is_foreign(at.to(callee.base))):
            yield from self._held(at, call)

    def _held(self, at: At, call: ir.Call) -> Iterator[Proof]:
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member) and call.args and not self._is_package(at.to(callee.base)):
            wanted = at.to(call.args[0].value)
            if self.expected.holds(at.to(callee.base), wanted):
                yield from self.expected.closed(wanted)

    def _is_package(self, at: At) -> bool:
        """Go: ``strings.Contains(x, y)`` asks for ``y``, and nothing is in a package."""
        value = self.program.value(at)
        if self.program.modules[at.module].language != "go" or not isinstance(value, ir.Name):
            return False
        brought = self.program.lexical(Fn(at.module, at.function), value.name)
        return brought is not None and isinstance(self.program.value(self.program.bare(brought)), ir.Import)

    def _matched(self, at: At, call: ir.Call) -> Iterator[Proof]:
        """``re.fullmatch(p, x)``, ``pattern.match(x)``, ``/^…$/.test(x)``, ``x.match(/^…$/)``."""
        name = self.program.called(at.to(call.callee))
        callee = self.program.value(at.to(call.callee))
        if (
            name not in {"match", "fullmatch", "test", "exec", "MatchString"}
            or not call.args
            or not isinstance(callee, ir.Member)
        ):
            return
        around = [at.to(callee.base), *(at.to(argument.value) for argument in call.args[:2])]
        texts = [(place, text) for place in around if (text := self.expected.pattern(place)) is not None]
        for place, text in texts[:1]:
            if excludes_line_breaks(text, whole=name == "fullmatch"):
                for other in around:
                    if other != place:
                        yield from self.expected.closed(other)

    def _asks_type(self, at: At, call: ir.Call) -> bool:
        return self.program.called(at.to(call.callee)) == "isinstance"

    def _typed(self, at: At, types: At, *, sense: bool) -> Iterator[Proof]:
        value = self.program.value(types)
        parts = [types.to(i) for i in value.items] if isinstance(value, ir.Sequence) else [types]
        names = {self.program.called(part) for part in parts}
        yield from self._looked_up(at, names, sense=sense)
        if sense and names <= NOT_TEXT:
            yield from self.expected.proving(at, Proved.CLOSED)
        elif (sense and names <= GUARDING_TYPES | NOT_TEXT) or (not sense and "str" in names):
            yield from self.expected.proving(at, Proved.ESCAPED)

    def _looked_up(self, at: At, names: set[str], *, sense: bool) -> Iterator[Proof]:
        """``isinstance(table.get(x, {}), dict)`` fails, or ``isinstance(table.get(x), dict)`` holds: ``x`` is in it."""
        place = self.program.bare(at)
        call = self.program.value(place)
        for _ in range(_DEPTH):
            callee = self.program.value(place.to(call.callee)) if isinstance(call, ir.Call) else None
            if not isinstance(call, ir.Call) or not isinstance(callee, ir.Member) or callee.name != "get":
                return
            default = self.expected.kind(place.to(call.args[1].value)) if len(call.args) > 1 else "None"
            if not default or (default in names) is sense or (sense and default == "None" and "NoneType" in names):
                return
            if len(call.args) > 1 or not self.expected.is_foreign(place.to(callee.base)):
                yield from self._held(place, call)
            place = self.program.bare(place.to(callee.base))
            call, names, sense = self.program.value(place), {"dict"}, False

    def _found(self, at: At, call: ir.Call) -> Iterator[Proof]:
        """``next(s for s in servers if s.name == x)``, ``tools.some(t => t.name === x)``: one was found."""
        for argument in call.args[:1]:
            place = self.program.bare(at.to(argument.value))
            value = self.program.value(place)
            if isinstance(value, ir.Closure):
                inner = Fn(at.module, value.function)
                for step in self.program.function(inner).steps:
                    if isinstance(step, ir.Return) and step.value >= 0:
                        yield from self.of(inner.at(step.value), sense=True)
            elif isinstance(value, ir.Sequence):
                yield from self._filtered(place, value)

    def _filtered(self, at: At, value: ir.Sequence) -> Iterator[Proof]:
        """What each element of a comprehension was asked: conditions are lowered between its element and itself."""
        for item in value.items:
            if isinstance(self.program.value(at.to(item)), ir.Operation):
                yield from self.of(at.to(item), sense=True)
        first = next((n for n in range(at.value - 1, -1, -1) if self._begins(at.to(n))), at.value)
        for number in range(first + 1, at.value):
            if isinstance(self.program.value(at.to(number)), ir.Operation) and number not in value.items:
                yield from self.of(at.to(number), sense=True)

    def _begins(self, at: At) -> bool:
        return isinstance(self.program.value(at), ir.Element)

    def _told(self, at: At, call: ir.Call, fn: Fn, asked: Asked) -> Iterator[Proof]:
        """What a project's function proves of this call's arguments."""
        for proof in self.summary(fn, asked):
            if isinstance(proof.root.held, Formal):
                for argument in self._arguments(at, call, proof.root.held):
                    yield from self.expected.proving(argument, proof.proved, proof.root.path)

    def _arguments(self, at: At, call: ir.Call, formal: Formal) -> Iterator[At]:
        parameter = self.program.function(formal.fn).params[formal.position]
        named = [argument for argument in call.args if argument.name == parameter.name]
        positional = [argument for argument in call.args if not argument.name and not argument.spread]
        if named:
            yield at.to(named[0].value)
        elif formal.position < len(positional):
            yield at.to(positional[formal.position].value)
