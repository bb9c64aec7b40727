"""The name that code gives to a tool which it makes from an operation: what is constant, and where the id goes in.

A server that makes its tools from a document names them by an expression, such as ``` `${prefix}-${operation.id}` ```
cut at 64 characters. It is evaluated here for each operation: constants as they are, changes of case, cuts and
replacements as the language does them, the operation's own fields by their usual names, and the one part that nothing
says anything about as the operation's id.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.operations import Operation
from skillaudit.linking.registrations.toolbox import Toolbox

_IDS: Final = {"operationid", "opid"}
_FIELDS: Final[Mapping[str, Callable[[Operation], str]]] = {
    "method": lambda one: one.method, "httpmethod": lambda one: one.method, "verb": lambda one: one.method,
    "path": lambda one: one.path, "pathname": lambda one: one.path, "route": lambda one: one.path,
    "pathkey": lambda one: one.path, "summary": lambda one: one.summary,
}  # fmt: skip
_CASES: Final[Mapping[str, Callable[[str], str]]] = {
    "toLowerCase": str.lower, "lower": str.lower, "toUpperCase": str.upper, "upper": str.upper, "trim": str.strip,
    "strip": str.strip, "toString": str, "ToLower": str.lower, "ToUpper": str.upper, "TrimSpace": str.strip,
}  # fmt: skip
_CUTS: Final = {"slice", "substring", "substr"}
_METHODS: Final = {*_CASES, *_CUTS, "replace", "replaceAll"}
_FIRST_OF: Final = {"or", "||", "??"}
_ONE_CLASS: Final = re.compile(r"(?:\[\^?(?:\\.|[^\]\\\[]){1,80}\]|\\[WwDdSs]|[\w ./{}:-])(?:\+|\*)?")
"""Patterns of one class of characters, which cost linear time whoever wrote them."""
_DEEPEST = 16
_MOST = 300


class _Said(msgspec.Struct, frozen=True):
    """A text for one operation; ``unknown`` parts of it were taken for the id, ``known``: the id is in it."""

    text: str
    unknown: frozenset[At] = frozenset()
    known: bool = False

    @property
    def sure(self) -> bool:
        return not self.unknown or (len(self.unknown) == 1 and not self.known)


@dataclass(slots=True)
class ToolNames:
    """Evaluates the expression of a name."""

    box: Toolbox
    _passed: dict[Formal, At] = field(default_factory=dict)
    _constants: dict[At, str | None] = field(default_factory=dict)
    _left: int = 0

    def of(self, name: At, operation: Operation) -> str:
        """The tool's name for an operation; empty where the expression is not understood or gives none."""
        said = self._whole(name, operation)
        return said.text if said is not None and said.sure else ""

    def rank(self, name: At, operation: Operation) -> int:
        """How much the expression says of the operation: 2 its id by name, 1 constants around it, 0 nothing."""
        said = self._whole(name, operation)
        return 2 if said is not None and said.known else int(said is not None and said.text != operation.id)

    def _whole(self, name: At, operation: Operation) -> _Said | None:
        self._passed.clear()
        self._left = _MOST
        return self._of(name, operation, 0)

    def _of(self, at: At, operation: Operation, depth: int) -> _Said | None:  # noqa: C901, PLR0911 - one case per kind
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return None
        value = self.box.program.value(at)
        match value:
            case ir.Literal(kind="str", text=text):
                return _Said(text)
            case ir.Variable(name=name, value=held):
                said = self._of(at.to(held), operation, depth + 1)
                lost = said is None or bool(said.unknown)
                return self._field(name, operation) or said if lost else said
            case ir.Text(parts=parts) if value.style != "percent":
                return self._joined([self._of(at.to(part), operation, depth + 1) for part in parts])
            case ir.Operation(operator=operator, operands=options) if operator in _FIRST_OF:
                return self._first(at, options, operation, depth)
            case ir.Choice(options=options):
                return self._first(at, options, operation, depth)
            case ir.Call():
                return self._call(at, value, operation, depth) or self._plain(at, operation)
            case ir.Item(base=base, key=key) if self._is_cut(at.to(key)):
                return self._cut(self._of(at.to(base), operation, depth + 1), at.to(key))
            case ir.Name(name=name):
                outer = self.box.program.lexical(Fn(at.module, at.function), name)
                return self._of(outer, operation, depth + 1) if outer else self._plain(at, operation)
            case ir.Param(index=index):
                given = self._passed.get(Formal(Fn(at.module, at.function), index))
                return self._of(given, operation, depth + 1) if given else self._plain(at, operation)
            case _:
                return self._plain(at, operation)

    def _plain(self, at: At, operation: Operation) -> _Said | None:
        """A constant, a field of the operation, or what nothing is known of."""
        if at not in self._constants:
            texts = {text for text, _ in self.box.scenes.texts(at)}
            self._constants[at] = texts.pop() if len(texts) == 1 else None
        constant = self._constants[at]
        if constant is not None:
            return _Said(constant)
        for name in self._called(at):
            if (said := self._field(name, operation)) is not None:
                return said if said.text else None
        called = isinstance(self.box.program.value(at), ir.Call)
        return _Said(operation.id, frozenset({at})) if operation.id and not called else None

    def _called(self, at: At) -> Iterator[str]:
        """How the code calls a value: ``op.operationId``, ``op["operationId"]``, ``op.get("operationId")``."""
        value = self.box.program.value(at)
        yield self.box.origins.name_of(at)
        if isinstance(value, ir.Param):
            yield self.box.program.function(Fn(at.module, at.function)).params[value.index].name
        keys = [value.key] if isinstance(value, ir.Item) else []
        if isinstance(value, ir.Call) and self.box.origins.name_of(at.to(value.callee)) == "get":
            keys += [argument.value for argument in value.args[:1]]
        for key in keys:
            literal = self.box.program.value(at.to(key))
            if isinstance(literal, ir.Literal):
                yield literal.text

    @staticmethod
    def _field(name: str, operation: Operation) -> _Said | None:
        plain = name.replace("_", "").lower()
        if plain in _IDS:
            return _Said(operation.id, known=True)
        return _Said(_FIELDS[plain](operation)) if plain in _FIELDS else None

    @staticmethod
    def _joined(parts: list[_Said | None]) -> _Said | None:
        said = [part for part in parts if part is not None]
        if len(said) < len(parts):
            return None
        unknown = frozenset(at for part in said for at in part.unknown)
        return _Said("".join(part.text for part in said), unknown, any(part.known for part in said))

    def _first(self, at: At, options: tuple[int, ...], operation: Operation, depth: int) -> _Said | None:
        """The first option that says something, one without unknown parts before the others."""
        said = [self._of(at.to(option), operation, depth + 1) for option in options]
        held = [one for one in said if one is not None and one.text]
        return next((one for one in held if not one.unknown), next(iter(held), None))

    # --- calls

    def _call(self, at: At, call: ir.Call, operation: Operation, depth: int) -> _Said | None:
        callee = self.box.program.value(at.to(call.callee))
        name = self.box.origins.name_of(at.to(call.callee))
        arguments = [at.to(argument.value) for argument in call.args if not argument.spread]
        own = [s for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        if own:
            return self._returned(own[0], arguments, operation, depth)
        if name == "sub" and len(arguments) > 2:  # noqa: PLR2004 - re.sub(pattern, replacement, text)
            return self._matched(self._of(arguments[2], operation, depth + 1), *arguments[:2])
        if name in _CASES and name[0].isupper() and arguments:
            return self._cased(self._of(arguments[0], operation, depth + 1), name)
        if isinstance(callee, ir.Member) and name in _METHODS:
            return self._changed(self._of(at.to(callee.base), operation, depth + 1), name, arguments, at)
        return None

    def _changed(self, base: _Said | None, name: str, arguments: list[At], at: At) -> _Said | None:
        """What a method of texts makes of one."""
        if name in _CASES:
            return self._cased(base, name)
        if name in _CUTS:
            return self._sliced(base, arguments)
        once = name == "replace" and self.box.program.modules[at.module].language != "python"
        return self._replaced(base, arguments, 1 if once else -1)

    @staticmethod
    def _cased(base: _Said | None, name: str) -> _Said | None:
        return None if base is None else _Said(_CASES[name](base.text), base.unknown, base.known)

    def _returned(self, fn: Fn, arguments: list[At], operation: Operation, depth: int) -> _Said | None:
        """What a function of the project makes of its arguments: the first answer, or a shorter beginning of it."""
        function = self.box.program.function(fn)
        for index, argument in enumerate(arguments[: len(function.params)]):
            self._passed.setdefault(Formal(fn, index), argument)
        returned = (
            fn.at(s.value) for s in function.steps if isinstance(s, ir.Return) and s.value >= 0 and not s.yields
        )
        said = [one for at in returned if (one := self._of(at, operation, depth + 1)) is not None and one.text]
        best = next((one for one in said if not one.unknown), next(iter(said), None))
        return best and min((one for one in said if best.text.startswith(one.text)), key=lambda one: len(one.text))

    def _sliced(self, base: _Said | None, bounds: list[At]) -> _Said | None:
        """``text.slice(0, 64)``."""
        limits = [self._number(bound) for bound in bounds]
        if base is None or len(limits) != 2 or limits[0] != 0 or limits[1] is None:  # noqa: PLR2004 - from, to
            return None
        return _Said(base.text[: limits[1]], base.unknown, base.known)

    def _is_cut(self, key: At) -> bool:
        value = self.box.program.value(key)
        return isinstance(value, ir.Opaque) and value.kind == "slice"

    def _cut(self, base: _Said | None, key: At) -> _Said | None:
        """``text[:64]``."""
        value = self.box.program.value(key)
        bounds = [self._number(key.to(child)) for child in value.children] if isinstance(value, ir.Opaque) else []
        numbers = [number for number in bounds if number]
        if base is None or len(numbers) != 1:
            return None
        return _Said(base.text[: numbers[0]], base.unknown, base.known)

    def _number(self, at: At) -> int | None:
        value = self.box.program.value(at)
        while isinstance(value, ir.Variable | ir.Name):
            outer = self.box.program.lexical(Fn(at.module, at.function), value.name)
            at = at.to(value.value) if isinstance(value, ir.Variable) else outer or at
            if isinstance(value, ir.Name) and outer is None:
                return None
            value = self.box.program.value(at)
        return int(value.text) if isinstance(value, ir.Literal) and value.text.isdecimal() else None

    def _replaced(self, base: _Said | None, arguments: list[At], most: int) -> _Said | None:
        """``text.replace(/[^a-z]/g, "_")``, ``text.replace("/", "_")``; at most ``most`` times."""
        if base is None or len(arguments) < 2:  # noqa: PLR2004 - what, by what
            return None
        what, by = (self.box.program.value(argument) for argument in arguments[:2])
        if not isinstance(what, ir.Literal) or not isinstance(by, ir.Literal):
            return None
        if what.kind == "regex":
            pattern, _, flags = what.text[1:].rpartition("/")
            return _substituted(base, pattern, by.text, flags)
        return _Said(base.text.replace(what.text, by.text, most), base.unknown, base.known)

    def _matched(self, base: _Said | None, what: At, by: At) -> _Said | None:
        """``re.sub("[^a-z]", "_", text)``."""
        pattern, text = self.box.program.value(what), self.box.program.value(by)
        if base is None or not isinstance(pattern, ir.Literal) or not isinstance(text, ir.Literal):
            return None
        return _substituted(base, pattern.text, text.text, "g")


def _substituted(base: _Said, pattern: str, by: str, flags: str) -> _Said | None:
    """The text with what a simple pattern matches replaced; None for other patterns."""
    if not _ONE_CLASS.fullmatch(pattern) or "$" in by or "\\" in by:
        return None
    try:
        held = re.compile(pattern, re.IGNORECASE if "i" in flags else 0)
    except re.error:
        return None
    return _Said(held.sub(by, base.text, 0 if "g" in flags else 1), base.unknown, base.known)
