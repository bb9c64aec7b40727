"""Which entries of a container a branch speaks of: ``if key == "status"`` around what is stored under ``key``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values.asks import Asks
from skillaudit.linking.values.inturn import InTurn, unfolded
from skillaudit.linking.values.leftout import SECRETS, leaves_out, secretive
from skillaudit.linking.values.origin import (
    ANY,
    BEGINNING,
    FOLDED,
    LIKE,
    TOLD,
    UNNAMED,
    Origin,
    Path,
    fits,
    lists,
    told_by,
)
from skillaudit.linking.values.prefixed import Prefixed

_EQUAL = {"==", "===", "in"}
_UNEQUAL = {"!=", "!==", "not in"}
_FOLDING = {"lower", "casefold", "toLowerCase"}
_HOLDING = {"has", "includes", "contains"}
_BEGINNING = {"startswith", "startsWith"}
_CUTTING = {"Cut", "SplitN", "Split"}
"""Go: what takes a variable's name off its text."""

_SETS = {"frozenset", "set", "tuple", "list", "Set"}
_DEEPEST = 6
_PAIR = 2


def _beginning(text: str) -> str:
    return BEGINNING + text


class Keys(NamedTuple):
    """The key at ``at`` is one of ``names``, or without ``sense`` none of them."""

    at: At
    names: tuple[str, ...]
    sense: bool = True


def each(at: At, path: Path, origins: Iterable[Origin], *, values: bool = False) -> Iterator[Origin]:
    """What a loop sees, with the loop's element where it goes through keys and values; Go's element is the value."""
    pair = values or path[:1] == ("1",)
    for origin in origins:
        under = origin.under if pair and origin.each is None else ""
        yield replace(origin, each=(at, len(path) - (not values)) if pair else None, under=under)


def picked_out(origins: Iterable[Origin], name: str, *, alone: bool) -> Iterator[Origin]:
    """What stands under a name in a copy that a loop through keys and values filled; ``alone``: and nothing else."""
    for origin in origins:
        spot = len(origin.path) - 1 - origin.each[1] if origin.each else -1
        if origin.each is None:
            yield from () if alone else (origin,)
        elif origin.under:
            yield from (origin,) if fits(name, origin.under) else ()
        elif origin.formal is not None and spot >= 0 and origin.path[spot] == ANY:
            yield replace(origin, path=(*origin.path[:spot], name, *origin.path[spot + 1 :]), each=None)
        else:
            yield from _named(replace(origin, each=None), name)


def _named(origin: Origin, name: str) -> Iterator[Origin]:
    """One entry of what an origin stands for as a whole; which it is may not be in sight."""
    told = UNNAMED if name.startswith(TOLD) else name
    if origin.nature is Nature.ENVIRONMENT:
        if vocabulary.names_secret_variable(told):
            yield replace(origin, nature=Nature.SECRET_VARIABLE, name=told)
    elif origin.nature is Nature.HEADERS:
        secret = vocabulary.names_credential(told)
        yield replace(origin, nature=Nature.CREDENTIAL if secret else Nature.REQUEST, name=told, escaped=True)
    elif origin.nature is Nature.ARGUMENTS:
        yield replace(origin, nature=Nature.ARGUMENT, name=told)
    else:
        yield origin


@dataclass(slots=True)
class Keyed:
    """Reads conditions on keys."""

    program: Program
    _places: dict[Fn, dict[int, tuple[int, int]]] = field(default_factory=dict)
    _held: dict[tuple[Fn, int, int], tuple[Keys, ...]] = field(default_factory=dict)
    inturn: InTurn = field(init=False)
    prefixed: Prefixed = field(init=False)
    asks: Asks = field(init=False)

    def __post_init__(self) -> None:
        """Know what loops go through."""
        self.inturn = InTurn(self.program)
        self.prefixed = Prefixed(self.program)
        self.asks = Asks(self.program)

    def narrowed(self, origins: Iterable[Origin], known: tuple[Keys, ...]) -> Iterable[Origin]:
        """The origins of a value where something is known of the keys that loops go through."""
        return self._fitting(origins, known) if known else origins

    def _fitting(self, origins: Iterable[Origin], told: tuple[Keys, ...]) -> Iterator[Origin]:
        for origin in origins:
            fitting = [one for one in told if origin.each and one.at == origin.each[0]]
            left = tuple(name for one in fitting if not one.sense for name in one.names)
            if left and leaves_out(origin, left):
                continue
            names = next((one.names for one in reversed(fitting) if one.sense), None)
            spot = len(origin.path) - 1 - origin.each[1] if origin.each else -1
            if names is None:
                yield replace(origin, without=origin.without | set(left)) if left and origin.formal else origin
            elif origin.under:
                if any(fits(name, origin.under) for name in names):
                    yield origin
            elif origin.formal is not None and spot >= 0 and origin.path[spot] == ANY:
                for name in names:
                    path = (*origin.path[:spot], name, *origin.path[spot + 1 :])
                    yield replace(origin, path=path, each=None)
            elif origin.nature in {Nature.ENVIRONMENT, Nature.HEADERS}:
                for name in names:
                    yield from self._entries(origin, name)
            else:
                yield origin

    def _entries(self, origin: Origin, name: str) -> Iterator[Origin]:
        """What is left of headers or the environment where names are asked for, or how they begin."""
        if lists(name):
            yield origin
        elif origin.nature is Nature.HEADERS:
            yield from _named(origin, name.lstrip(FOLDED + BEGINNING))
        elif name.startswith(BEGINNING):
            yield from self.prefixed.of(origin, name.removeprefix(BEGINNING))
        elif vocabulary.names_secret_variable(name):
            yield replace(origin, nature=Nature.SECRET_VARIABLE, name=name, each=None)

    def paired(self, at: At, path: Path, origins: Iterable[Origin]) -> Iterable[Origin]:
        """What a callback gets of each entry of a container: ``Object.entries(x).map(([key, value]) => …)``."""
        return each(at, path, origins) if path[:1] == ("1",) and self.inturn.listed(at) else origins

    def in_turn(self, name: str, origins: tuple[Origin, ...], key: At, path: Path) -> tuple[Origin, ...]:
        """What a loop's key finds in turn (under any ``name``), each known to be under it."""
        if name != ANY:
            return origins
        return tuple(replace(o, each=(unfolded(self.program, key), len(path))) for o in origins)

    def passed(self, origins: Iterable[Origin], names: Iterable[str]) -> Iterator[Origin]:
        """Of the environment, the variables that a filter lets through by their names, as far as these are secrets."""
        for origin in origins:
            if origin.nature is Nature.ENVIRONMENT:
                yield from (one for name in names for one in self._entries(origin, name))
            else:
                yield origin

    def at(self, fn: Fn, block: int, line: int) -> tuple[Keys, ...]:
        """What is known of keys where a step runs."""
        place = (fn, block, line)
        if place not in self._held:
            self._held[place] = tuple(self._around(fn, block, line))
        return self._held[place]

    def asked_of(self, fn: Fn) -> tuple[Keys, ...]:
        """What a callback that answers with one condition asks of the key of each entry that it is given."""
        ends = [s.value for s in self.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0]
        told = self.when(fn.at(ends[0]), sense=True) if len(ends) == 1 else ()
        return tuple(one for one in told if self.program.value(one.at) == ir.Param(0) and one.at.function == fn.number)

    def when(self, test: At, *, sense: bool) -> tuple[Keys, ...]:
        """What is known of keys where a condition holds, or does not."""
        return tuple(self._said(test, sense=sense))

    def names(self, at: At, line: int, key: At) -> tuple[str, ...]:
        """The names that a computed key may have where ``at``, a call or an item on ``line``, is evaluated."""
        fn = Fn(at.module, at.function)
        if fn not in self._places:
            self._places[fn] = {number: (block, call.line) for number, call, block in self.program.calls(fn)}
        block, line = self._places[fn].get(at.value, (self._block(fn, line), line))
        place = self._key(self.program.bare(key))
        known = (one for one in reversed(self.at(fn, block, line)) if one.sense and not any(map(lists, one.names)))
        told = next((one.names for one in known if one.at == place), ())
        listed = None if told else self.inturn.listed(unfolded(self.program, key))
        return self.members(listed) if listed else told

    def _block(self, fn: Fn, line: int) -> int:
        blocks = self.program.function(fn).blocks
        holding = (n for n, block in enumerate(blocks) if block.line <= line <= block.end_line)
        return max(holding, key=lambda n: (blocks[n].line, n), default=0)

    def _around(self, fn: Fn, block: int, line: int) -> Iterator[Keys]:
        """The conditions around a step, the innermost last, and those of branches that left before it."""
        blocks = self.program.function(fn).blocks
        outer: list[int] = []
        while block >= 0:
            outer.append(block)
            block = blocks[block].parent
        for number in reversed(outer):
            one = blocks[number]
            if one.kind in {"if", "else", "case"} and one.test >= 0:
                yield from self._said(fn.at(one.test), sense=one.kind != "else")
        for one in blocks:
            if one.exits and one.kind in {"if", "else"} and one.parent in outer and one.end_line < line:
                yield from self._said(fn.at(one.test), sense=one.kind == "else")

    def _said(self, at: At, *, sense: bool, depth: int = _DEEPEST) -> Iterator[Keys]:
        value = self.program.value(at)
        match value:
            case ir.Operation(operator="not" | "!", operands=(inner,)) if depth:
                yield from self._said(at.to(inner), sense=not sense, depth=depth - 1)
            case ir.Operation(operator="and" | "&&", operands=operands) if sense and depth:
                for operand in operands:
                    yield from self._said(at.to(operand), sense=True, depth=depth - 1)
            case ir.Operation(operator="or" | "||", operands=operands) if depth:
                yield from self._either(at, operands, sense=sense, depth=depth)
            case ir.Operation(operator=operator, operands=(left, right)) if operator in _EQUAL | _UNEQUAL:
                inside, equal = operator in {"in", "not in"}, operator in _EQUAL
                yield from self._compared(at.to(left), at.to(right), inside=inside, sense=sense is equal)
            case ir.Call():
                yield from self._asking(at, value, sense=sense)
            case _:
                return

    def _asking(self, at: At, call: ir.Call, *, sense: bool) -> Iterator[Keys]:
        """What a call says of a key: how it begins, that a set holds it, that it names a secret."""
        asked = self.program.value(at.to(call.callee))
        given = [at.to(argument.value) for argument in call.args]
        if asks := self.asks.of(at, call):
            yield from () if sense else [Keys(self._key(self._asked(asks[0])[0]), (f"{LIKE}{asks[1]}",), sense)]
        elif isinstance(asked, ir.Member) and asked.name == "HasPrefix" and len(given) > 1:
            told = self._beginnings(given[1]) if sense else ()
            yield from [Keys(self._key(self._asked(given[0])[0]), told)] if told else []
        elif (
            isinstance(asked, ir.Member)
            and asked.name == "Contains"
            and self.program.called(at.to(asked.base)) == "slices"
        ):
            yield from self._compared(given[1], given[0], inside=True, sense=sense)
        elif len(given) != 1:
            return
        elif isinstance(asked, ir.Member) and asked.name in _BEGINNING and sense:
            begins = self._text(given[0]) or self.members(given[0])
            place, folds = self._asked(at.to(asked.base))
            yield from () if folds or not begins else [Keys(self._key(place), tuple(map(_beginning, begins)))]
        elif isinstance(asked, ir.Member) and asked.name in _HOLDING:
            yield from self._compared(given[0], at.to(asked.base), inside=True, sense=sense)
        elif not sense and secretive(self.program.called(at.to(call.callee))):
            yield Keys(self._key(self._asked(given[0])[0]), (SECRETS,), sense=False)

    def _either(self, at: At, operands: Iterable[int], *, sense: bool, depth: int) -> Iterator[Keys]:
        """Either of several names; where none of the conditions holds, all their opposites do."""
        parts = [tuple(self._said(at.to(operand), sense=sense, depth=depth - 1)) for operand in operands]
        if not sense:
            yield from (known for part in parts for known in part)
        elif all(len(part) == 1 for part in parts) and len({part[0].at for part in parts}) == 1:
            yield Keys(parts[0][0].at, tuple(name for part in parts for name in part[0].names))

    def _compared(self, one: At, other: At, *, inside: bool, sense: bool) -> Iterator[Keys]:
        place, folds = self._asked(one)
        names = self.members(other) if inside else self._text(other) or self._told(place, other)
        if names:
            yield Keys(self._key(place), tuple(FOLDED + name.lower() if folds else name for name in names), sense)
        elif (
            inside
            and not sense
            and (secretive(self.program.called(other)) or any(map(vocabulary.names_credential, self._text(one))))
        ):
            key = self._asked(other)[0] if self._text(one) else place
            yield Keys(self._key(key), (SECRETS,), sense)
        elif inside and not folds and (listed := self._listed_by(other)):
            yield Keys(self._key(place), listed, sense)

    def _told(self, key: At, at: At) -> tuple[str, ...]:
        """Go: the parameter that names the variable which is looked for: ``key == name``."""
        looked = self.program.modules[at.module].language == "go" and self._key(key) != key
        return self._marked(self.program.bare(at)) if looked else ()

    def _asked(self, at: At) -> tuple[At, bool]:
        """The key that a condition asks about, and whether it asks regardless of case."""
        place = self.program.bare(at)
        value = self.program.value(place)
        callee = self.program.value(place.to(value.callee)) if isinstance(value, ir.Call) else None
        if isinstance(callee, ir.Member) and callee.name in _FOLDING:
            return self.program.bare(place.to(callee.base)), True
        return place, False

    def _beginnings(self, at: At) -> tuple[str, ...]:
        """Go: the variables that ``NAME=`` or ``name + "="`` begins in the environment, else how their names begin."""
        value = self.program.value(self.program.bare(at))
        parts = value.parts if isinstance(value, ir.Text) else value.operands if isinstance(value, ir.Operation) else ()
        if len(parts) == _PAIR and self._text(at.to(parts[1])) == ("=",):
            named = self.program.bare(at.to(parts[0]))
            return self._marked(named) or self._text(named)
        begins = self._text(at) or self.members(at)
        return tuple(one.removesuffix("=") if one.endswith("=") else _beginning(one) for one in begins)

    def _marked(self, at: At) -> tuple[str, ...]:
        """The mark of the parameter that a name is."""
        return (mark,) if (mark := self.inturn.marked(at)) else ()

    def _listed_by(self, at: At) -> tuple[str, ...]:
        """The mark of the parameter that lists names, also of the function around."""
        place = self.program.given(at)
        held = self.program.value(place)
        if isinstance(held, ir.Call) and len(held.args) == 1 and self.program.called(place.to(held.callee)) in _SETS:
            place = self.program.given(place.to(held.args[0].value))
            held = self.program.value(place)
        formal = Formal(Fn(place.module, place.function), held.index) if isinstance(held, ir.Param) else None
        return (told_by(formal, each=True),) if formal else ()

    def _key(self, at: At) -> At:
        """The loop's element for ``key`` of ``for key, value in …``, else the value itself."""
        value = self.program.value(at)
        if isinstance(value, ir.Item) and isinstance(
            cut := self.program.value(self.program.bare(at.to(value.base))), ir.Call
        ):
            pair = self.program.bare(at.to(cut.args[0].value)) if cut.args else at
            parts = self.program.called(at.to(cut.callee)) in _CUTTING
            return pair if parts and isinstance(self.program.value(pair), ir.Element) else at
        if isinstance(value, ir.Item) and isinstance(self.program.value(at.to(value.base)), ir.Element | ir.Param):
            key = self.program.value(at.to(value.key))
            return at.to(value.base) if isinstance(key, ir.Literal) and key.text == "0" else at
        if isinstance(value, ir.Opaque) and value.kind == "key":  # Go: the element is lowered behind its key
            following = at.to(at.value + 1)
            return following if self.program.value(following) == ir.Element(value.children[0]) else at
        return at

    def _text(self, at: At) -> tuple[str, ...]:
        value = self.program.value(self.program.bare(at))
        return (value.text,) if isinstance(value, ir.Literal) and value.kind == "str" and value.text else ()

    def members(self, at: At, depth: int = _DEEPEST) -> tuple[str, ...]:
        """The texts in a container that is written down in the code, if it holds nothing else."""
        at = self.program.bare(at)
        value = self.program.value(at)
        outer: At | int | None = None
        match value:
            case ir.Sequence(items=items):
                texts = [name for item in items for name in self._text(at.to(item))]
                return tuple(texts) if len(texts) == len(items) else ()
            case ir.Record(entries=entries):
                keys = tuple(entry.key for entry in entries)
                return keys if all(keys) else ()
            case ir.Call(args=(only,)) if self.program.called(at.to(value.callee)) in _SETS and depth:
                return self.members(at.to(only.value), depth - 1)
            case ir.Name(name=name):
                outer = self.program.lexical(Fn(at.module, at.function), name)
            case ir.Import(module=module, symbol=symbol):
                outer = self.program.imported(at.module, module, symbol)
            case _:
                return ()
        return self.members(outer, depth - 1) if isinstance(outer, At) and depth else ()
