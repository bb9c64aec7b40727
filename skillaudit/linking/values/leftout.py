"""What does not arrive because its key was left out: by a condition on keys, a removal, a placeholder in its place."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values.inturn import InTurn
from skillaudit.linking.values.origin import ANY, FOLDED, LIKE, SECRET, TOLD, Origin, Path, fits, lists

SECRETS = "$secrets"
"""As a name that is left out: what the code takes for sensitive, by a list or a function that is not in sight."""

USERINFO = "$userinfo"
"""As a name that is left out: what an address holds beside its host."""

_SECRETIVE = re.compile(
    r"sensitive|secret|redact|mask|hid(?:e|den)|private|confidential|credential|blocked_?(?:keys|headers)",
    re.IGNORECASE,
)
_REMOVING = {"pop", "delete", "Del", "remove"}
_DELETING = {"delete", "del"}
_CREDENTIALS = ("authorization", "Authorization", "cookie", "password", "token", "secret", "api_key", "apiKey")
_PARSING = {"URL", "Parse", "ParseRequestURI", "urlparse", "urlsplit"}
_WITHIN = {"password", "User"}
"""Parts of an address, of which one is a secret."""
_THERE = {"get", "has", "hasOwnProperty"}
_DEEPEST = 4
_WHOLE = {Nature.HEADERS, Nature.CONFIG}


def secretive(name: str) -> bool:
    """Whether a list or a function of this name tells which keys are to be kept out."""
    return bool(_SECRETIVE.search(name))


def leaves_out(origin: Origin, names: Iterable[str]) -> bool:
    """Whether a value does not arrive where these names were left out of its container."""
    for name in names:
        if name.startswith(TOLD):
            continue  # which name that is, nobody in sight says
        if name == USERINFO:
            if origin.nature in SECRET:
                return True
        elif name == SECRETS:
            if origin.nature in SECRET | _WHOLE:
                return True
        elif origin.under:
            if fits(name, origin.under):
                return True
        elif origin.nature in _WHOLE and _names_credential(name):
            return True
    return False


def _names_credential(name: str) -> bool:
    if name.startswith(LIKE):
        return any(fits(name, one) for one in _CREDENTIALS)
    return vocabulary.names_credential(name.removeprefix(FOLDED))


def left(origins: Iterable[Origin], names: frozenset[str]) -> Iterator[Origin]:
    """What arrives of the entries of a container; of a parameter's, its callers will say."""
    for origin in origins:
        if origin.formal is not None:
            yield replace(origin, without=origin.without | names)
        elif not leaves_out(origin, names):
            yield origin


_Same = tuple[Nature | None, str, Formal | None]


def _same(origin: Origin) -> _Same:
    """What tells two things that a container may hold apart."""
    return origin.nature, origin.name, origin.formal


def besides(whole: Iterable[Origin], parts: Iterable[tuple[Iterable[Origin], frozenset[str]]]) -> Iterator[Origin]:
    """What a value holds but for what stands under left out names alone, by the entries of each container in it."""
    gone: set[_Same] = set()
    kept: set[_Same] = set()
    for entries, names in parts:
        for one in entries:
            (gone if leaves_out(one, names) else kept).add(_same(one))
    yield from (one for one in whole if _same(one) not in gone - kept)


class _Removal(NamedTuple):
    name: str
    block: int
    line: int


@dataclass(slots=True)
class Removals:
    """Entries that are taken out of a container, or overwritten by a constant, before it is used.

    ``of`` evaluates one value with the path taken from it.
    """

    program: Program
    of: Callable[[At, Path], tuple[Origin, ...]]
    inturn: InTurn = field(init=False)
    _held: dict[Fn, dict[int, list[_Removal]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know what loops go through."""
        self.inturn = InTurn(self.program)

    def seen(self, at: At, path: Path, site: tuple[Fn, int, int]) -> Iterable[Origin]:
        """What a value holds where a step uses it."""
        found = self.of(at, path)
        if path or not found or not self._of(site[0]):
            return found
        parts = {part: frozenset(self._names(part, site)) for part in self._parts(at, site, _DEEPEST)}
        if not any(parts.values()):
            return found
        every = frozenset(name for names in parts.values() for name in names)
        whole = self.program.bare(at)  # what was put in later, the variable knows
        held = (
            (self.of(at if part == whole else part, (ANY,) if names - {USERINFO} else ()), names)
            for part, names in parts.items()
        )
        fitting = list(besides(found, held))
        alone = set(parts) == {whole} or (len(parts) == 1 and USERINFO in every)
        return left(fitting, every) if alone else fitting

    def _parts(self, at: At, site: tuple[Fn, int, int], depth: int) -> set[At]:
        """The containers that a value is put together from."""
        place = self.program.bare(at)
        value = self.program.value(place)
        inner: tuple[int, ...] = ()
        match value:
            case _ if any(self._names(place, site)):
                return {place}
            case ir.Call(args=args):
                callee = self.program.value(place.to(value.callee))
                inner = (callee.base,) if isinstance(callee, ir.Member) and self._is_address(place, callee.base) else ()
                inner += tuple(argument.value for argument in args)
            case ir.Member(base=base) if self._is_address(place, base):
                inner = (base,)
            case ir.Element(base=base):
                inner = (base,)
            case ir.Record(entries=entries) if place == at:
                inner = tuple(entry.value for entry in entries)
            case ir.Sequence(items=items) | ir.Text(parts=items) | ir.Operation(operands=items) if place == at:
                inner = items
            case _:
                return {place}
        return {part for one in inner if depth for part in self._parts(place.to(one), site, depth - 1)}

    def _names(self, at: At, site: tuple[Fn, int, int]) -> Iterator[str]:
        """The names that every way to a step has taken out of a variable's container."""
        fn, block, line = site
        held = self._of(fn).get(self.program.bare(at).value, ()) if Fn(at.module, at.function) == fn else ()
        around: set[int] = set()
        while held and block >= 0:
            around.add(block)
            block = self.program.function(fn).blocks[block].parent
        yield from (one.name for one in held if one.block in around and one.line < line)

    def _of(self, fn: Fn) -> dict[int, list[_Removal]]:
        if fn not in self._held:
            found: dict[int, list[_Removal]] = {}
            for base, removal in self._read(fn):
                known = self._unless_there(fn, base, removal)
                found.setdefault(self.program.bare(fn.at(base)).value, []).append(known)
            self._held[fn] = found
        return self._held[fn]

    def _read(self, fn: Fn) -> Iterator[tuple[int, _Removal]]:
        function = self.program.function(fn)
        for step in function.steps:
            if isinstance(step, ir.Store) and step.base >= 0:
                name = step.name or self._text(fn, step.key)
                if name in _WITHIN and self._is_address(fn.at(step.base), step.base) and self._hides(fn, step.value):
                    yield step.base, _Removal(USERINFO, step.block, step.line)
                elif name and isinstance(self.program.value(fn.at(step.value)), ir.Literal):
                    yield step.base, _Removal(name, step.block, step.line)
            elif isinstance(step, ir.Do) and isinstance(call := function.values[step.value], ir.Call) and call.args:
                yield from self._called(fn, call, step.block)
        for value in function.values:
            if isinstance(value, ir.Operation) and value.operator in _DELETING:
                for taken in (function.values[operand] for operand in value.operands):
                    if isinstance(taken, ir.Member | ir.Item):
                        line, block = taken.line, self._block(function, taken.line)
                        removal = self._taken(fn, taken.key, block, line) if isinstance(taken, ir.Item) else None
                        yield taken.base, removal or _Removal(getattr(taken, "name", ""), block, line)

    def _is_address(self, at: At, number: int) -> bool:
        """Whether a value is a parsed address."""
        held = self.program.bare(at.to(number))
        made = self.program.value(held)
        if isinstance(made, ir.Item):  # Go: the first of two results
            held = self.program.bare(held.to(made.base))
            made = self.program.value(held)
        return isinstance(made, ir.Call) and self.program.called(held.to(made.callee)) in _PARSING

    def _hides(self, fn: Fn, number: int) -> bool:
        """Whether what is put in place of a password is none: a constant, nothing, Go's user without one."""
        at = self.program.bare(fn.at(number))
        value = self.program.value(at)
        if isinstance(value, ir.Call):
            name, *others = self.program.called(at.to(value.callee)), *(argument.value for argument in value.args[1:])
            constants = all(isinstance(self.program.value(at.to(one)), ir.Literal) for one in others)
            return name in {"User", "UserPassword"} and constants
        return isinstance(value, ir.Literal) or (isinstance(value, ir.Name) and value.name in {"nil", "undefined"})

    def _unless_there(self, fn: Fn, base: int, removal: _Removal) -> _Removal:
        """What is removed where it is asked whether it is there, is not there behind the condition either."""
        block = self.program.function(fn).blocks[removal.block]
        if block.kind != "if" or block.test < 0:
            return removal
        names = _WITHIN if removal.name == USERINFO else {removal.name}
        held, front, about = self.program.bare(fn.at(base)), [fn.at(block.test)], False
        while front:
            at = self.program.bare(front.pop())
            value = self.program.value(at)
            match value:
                case _ if at == held:
                    about = True
                case ir.Literal(kind="str", text=text) if text and text not in names:
                    return removal
                case ir.Member(base=inner, name=name) if name in names | _THERE:
                    front.append(at.to(inner))
                case ir.Item(base=inner, key=key):
                    front += [at.to(inner), at.to(key)]
                case ir.Call() | ir.Operation():
                    front += [at.to(one) for one in children(value)]
                case ir.Literal():
                    continue
                case ir.Name(name="nil" | "undefined"):
                    continue
                case _:
                    return removal
        return removal._replace(block=block.parent) if about else removal

    def _called(self, fn: Fn, call: ir.Call, block: int) -> Iterator[tuple[int, _Removal]]:
        callee = self.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name in _REMOVING:
            yield callee.base, self._taken(fn, call.args[0].value, block, call.line)
        elif isinstance(callee, ir.Member) and callee.name == "update":
            set_again = [(argument.name, argument.value) for argument in call.args if argument.name]
            held = self.program.value(fn.at(call.args[0].value))
            set_again += [(entry.key, entry.value) for entry in held.entries] if isinstance(held, ir.Record) else []
            for name, value in set_again:
                if name and isinstance(self.program.value(fn.at(value)), ir.Literal):
                    yield callee.base, _Removal(name, block, call.line)
        elif isinstance(callee, ir.Member) and callee.name == "forEach":
            yield from self._in_turn(fn, call, block)
        elif isinstance(callee, ir.Name) and callee.name == "delete" and len(call.args) > 1:
            yield call.args[0].value, self._taken(fn, call.args[1].value, block, call.line)

    def _in_turn(self, fn: Fn, call: ir.Call, block: int) -> Iterator[tuple[int, _Removal]]:
        """``names.forEach((name) => delete copy[name])``."""
        done = self.program.value(self.program.bare(fn.at(call.args[0].value)))
        inner = Fn(fn.module, done.function) if isinstance(done, ir.Closure) else None
        for base, removal in self._read(inner) if inner else ():
            held = self.program.value(inner.at(base)) if inner else None
            outer = self.program.lexical(inner, held.name) if inner and isinstance(held, ir.Name) else None
            top = inner is not None and not self.program.function(inner).blocks[removal.block].parent >= 0
            if outer is not None and top and Fn(outer.module, outer.function) == fn and lists(removal.name):
                yield outer.value, _Removal(removal.name, block, call.line)

    def _taken(self, fn: Fn, key: int, block: int, line: int) -> _Removal:
        """What is removed under a key: a name, what a parameter names, or in a loop each name that it lists."""
        mark = "" if (text := self._text(fn, key)) else self.inturn.marked(fn.at(key))
        function = self.program.function(fn)
        each = lists(mark) and function.blocks[block].kind == "loop"
        return _Removal(text or mark, function.blocks[block].parent if each else block, line)

    def _text(self, fn: Fn, value: int) -> str:
        held = self.program.value(fn.at(value)) if value >= 0 else None
        return held.text if isinstance(held, ir.Literal) else ""

    @staticmethod
    def _block(function: ir.Function, line: int) -> int:
        holding = (n for n, block in enumerate(function.blocks) if block.line <= line <= block.end_line)
        return max(holding, key=lambda n: (function.blocks[n].line, n), default=0)
