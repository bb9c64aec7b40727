"""Who calls a function, with what: direct calls, functions handed on with their arguments, callbacks."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import product, takewhile

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.calls.handedin import HandedIn
from skillaudit.linking.calls.handovers import Handovers
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbol, Symbols
from skillaudit.linking.origins.applied import applied
from skillaudit.linking.values.keyed import Keyed
from skillaudit.linking.values.origin import (
    ANY,
    PICKED,
    TOLD,
    UNNAMED,
    Constant,
    Need,
    Origin,
    Path,
    fits,
    lists,
    told_by,
)

_SCHEDULING = {
    "submit", "to_thread", "run_in_executor", "run_sync", "partial", "call_soon", "call_soon_threadsafe", "call_later",
    "run_in_threadpool", "sync_to_async", "Thread", "Process", "setTimeout", "setImmediate", "setInterval", "nextTick",
    "queueMicrotask", "start_soon", "apply_async", "add_task",
}  # fmt: skip
_DEFERRING = {"to_thread": 0, "submit": 0, "run_sync": 0, "run_in_threadpool": 0, "run_in_executor": 1}
"""They give back what the function gives that is their argument of this number, now or later."""
_APPLYING = {"call", "apply"}
_BINDING = {"partial", "bind"}
_LISTED = re.compile(r"^(?:list|tuple|List|Tuple|Sequence|Iterable)\b")
_TIMERS = {"setTimeout", "setInterval"}
_FOLDING = {"reduce", "reduceRight"}
_MOST_NAMES = 12
_ITERATING = {"then", "forEach", "map", "flatMap", "filter", "some", "every", "find"}


@dataclass(slots=True)
class Callings:
    """Looks calls up; ``callers`` and ``handed`` are those of ``Calls``."""

    program: Program
    symbols: Symbols
    callers: dict[Fn, list[tuple[Fn, int]]]
    handed: dict[Fn, list[tuple[Fn, int]]]
    handovers: Handovers = field(init=False)
    handedin: HandedIn = field(init=False)
    keyed: Keyed = field(init=False)

    def callees(self, at: At) -> tuple[Symbol, ...]:
        """What a call of the value runs: see ``callees``."""
        return callees(self.symbols, at)

    def __post_init__(self) -> None:
        """Know what libraries call."""
        self.handovers = Handovers(self.program, self.symbols)
        self.handedin = HandedIn(self.program, self.symbols)
        self.keyed = Keyed(self.program)

    def of(self, fn: Fn) -> Iterator[tuple[Fn, int, ir.Call]]:
        """The calls of a function, also those that another function makes for its caller: ``submit(f, x)``."""
        for caller, value in self.callers.get(fn, ()):
            call = self.program.value(caller.at(value))
            if isinstance(call, ir.Call):
                yield caller, value, call
        for caller, value in self.handed.get(fn, ()):
            made = self._scheduled(caller, value, fn)
            if made is not None:
                yield caller, value, made
        yield from self.handovers.of(fn)

    def deferred(self, at: At, call: ir.Call) -> ir.Call | None:
        """The call that another thread makes and whose result this one gives: ``await asyncio.to_thread(f, x)``."""
        callee = self.program.value(at.to(call.callee))
        name = callee.name if isinstance(callee, ir.Member | ir.Name) else getattr(callee, "symbol", "")
        number = _DEFERRING.get(name, len(call.args))
        if self.program.modules[at.module].language != "python" or number >= len(call.args):
            return None
        given = call.args[number]
        runs = any(isinstance(symbol, Fn | External) for symbol in self.symbols.resolve(at.to(given.value)))
        return msgspec.structs.replace(call, callee=given.value, args=call.args[number + 1 :]) if runs else None

    def run(self, at: At, call: ir.Call, targets: Iterable[Symbol], path: Path) -> tuple[list[Fn], Path]:
        """The project's functions that make what a call gives, and what is taken of what they give back.

        ``list.map(f)`` gives what ``f`` does of each element (see ``applied``); a list has no names, but pairs that
        ``fromEntries`` makes an object of keep theirs.
        """
        own = [target for target in targets if isinstance(target, Fn)]
        over = None if own else applied(self.program, self.symbols, Fn(at.module, at.function), call)
        named = bool(path) and path[0] != ANY and not path[0].isdecimal()
        if over is None or (named and not (over.folds or over.whole)):
            return own, path
        return list(over.functions), over.taken(path)

    def arguments(self, caller: Fn, call: ir.Call, formal: Formal) -> Iterator[At]:
        """The arguments of a call that fill a parameter."""
        return (at for at, _ in self.filling(caller, call, formal))

    def given(self, caller: Fn, number: int, formal: Formal) -> list[At]:
        """The arguments by which a call fills a parameter, or else the parameter's default."""
        call = self.program.value(caller.at(number))
        return self._or_default(caller, call, formal) if isinstance(call, ir.Call) else []

    def _or_default(self, caller: Fn, call: ir.Call, formal: Formal) -> list[At]:
        held = list(self.arguments(caller, call, formal))
        function = self.program.function(formal.fn)
        default = function.params[formal.position].default
        return held or ([At(formal.fn.module, function.parent, default)] if default >= 0 else [])

    def key_of(self, call: ir.Call, argument: At) -> str:
        """The name that a call gives an argument, empty where it has none."""
        return next((one.name for one in call.args if one.value == argument.value), "")

    def filling(self, caller: Fn, call: ir.Call, formal: Formal, path: Path = ()) -> Iterator[tuple[At, Path]]:
        """The arguments that may fill what ``path`` takes of a parameter, each with what is taken of it instead."""
        call = self.handedin.meant(caller, self._in_full(caller, call), formal.fn)
        params = self.program.function(formal.fn).params
        parameter, position = params[formal.position], 0
        over = applied(self.program, self.symbols, caller, call)
        if over is not None and formal.fn in over.functions:
            yield from over.given(formal.position, path)
            return
        if not any(argument.name or argument.spread for argument in call.args):
            yield from ((caller.at(value), taken) for value, taken in _in_order(parameter, formal.position, call, path))
            return
        given = {argument.name for argument in call.args if argument.name}
        given |= {one.name for one, _ in zip(params, _plain(call), strict=False) if one.kind == "plain"}
        declared = {other.name for other in params if other.kind == "plain"}
        least = 0  # where an argument stands if every spread before it is empty
        for number, argument in enumerate(call.args):
            taken: Path | None = None
            if argument.name:
                taken = _by_name(parameter, argument.name, path, declared)
            elif argument.spread and self._is_keyed(caller, call, number):
                taken = _by_key(parameter, path, given)
            elif argument.spread:
                free = parameter.kind == "plain" and position <= formal.position and parameter.name not in given
                part = str(formal.position - position) if self._is_rest(caller.at(argument.value)) else ANY
                taken = path if parameter.kind == "rest" else (part, *path) if free else None
            elif parameter.kind == "rest" and position >= formal.position:
                taken = _item(path, position - formal.position)
            elif parameter.kind == "plain" and least <= formal.position <= position:
                taken = path
            position += not argument.name
            least += not (argument.name or argument.spread)
            if taken is not None:
                yield caller.at(argument.value), taken

    def _in_full(self, caller: Fn, call: ir.Call) -> ir.Call:
        """A call as the function gets it: ``f.call(self, x)``, ``f.apply(self, [x])``, behind what was bound before."""
        callee = self.program.value(caller.at(call.callee))
        if isinstance(callee, ir.Member):
            if callee.name not in _APPLYING or not self._runs(caller.at(callee.base)):
                return call
            listed = callee.name == "apply"
            rest = (msgspec.structs.replace(one, spread=True) for one in call.args[1:2]) if listed else call.args[1:]
            return msgspec.structs.replace(call, args=tuple(rest))
        made = self.program.given(caller.at(call.callee))
        bound = self.program.value(made)
        if not isinstance(bound, ir.Call) or self.program.called(made.to(bound.callee)) not in _BINDING:
            return call
        before = sum(1 for one in bound.args[1:] if not one.name)
        return msgspec.structs.replace(call, args=(*[ir.Argument(call.callee)] * before, *call.args))

    def _runs(self, at: At) -> bool:
        return any(isinstance(symbol, Fn) for symbol in self.symbols.resolve(at))

    def _is_rest(self, at: At) -> bool:
        """Whether a value is what a function was called with beyond its other parameters, in that order."""
        at = self.program.bare(at)
        value = self.program.value(at)
        if not isinstance(value, ir.Param):
            return False
        return self.program.function(Fn(at.module, at.function)).params[value.index].kind == "rest"

    def _is_keyed(self, caller: Fn, call: ir.Call, number: int) -> bool:
        """Whether a spread is ``**mapping``, as far as the call shows: what follows a keyword or ``*args`` is."""
        if self.program.modules[caller.module].language != "python":
            return False
        if any(argument.name or argument.spread for argument in call.args[:number]):
            return True
        at = caller.at(call.args[number].value)
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Param):
            parameter = self.program.function(Fn(at.module, at.function)).params[value.index]
            return parameter.kind == "keywords" or (
                parameter.kind == "plain" and not _LISTED.match(parameter.type_text)
            )
        return not isinstance(value, ir.Sequence)

    def named_by(self, caller: Fn, call: ir.Call, fn: Fn, path: Path) -> Iterator[Path]:
        """A path in which what the function's parameters name is filled in from a call; several for a list of names."""
        if not any(part.startswith(TOLD) for part in path):
            yield path
            return
        yield from product(*(self._told(caller, call, fn, part) for part in path))

    def told(self, caller: Fn, call: ir.Call, fn: Fn, origin: Origin) -> Iterator[Origin]:
        """What a function gives back, called by the names that this call tells it."""
        needs = self._needed(caller, call, fn, origin.needs)
        without = self.left_out(caller, call, fn, origin.without)
        for said in self._told(caller, call, fn, origin.name):
            for path in self.named_by(caller, call, fn, origin.path):
                name = UNNAMED if said == PICKED else said
                if origin.nature is not Nature.SECRET_VARIABLE or _may_be_secret(name):
                    yield replace(origin, name=name, path=path, needs=needs, without=without)

    def filled(self, caller: Fn, call: ir.Call, origin: Origin) -> Iterator[tuple[At, Path, frozenset[str]]]:
        """The arguments that fill an open parameter, with what is taken of each, and the names that are left out."""
        if origin.formal is None:
            return
        without = self.left_out(caller, call, origin.formal.fn, origin.without)
        keywords = self.program.function(origin.formal.fn).params[origin.formal.position].kind == "keywords"
        for asked in self.named_by(caller, call, origin.formal.fn, origin.path):
            for argument, taken in self.filling(caller, call, origin.formal, asked):
                name = self.key_of(call, argument) if keywords else ""
                if (
                    name
                    and asked[:1] in {(), (ANY,)}
                    and any(fits(one, name) for one in without if not one.startswith(TOLD))
                ):
                    continue  # ``**kwargs`` without this one
                yield argument, taken, frozenset() if name else without

    def left_out(self, caller: Fn, call: ir.Call, fn: Fn, names: frozenset[str]) -> frozenset[str]:
        """Names that are left out, those filled in from a call that the function's parameters tell."""
        if not any(name.startswith(TOLD) for name in names):
            return names
        return frozenset(told for name in names for told in self._told(caller, call, fn, name))

    def _needed(self, caller: Fn, call: ir.Call, fn: Fn, needs: frozenset[Need]) -> frozenset[Need]:
        """Needs whose constants the function's parameters name, filled in from a call."""
        if not any(kind == "str" and text.startswith(TOLD) for need in needs for kind, text in need.among):
            return needs

        def constants(need: Need) -> frozenset[Constant]:
            return frozenset((k, told) for k, text in need.among for told in self._told(caller, call, fn, text))

        return frozenset(need._replace(among=constants(need)) for need in needs)

    def asked(self, caller: Fn, call: ir.Call, fn: Fn, origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
        """What a function gives back of others' parameters, by the names that this call tells it."""
        others = {o for o in origins if (o.path or o.needs) and o.formal is not None and o.formal.fn != fn}
        if not others:
            return origins
        return tuple(t for o in origins for t in (self.told(caller, call, fn, o) if o in others else (o,)))

    def _told(self, caller: Fn, call: ir.Call, fn: Fn, part: str) -> tuple[str, ...]:
        """What a call tells a function by the parameter that a mark names; any other text as it is."""
        if not part.startswith(TOLD):
            return (part,)
        module, number, position, *_ = part.removeprefix(TOLD).split(":")
        if fn != Fn(int(module), int(number)):
            return (part,)  # another function's parameter names it
        spread = {argument.value for argument in call.args if argument.spread}
        rest = self.program.function(fn).params[int(position)].kind == "rest"
        names: list[str] = []
        for argument in self._or_default(caller, call, Formal(fn, int(position))):
            names += self._names(argument, each=lists(part) and (not rest or argument.value in spread))
        return tuple(dict.fromkeys(names)) if names and len(names) <= _MOST_NAMES else (PICKED,)

    def _names(self, argument: At, *, each: bool) -> Iterable[str]:
        """The name that an argument is, or ``each`` that it lists; a parameter is told it by its own callers."""
        place = self.program.bare(argument)
        value = self.program.value(place)
        if isinstance(value, ir.Param):
            return (told_by(Formal(Fn(place.module, place.function), value.index), each=each),)
        if each:
            return self.keyed.members(argument) or (PICKED,)
        return (value.text,) if isinstance(value, ir.Literal) and value.text else (PICKED,)

    def _scheduled(self, caller: Fn, value: int, fn: Fn) -> ir.Call | None:
        """The call that another function makes of one that it is given with its arguments: ``submit(f, x)``."""
        call = self.program.value(caller.at(value))
        callee = self.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
        name = (
            callee.name
            if isinstance(callee, ir.Member | ir.Name)
            else callee.symbol
            if isinstance(callee, ir.Import)
            else ""
        )
        if not isinstance(call, ir.Call) or name not in _SCHEDULING:
            return None
        for number, argument in enumerate(call.args):
            if fn in self.symbols.resolve(caller.at(argument.value)):
                held = self.program.value(caller.at(call.args[-1].value))
                rest = call.args[number + 1 + (name in _TIMERS) :]
                if argument.name == "target":
                    listed = next((self.program.value(caller.at(a.value)) for a in call.args if a.name == "args"), held)
                    rest = tuple(ir.Argument(i) for i in listed.items) if isinstance(listed, ir.Sequence) else ()
                return msgspec.structs.replace(call, args=rest)
        return None


def _may_be_secret(name: str) -> bool:
    """Whether a variable of the environment holds a secret by its name, or is named by somebody's parameter."""
    return name.startswith(TOLD) or vocabulary.names_secret_variable(name)


def _by_name(parameter: ir.Parameter, name: str, path: Path, declared: AbstractSet[str]) -> Path | None:
    """What a named argument gives to a parameter: ``**kwargs`` gets those that no other parameter takes."""
    if parameter.kind != "keywords":
        return path if name == parameter.name else None
    if name in declared or not path:
        return None if name in declared else path
    return path[1:] if fits(path[0], name) else None


def _by_key(parameter: ir.Parameter, path: Path, given: AbstractSet[str]) -> Path | None:
    """What ``**mapping`` gives to a parameter: nothing to one that the call fills itself."""
    if parameter.kind == "keywords":
        return None if path and path[0] in given else path
    return (parameter.name, *path) if parameter.kind == "plain" and parameter.name not in given else None


def _in_order(parameter: ir.Parameter, place: int, call: ir.Call, path: Path) -> Iterator[tuple[int, Path]]:
    """The arguments that fill a parameter where a call names and spreads none."""
    if parameter.kind == "plain":
        yield from ((argument.value, path) for argument in call.args[place : place + 1])
    elif parameter.kind == "rest":
        held = ((argument.value, _item(path, number)) for number, argument in enumerate(call.args[place:]))
        yield from ((value, taken) for value, taken in held if taken is not None)


def _plain(call: ir.Call) -> tuple[ir.Argument, ...]:
    """The arguments that are given by their position, before any spread."""
    return tuple(takewhile(lambda argument: not argument.name and not argument.spread, call.args))


def _item(path: Path, number: int) -> Path | None:
    """What is taken of item ``number`` of a rest parameter."""
    if path and path[0].isdecimal():
        return path[1:] if int(path[0]) == number else None
    return path[1:] if path[:1] == (ANY,) else path


def iterated(program: Program, caller: Fn, value: int, position: int = 0) -> tuple[At, bool] | None:
    """What the method is called on whose callback gets it as parameter ``position``, and whether whole (``then``)."""
    call = program.value(caller.at(value))
    callee = program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
    named = callee.name if isinstance(callee, ir.Member) else ""
    ranged = position == 1 and named == "Range" and program.modules[caller.module].language == "go"
    if not isinstance(callee, ir.Member) or not (ranged or named in (_FOLDING if position else _ITERATING)):
        return None
    return caller.at(callee.base), callee.name == "then"
