"""What surrounds a value says about it: name, kind of expression, declared type, the format it is put into."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.knowledge import forms, sources, vocabulary
from skillaudit.linking.knowledge.forms import Effect
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, External, Formal, Instance, Symbols
from skillaudit.linking.values.appliedschemas import Applied
from skillaudit.linking.values.closedtypes import ClosedTypes
from skillaudit.linking.values.inturn import InTurn
from skillaudit.linking.values.masks import Masks
from skillaudit.linking.values.origin import Origin
from skillaudit.linking.values.roles import Role, Roles, is_message, role_by_type

_CONTAINERS = re.compile(r"^(?:Optional\[)?(?:dict|list|set|tuple|Dict|List|Set|Mapping|Sequence|Json(?:Dict|List)?)\b")
_NUMERIC = {"|", ">>>", "**"}
_PATTERNS = {"compile", "RegExp", "MustCompile"}
_CALLED = {"__name__", "__qualname__", "__module__", "__class__", "__doc__", "model_fields", "model_fields_set"}
"""What functions, classes and the fields of pydantic's models are called, which no client chooses."""

_CHANNEL = re.compile(r"^(?:<-\s*)?chan\b")
_LISTS = {"sorted", "list", "set", "tuple", "dict", "keys", "values", "items", "model_dump", "asdict", "loads", "split"}
_TAKING_APART = {
    "split", "rsplit", "splitlines", "Split", "SplitN", "Fields", "findall", "finditer", "matchAll", "tokenize",
    "Tokenize",
}  # fmt: skip
_PLAIN = re.compile(
    r"^\s*(?:Optional\[)?(?:str|string|int|float|bool|number|boolean|error)\]?(?:\s*\|\s*(?:None|null|undefined|str|string|int))*\s*$"
)
_NEVER = (ir.Element, ir.Literal, ir.Closure, ir.ClassValue, ir.Sequence, ir.Record, ir.Operation)


@dataclass(slots=True)
class Hints:
    """Reads hints; nothing here follows a flow."""

    program: Program
    symbols: Symbols
    roles: Roles
    types: ClosedTypes = field(init=False)
    applied: Applied = field(init=False)
    masks: Masks = field(init=False)
    _hiding: dict[At, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read types and schemas with the same knowledge."""
        self.types = ClosedTypes(self.program, self.symbols)
        self.applied = Applied(self.program, self.symbols, self.roles)
        self.masks = Masks(self.program, self.symbols)

    def may_hide(self, at: At) -> bool:
        """Whether a value whose name promises a credential can be one: no constant, truth, count or loop's item."""
        if at not in self._hiding:
            self._hiding[at] = self._may_hide(at)
        return self._hiding[at]

    def _may_hide(self, at: At) -> bool:  # noqa: PLR0911 - one answer per kind of value
        value = self.program.value(at)
        match value:
            case ir.Variable():
                return self.may_hide(at.to(value.value))
            case ir.Choice() | ir.Operation(operator=("or" | "||" | "??" | "and" | "&&")):
                options = value.options if isinstance(value, ir.Choice) else value.operands
                return any(self.may_hide(at.to(option)) for option in options)
            case ir.Call():
                return self.result_may_hide(at, value)
            case ir.Item() if isinstance(inner := self.program.value(at.to(value.base)), ir.Call):
                return self.result_may_hide(at, inner)
            case ir.Import(symbol="") if not self.program.is_script(at.module):
                return False  # a module
            case ir.Member() | ir.Name() | ir.Import():
                return not self.is_constant(at)
            case ir.Param():
                return vocabulary.types_secret(self.parameter_of(at, value).type_text)
            case ir.Text():
                return any(self.may_hide(at.to(part)) for part in value.parts)
            case _:
                return not isinstance(value, _NEVER)

    def is_constant(self, at: At) -> bool:
        """Whether a name leads to a literal of the project: ``STORAGE.API_KEYS`` is the name of a slot."""
        held = self.symbols.resolve(at)
        return bool(held) and all(
            isinstance(s, Data) and isinstance(self.program.value(s.at), ir.Literal) for s in held
        )

    def result_may_hide(self, at: At, call: ir.Call) -> bool:
        """The same for what a call gives back, by what is called and with what."""
        name = self.name_of(at.to(call.callee))
        effect = forms.of_method(name)
        if effect is Effect.NOTHING:
            return False
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member) and effect is not Effect.UNKNOWN:
            return self.may_hide(at.to(callee.base))
        targets = self.symbols.resolve(at.to(call.callee))
        effects = {forms.of_call(t.path) for t in targets if isinstance(t, External)}
        if Effect.NOTHING in effects:
            return False
        if Effect.KEEPS in effects and call.args:
            return any(self.may_hide(at.to(argument.value)) for argument in call.args)
        if any(self._is_word(at.to(argument.value)) for argument in call.args):
            return False
        own = [t for t in targets if isinstance(t, Fn)]
        return not own or any(self._returns_may_hide(fn) for fn in own)

    def _is_word(self, at: At) -> bool:
        """Whether a value is one of the words that a text was taken apart into."""
        value = self.program.value(self.program.bare(at))
        if not isinstance(value, ir.Element):
            return False
        made = self.program.bare(at.to(value.base))
        call = self.program.value(made)
        return isinstance(call, ir.Call) and self.name_of(made.to(call.callee)) in _TAKING_APART

    def _returns_may_hide(self, fn: Fn) -> bool:
        returned = [s.value for s in self.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0]
        values = [self.program.value(fn.at(value)) for value in returned]
        return any(not isinstance(v, ir.Text | ir.Literal | ir.Operation) for v in values)

    def name_of(self, at: At) -> str:
        """The last name in an expression: ``a.b.c`` is called ``c``."""
        value = self.program.value(at)
        match value:
            case ir.Variable() | ir.Name() | ir.Member():
                return value.name
            case ir.Import():
                return value.symbol or value.module.rpartition("/")[2]
            case ir.Param():
                return self.program.function(Fn(at.module, at.function)).params[value.index].name
            case ir.Call():
                return self.name_of(at.to(value.callee))
            case _:
                return ""

    def is_closed(self, formal: Formal, path: tuple[str, ...]) -> bool:
        """Whether declared type or schema leave no room for a free text: a number or a choice cannot forge a record."""
        asked = self.applied.asked(formal, path)
        return self.types.parameter(formal, asked) or any(shape.one_line for shape in self.applied.of(formal, path))

    def gives_closed(self, fn: Fn, path: tuple[str, ...]) -> bool:
        """Whether the declared result of a function, or the one of several that is taken, is a number or a choice."""
        function = self.program.function(fn)
        if function.returns < 0 or function.parent < 0:
            return False
        at = At(fn.module, function.parent, function.returns)
        several = self.program.value(at)
        if isinstance(several, ir.Sequence) and path and path[0].isdecimal():
            at = at.to(several.items[int(path[0])]) if int(path[0]) < len(several.items) else at
        return self.types.closed(at)

    def counts(self, at: At, value: ir.Operation) -> bool:
        """Whether an operation of JavaScript gives a number whatever its operands are: ``+x``, ``x | 0``."""
        if self.program.modules[at.module].language not in {"typescript", "javascript"}:
            return False
        return value.operator in _NUMERIC or (value.operator == "+" and len(value.operands) == 1)

    def formats(self, at: At, value: ir.Operation) -> bool:
        """Whether ``text % arguments`` is Python's formatting and no remainder."""
        if value.operator != "%" or self.program.modules[at.module].language != "python":
            return False
        right = self.program.value(self.program.bare(at.to(value.operands[1])))
        rest = isinstance(right, ir.Param) and self.parameter_of(at, right).kind in {"rest", "keywords"}
        return rest or isinstance(right, ir.Sequence | ir.Record)

    def pattern(self, at: At, depth: int = 3) -> str:
        """The text of a compiled regular expression, or of a constant; empty where it is not in sight."""
        held = self.program.bare(at)
        value = self.program.value(held)
        match value:
            case ir.Literal():
                return value.text
            case ir.Call(args=(first, *_)) if depth and self.name_of(held.to(value.callee)) in _PATTERNS:
                return self.pattern(held.to(first.value), depth - 1)
            case ir.Name() if depth and (outer := self.program.lexical(Fn(held.module, held.function), value.name)):
                return self.pattern(outer, depth - 1)
            case _:
                return ""

    def is_header(self, at: At) -> bool:
        """Whether a value is the headers of Go: what they give under a name that is not in sight is one of them."""
        return self.program.modules[at.module].language == "go" and self.name_of(at) in {"Header", "header", "headers"}

    def parameter_of(self, at: At, value: ir.Param) -> ir.Parameter:
        """The declaration of the parameter that a value is."""
        return self.program.function(Fn(at.module, at.function)).params[value.index]

    def told(self, key: At, of: At) -> str:
        """The mark of the parameter that names what a function takes of something, else nothing."""
        given = self.program.value(self.program.bare(of))
        fn = Fn(key.module, key.function)
        filled = isinstance(given, ir.Param) and self.roles.of(Formal(fn, given.index))
        return "" if filled else InTurn(self.program).marked(key)

    def is_channel(self, at: At) -> bool:
        """Whether a Go value is a channel: by its declared type, or by what makes it."""
        held = self.program.bare(at)
        value = self.program.value(held)
        match value:
            case ir.Param():
                return bool(_CHANNEL.match(self.parameter_of(held, value).type_text))
            case ir.Name(name=name):
                outer = self.program.lexical(Fn(held.module, held.function), name)
                return outer is not None and self.is_channel(outer)
            case ir.Member(base=base, name=name):
                classes = [s.cls for s in self.symbols.resolve(held.to(base)) if isinstance(s, Instance)]
                fields = (f for cls in classes for f in self.program.klass(cls).fields if f.name == name)
                return any(_CHANNEL.match(f.type_text) for f in fields)
            case ir.Call(args=(ir.Argument(value=made), *_)) if self.name_of(held.to(value.callee)) == "make":
                kind = self.program.value(held.to(made))
                return isinstance(kind, ir.Item) and self.name_of(held.to(kind.base)) == "chan"
            case _:
                return False

    def holds_nothing(self, at: At, value: ir.Member) -> bool:
        """Whether a member is what a function or a class is called, or in Go a field declared a number or a truth."""
        if self.program.modules[at.module].language == "go":
            return self.types.field_of(at.to(value.base), value.name)
        return value.name in _CALLED and self.program.modules[at.module].language == "python"

    def stars(self, at: At, call: ir.Call) -> bool:
        """Whether a Go call puts a placeholder where its second argument was: ``ReplaceAll(text, secret, "*")``."""
        if (
            self.program.modules[at.module].language != "go"
            or self.name_of(at.to(call.callee)) not in forms.GO_REPLACING
        ):
            return False
        last = self.program.value(at.to(call.args[2].value)) if len(call.args) > 2 else None  # noqa: PLR2004
        return isinstance(last, ir.Literal) and last.text.startswith(forms.PLACEHOLDERS)

    def gets_field(self, at: At, name: str) -> bool:
        """Whether a Go method gives out a field by its name."""
        return self.program.modules[at.module].language == "go" and bool(forms.getter(name))

    def role(self, formal: Formal) -> Role | None:
        """What the client fills of a parameter, by what was recognised, else by its declared type."""
        if (known := self.roles.of(formal)) is not None:
            return known
        role = role_by_type(self.program.function(formal.fn).params[formal.position].type_text)
        return None if role is Role.REQUEST and self._is_namesake(formal) else role

    def _is_namesake(self, formal: Formal) -> bool:
        """Whether a type is only called like the protocol's: a class of the project with nothing of a message in it."""
        own = [s.cls for s in self.symbols.resolve_formal(formal) if isinstance(s, Instance)]
        return bool(own) and not any(self._is_message(cls) for cls in own)

    def _is_message(self, cls: Cls) -> bool:
        declared = self.program.klass(cls)
        bases = (s for b in declared.bases for s in self.symbols.resolve(At(cls.module, declared.scope, b)))
        kits = any(not isinstance(s, External) or "mcp" in s.path or "modelcontext" in s.path for s in bases)
        return kits or is_message(kept.name for kept in declared.fields)

    def is_own(self, formal: Formal) -> bool:
        """Whether the declared type is a class or an interface of the project."""
        return any(isinstance(symbol, Instance) for symbol in self.symbols.resolve_formal(formal))

    def takes_text(self, formal: Formal) -> bool:
        """Whether the declared type is a text or a number, so that no object can be handed in."""
        return bool(_PLAIN.match(self.program.function(formal.fn).params[formal.position].type_text))

    def is_listing(self, at: At) -> bool:  # noqa: PLR0911 - one answer per kind of value
        """Whether Python writes the value as a list, a set or a dict: the texts inside are then quoted and escaped."""
        if self.program.modules[at.module].language != "python":
            return False
        value = self.program.value(at)
        match value:
            case ir.Variable():
                return self.is_listing(at.to(value.value))
            case ir.Sequence() | ir.Record():
                return True
            case ir.Operation(operator="or", operands=options) | ir.Choice(options=options):
                return all(self.is_listing(at.to(option)) for option in options)
            case ir.Call():
                name = self.name_of(at.to(value.callee))
                return name in _LISTS or (name == "json" and not value.args)
            case ir.Param():
                fn = Fn(at.module, at.function)
                listed = bool(_CONTAINERS.match(self.program.function(fn).params[value.index].type_text))
                return listed or self.roles.of(Formal(fn, value.index)) is Role.ARGUMENTS
            case _:
                return False

    def is_unwritten(self, at: At) -> bool:
        """Whether a script's value is the object itself and not a text made of it."""
        if self.program.modules[at.module].language not in {"typescript", "javascript"}:
            return False
        at = self.program.bare(at)
        value = self.program.value(at)
        answers = isinstance(value, ir.Call) and any(map(sources.keeps_request, self._provided(at)))
        return answers or isinstance(value, ir.Member | ir.Name | ir.Import | ir.Param | ir.Receiver | ir.Caught)

    def _provided(self, at: At) -> Iterator[str]:
        return (s.path for s in self.symbols.resolve(at) if isinstance(s, External))

    def is_record(self, at: At) -> bool:
        """Whether the value is a record put together on the spot."""
        value = self.program.value(self.program.bare(at))
        return isinstance(value, ir.Record)

    def bundled(self, name: str, at: At, origins: Iterable[Origin], *, grown: bool) -> Iterator[Origin]:
        """Origins of what is called ``name``: arguments in one record that is called ``params`` are raw arguments.

        ``grown``: more was put into the record later.
        """
        held = list(origins)
        if not held or not vocabulary.names_bag(name) or not self.is_record(at) or (self._is_plain(at) and not grown):
            yield from held
            return
        single = [o for o in held if o.nature is Nature.ARGUMENT]
        raw = any(not vocabulary.names_plain(o.name) for o in single)
        yield from (replace(o, nature=Nature.ARGUMENTS, name=name, escaped=False) for o in single[:1] if raw)
        others = (o for o in held if not (raw and o in single))
        yield from (replace(o, bag=o.bag or name) if o.nature is None else o for o in others)

    def _is_plain(self, at: At) -> bool:
        """Whether every entry of a record is called an id, a name, a number or a choice, whatever it came by."""
        record = self.program.value(self.program.bare(at))
        entries = record.entries if isinstance(record, ir.Record) else ()
        return bool(entries) and all(vocabulary.names_plain(entry.key) and not entry.spread for entry in entries)

    def looks_up(self, at: At) -> bool:
        """Whether the value is what a loop took out of another, by keys that are not in sight."""
        value = self.program.value(self.program.bare(at))
        for option in value.options if isinstance(value, ir.Choice) else ():
            inner = self.program.bare(at.to(option))
            taken = self.program.value(inner)
            if isinstance(taken, ir.Item) and not isinstance(self.program.value(inner.to(taken.key)), ir.Literal):
                return True
        return False

    def keeps_rest(self, at: At, bounds: tuple[int, ...]) -> bool:
        """Whether a slice only drops a constant beginning (``header[7:]``): what is left is the whole secret."""
        if not bounds or (len(bounds) > 1 and not self._is_absent(at.to(bounds[1]))):
            return False
        return not isinstance(self.program.value(at.to(bounds[0])), ir.Operation)

    def _is_absent(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Literal) and value.kind == "null"

    def verbs(self, at: At, call: ir.Call) -> dict[int, str]:
        """The conversion that each argument meets in Go's format text, by the argument's number."""
        if self.program.modules[at.module].language != "go":
            return {}
        for number, argument in enumerate(call.args):
            held = self.program.value(at.to(argument.value))
            if isinstance(held, ir.Literal) and held.kind == "str":
                return {number + 1 + i: verb for i, verb in enumerate(forms.conversions(held.text))}
        return {}
