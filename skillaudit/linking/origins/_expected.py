"""What an expression in a condition is: one value as it came, a pattern, or what the project itself expects."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import msgspec

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.knowledge.closedsets import SAME_TEXT, body
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, External, Formal, Symbols
from skillaudit.linking.values.origin import Origin, Path, Root

_DEPTH = 12
_SHORT = 80
_TEXTS = {
    "text",
    "content",
    "body",
    "read",
    "lower",
    "upper",
    "toLowerCase",
    "strip",
    "trim",
    "decode",
    "join",
    "toString",
}
_TEXT_TYPE = re.compile(r"^\s*(?:str|string|Optional\[str\]|str \| None)\s*$")
_ENVIRONMENTS = {"os.environ", "process.env"}
_CONTAINERS = {
    "Map()", "WeakMap()", "Set()", "dict()", "set()", "collections.OrderedDict()", "collections.defaultdict()",
    "weakref.WeakValueDictionary()", "cachetools.TTLCache()", "cachetools.LRUCache()", "lru-cache.LRUCache()",
}  # fmt: skip


_LISTING = {"items", "values", "entries", "list", "tuple", "set", "sorted", "enumerate", "dict", "copy"}
_PUTTING = {"add", "set", "append", "push", "setdefault", "Store", "Set", "insert", "put"}
_CLIENTS = {Nature.ARGUMENT, Nature.ARGUMENTS, Nature.MESSAGE, Nature.REQUEST, Nature.BODY}


class Proved(IntEnum):
    """``ESCAPED``: it is written without its line breaks; ``CLOSED``: it is one of what the project expects."""

    ESCAPED = 1
    CLOSED = 2


class Proof(msgspec.Struct, frozen=True):
    """What is known of a value."""

    root: Root
    proved: Proved

    def covers(self, root: Root) -> bool:
        """Whether it speaks of this value."""
        return self.root == root


class Asked(NamedTuple):
    """What a condition asks of an answer: of ``item`` of it (empty: of the whole), that it is true, or ``equals``.

    ``sense`` is false where the contrary holds, None where nothing is asked and the function only came back.
    """

    sense: bool | None
    item: str = ""
    equals: str | None = None


@dataclass(slots=True)
class Expected:
    """Reads the operands of conditions; ``origins`` evaluates one value with the path taken from it."""

    program: Program
    symbols: Symbols
    origins: Callable[[At, Path], tuple[Origin, ...]]
    _put: dict[str, list[At]] | None = None
    _fed: dict[str, bool] = field(default_factory=dict)

    def is_fed(self, at: At) -> bool:
        """Whether what the client sent is put into a container as a key or an element: then it holds any text."""
        name = self.program.called(self.program.bare(at))
        if name not in self._fed:
            self._fed[name] = False  # while it is asked, what the container holds counts as expected
            keys = self._keys().get(name, ()) if name else ()
            self._fed[name] = any(origin.nature in _CLIENTS for key in keys for origin in self.origins(key, ()))
        return self._fed[name]

    def _keys(self) -> dict[str, list[At]]:
        """By the name of a container, what is put into it."""
        if self._put is None:
            self._put = {}
            for fn in self.program.functions():
                function = self.program.function(fn)
                for step in function.steps:
                    if isinstance(step, ir.Store) and step.key >= 0 and step.base >= 0:
                        self._put.setdefault(self.program.called(fn.at(step.base)), []).append(fn.at(step.key))
                    elif isinstance(step, ir.Do) and isinstance(call := function.values[step.value], ir.Call):
                        callee = function.values[call.callee]
                        if isinstance(callee, ir.Member) and callee.name in _PUTTING and call.args:
                            name = self.program.called(fn.at(callee.base))
                            self._put.setdefault(name, []).append(fn.at(call.args[0].value))
        return self._put

    def pattern(self, at: At, depth: int = 3) -> str | None:
        value = self.program.value(self.program.bare(at))
        if isinstance(value, ir.Literal) and value.kind in {"regex", "str"}:
            return body(value.text) if value.kind == "regex" else value.text
        if isinstance(value, ir.Call) and value.args and depth:
            return self.pattern(self.program.bare(at).to(value.args[0].value), depth - 1)
        for symbol in self.symbols.resolve(at) if depth else ():
            if isinstance(symbol, Data):
                return self.pattern(symbol.at, depth - 1)
        outer = self.outer(self.program.bare(at), value) if depth else None
        return self.pattern(outer, depth - 1) if outer is not None else None

    def outer(self, at: At, value: ir.Value) -> At | None:
        """What a name of the enclosing function or the module, or of another file, is bound to."""
        if isinstance(value, ir.Name):
            return self.program.lexical(Fn(at.module, at.function), value.name)
        if isinstance(value, ir.Import):
            found = self.program.imported(at.module, value.module, value.symbol)
            return found if isinstance(found, At) else None
        return None

    def closed(self, at: At) -> Iterator[Proof]:
        yield from self.proving(at, Proved.CLOSED)

    def proving(self, at: At, proved: Proved, path: Path = ()) -> Iterator[Proof]:
        """The proof for what an expression stands for, if it leaves it as it is: one value, or one by several names."""
        if self._is_plain(at):
            held = [o for o in self.origins(at, path) if o.root is not None and not o.partial]
            roots = list(dict.fromkeys(o.root for o in held if o.root is not None))
            chosen = {o.chosen for o in held}
            if len({root.held for root in roots}) == 1:
                yield from (Proof(root, proved) for root in roots)
            elif len(chosen) == 1:
                yield from (Proof(root, proved) for root in chosen if root is not None)
        elif (made := self.made(at)) is not None:
            yield Proof(Root(made, path), proved)

    def made(self, at: At) -> At | None:
        """The call whose result a variable holds, where that is another text than what it was made of."""
        held = self.program.bare(at)
        value = self.program.value(held)
        return held if isinstance(value, ir.Call) and not self._is_same(held, value) else None

    def _is_plain(self, at: At) -> bool:  # noqa: PLR0911 - one answer per kind of value
        """Whether an expression is a name, a member, or one of these in other letters or without its margins."""
        value = self.program.value(at)
        match value:
            case ir.Variable():
                return self._is_plain(at.to(value.value))
            case ir.Param() | ir.Name() | ir.Receiver():
                return True
            case ir.Member():
                return self._is_plain(at.to(value.base))
            case ir.Item():
                held = isinstance(self.program.value(at.to(value.key)), ir.Literal)
                return held and self._is_plain(at.to(value.base))
            case ir.Element():
                return self._is_listed(at.to(value.base))
            case ir.Operation(operator=("or" | "||" | "??")):
                return self._is_plain(at.to(value.operands[0]))
            case ir.Opaque(kind="type_assertion"):
                return self._is_plain(at.to(value.children[0]))
            case ir.Choice():
                return all(self._is_plain(at.to(o)) or self.is_nothing(at.to(o)) for o in value.options)
            case ir.Call():
                return self._is_same(at, value)
            case _:
                return False

    def _is_same(self, at: At, call: ir.Call) -> bool:
        """Whether a call gives back the text, or the part, as it is."""
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member):
            return callee.name in SAME_TEXT or (callee.name == "pop" and bool(call.args))
        return self.program.called(at.to(call.callee)) in {"str", "String"}

    def _is_listed(self, at: At) -> bool:
        """Whether the elements of what a loop goes through are values as they came."""
        value = self.program.value(at)
        match value:
            case ir.Variable():
                return self._is_listed(at.to(value.value))
            case ir.Choice():
                return all(self._is_listed(at.to(option)) for option in value.options)
            case ir.Sequence():
                return all(
                    isinstance(self.program.value(at.to(i)), ir.Literal) or self._is_plain(at.to(i))
                    for i in value.items
                )
            case ir.Call(callee=callee) if isinstance(got := self.program.value(at.to(callee)), ir.Member):
                listed = got.name in _LISTING and self._is_listed(at.to(got.base))
                return listed or (got.name not in _LISTING and self._is_same(at, value))
            case ir.Call():
                named = self.program.called(at.to(value.callee)) in _LISTING
                return named and all(self._is_listed(at.to(argument.value)) for argument in value.args)
            case _:
                return self._is_plain(at)

    def kind(self, at: At) -> str:
        """The Python type of an empty container, a text or ``None``; nothing for any other value."""
        value = self.program.value(self.program.bare(at))
        match value:
            case ir.Record(entries=()):
                return "dict"
            case ir.Sequence(items=()):
                return "list"
            case ir.Literal(kind="null"):
                return "None"
            case ir.Literal(kind="str"):
                return "str"
            case _:
                return ""

    def holds(self, at: At, wanted: At, *, inside: bool = True) -> bool:  # noqa: C901, PLR0911, PLR0912 - as above
        """Whether a container (``inside``), or the value compared with, is none of the client's, nor one text."""
        sources = {o.root.held for o in self.origins(wanted, ()) if o.root is not None}
        place: At | None = at
        for _ in range(_DEPTH):
            if place is None:
                return True
            value = self.program.value(place)
            match value:
                case ir.Variable():
                    place = place.to(value.value)
                case ir.Literal():
                    return not inside or len(value.text) < _SHORT
                case ir.Text():
                    return False
                case ir.Param():
                    return self._is_given(Formal(Fn(place.module, place.function), value.index), sources, inside=inside)
                case ir.Member() | ir.Item():
                    if inside and isinstance(value, ir.Member) and (value.name in _TEXTS or self.is_fed(place)):
                        return False
                    place = place.to(value.base)
                case ir.Element():
                    place = place.to(value.base)
                case ir.Name() | ir.Import():
                    if inside and self.is_fed(place):
                        return False
                    place = self.outer(place, value)
                case ir.Call():
                    callee = self.program.value(place.to(value.callee))
                    if inside and isinstance(callee, ir.Member) and callee.name in _TEXTS:
                        return False
                    told = value.args[0].value if value.args else value.callee
                    place = place.to(callee.base if isinstance(callee, ir.Member) else told)
                case _:
                    return True
        return False

    def _is_given(self, formal: Formal, sources: set[Formal | At | str], *, inside: bool) -> bool:
        parameter = self.program.function(formal.fn).params[formal.position]
        text = bool(_TEXT_TYPE.match(parameter.type_text))
        return formal not in sources and not (inside and text) and self._unfilled(formal)

    def _unfilled(self, formal: Formal) -> bool:
        """Whether the client does not fill the parameter: then its callers' values are not known as the client's."""
        fn = formal.fn
        for number, value in enumerate(self.program.function(fn).values):
            if isinstance(value, ir.Param) and value.index == formal.position:
                return all(o.nature is None for o in self.origins(fn.at(number), ()))
        return True

    def is_enumeration(self, cls: Cls) -> bool:
        declared = self.program.klass(cls)
        scope = Fn(cls.module, declared.scope)
        return declared.kind == "enum" or any(self.program.called(scope.at(b)).endswith("Enum") for b in declared.bases)

    def is_nothing(self, at: At) -> bool:
        """Whether a value is null, or an empty text."""
        value = self.program.value(at)
        return (isinstance(value, ir.Literal) and (value.kind == "null" or value.text == "")) or (
            isinstance(value, ir.Name) and value.name in {"undefined", "nil"}
        )

    def item(self, at: At, item: str) -> At | None:
        """A part of what a function gives back: by position, by key, or by the name it is made with."""
        at = self.program.bare(at)
        value = self.program.value(at)
        match value:
            case _ if not item:
                return at
            case ir.Sequence() if item.isdecimal() and int(item) < len(value.items):
                return self.program.bare(at.to(value.items[int(item)]))
            case ir.Record():
                return next((self.program.bare(at.to(e.value)) for e in value.entries if e.key == item), None)
            case ir.Call():
                return next((self.program.bare(at.to(a.value)) for a in value.args if a.name == item), None)
            case _:
                return None

    def truth(self, at: At, asked: Asked) -> bool | None:
        """Whether a constant is what is asked for; None where it is open."""
        value = self.program.value(at)
        if isinstance(value, ir.Literal) and asked.equals is not None:
            return value.text == asked.equals
        if asked.equals is not None:
            return None
        if self.is_nothing(at):
            return False
        if isinstance(value, ir.Literal):
            return value.text.lower() == "true" if value.kind == "bool" else value.text.strip("0.") != ""
        held = value.entries if isinstance(value, ir.Record) else value.items if isinstance(value, ir.Sequence) else ()
        python = self.program.modules[at.module].language == "python"
        return (
            True
            if held or isinstance(value, ir.Text)
            else False
            if python and held == () and isinstance(value, ir.Record | ir.Sequence)
            else None
        )

    def is_foreign(self, at: At) -> bool:
        """Whether it belongs to a library; the containers of the language, that the project fills, do not."""
        held = (s.path for s in self.symbols.resolve(at) if isinstance(s, External))
        return any(path not in _ENVIRONMENTS and path not in _CONTAINERS for path in held)
