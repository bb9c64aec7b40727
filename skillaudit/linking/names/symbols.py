"""What a value denotes: a function or class of the project, an instance, a module, or a name from outside.

Names from outside are dotted paths with ``()`` for what a call returns: ``logging.getLogger()`` is a logger, and so is
a parameter annotated ``logging.Logger`` (``logging.Logger()``). Several answers are possible (branches, unions,
overrides).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names import _accessors, _delegates, _imports, _passing
from skillaudit.linking.names._implementers import Implementers
from skillaudit.linking.names._storedlater import StoredLater
from skillaudit.linking.names._types import Types
from skillaudit.linking.names.classes import Classes, field_at
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbol import Data, External, Formal, Instance, Namespace, Symbol, distinct

__all__ = ["Cls", "Data", "External", "Fn", "Formal", "Instance", "Namespace", "Symbol", "Symbols"]

_DEPTH = 300


@dataclass(slots=True)
class Symbols:
    """Resolves values, with memory; cycles end in no answer."""

    program: Program
    _known: dict[At, tuple[Symbol, ...]] = field(default_factory=dict)
    _busy: set[At] = field(default_factory=set)
    _implementers: Implementers = field(init=False)
    _classes: Classes = field(init=False)
    _types: Types = field(init=False)
    _members: dict[tuple[Cls, str], tuple[Symbol, ...]] = field(default_factory=dict)
    _inside: dict[tuple[Symbol, str], tuple[Symbol, ...]] = field(default_factory=dict)
    _later: StoredLater = field(init=False)

    def __post_init__(self) -> None:
        """Know what belongs to a class, what is of a type and what implements an interface."""
        self._classes = Classes(self.program, self.resolve)
        self._types = Types(self.program, self.resolve)
        self._implementers = Implementers(self.program)
        self._later = StoredLater(self.program)

    def resolve(self, at: At) -> tuple[Symbol, ...]:
        """Everything the value may denote."""
        known = self._known.get(at)
        if known is not None:
            return known
        if at in self._busy or len(self._busy) > _DEPTH:
            return ()
        self._busy.add(at)
        try:
            found = distinct(self._resolve(at))
        finally:
            self._busy.discard(at)
        self._known[at] = found
        return found

    def _resolve(self, at: At) -> Iterator[Symbol]:  # noqa: C901, PLR0912 - one case per kind of value
        value = self.program.value(at)
        match value:
            case ir.Variable():
                yield from self.resolve(at.to(value.value))
                for assigned in self.program.assigned(Fn(at.module, at.function), value.name):
                    yield from self.resolve(assigned)
            case ir.Name(name="super"):
                yield from self._bases(Fn(at.module, at.function))
            case ir.Name():
                outer = self.program.lexical(Fn(at.module, at.function), value.name)
                yield from self.resolve(outer) if outer else [External(value.name)]
            case ir.Import():
                yield from self._import(at.module, value)
            case ir.Member():
                yield from self._taken(at, value)
            case ir.Item():
                yield from self._item(at, value)
            case ir.Call():
                yield from self._call(at, value)
            case ir.Param():
                yield from self._param(Fn(at.module, at.function), value.index)
            case ir.Receiver():
                owner = self.owner(Fn(at.module, at.function))
                if owner:
                    yield Instance(owner)
            case ir.Choice(options=held) | ir.Operation(operator=("or" | "||" | "??" | "and" | "&&"), operands=held):
                for option in held:
                    yield from self.resolve(at.to(option))
            case ir.Closure():
                yield Fn(at.module, value.function)
            case ir.ClassValue():
                yield Cls(at.module, value.index)
            case ir.Element():
                for base in self.resolve(at.to(value.base)):
                    yield from self._elements(base)
            case ir.Record() if value.made_of >= 0:
                made = list(self._types.instances(self.resolve(at.to(value.made_of))))
                mapped = all(isinstance(s, External) and s.path == "map[]()" for s in made)
                yield from [Data(at)] if mapped else made
            case ir.Opaque(kind="type_assertion" | "declared", children=(*_, declared)):
                yield from self.instances_of(at.to(declared))
            case ir.Record() | ir.Sequence() | ir.Text() | ir.Literal():
                yield Data(at)
            case _:
                return

    def _taken(self, at: At, value: ir.Member) -> Iterator[Symbol]:
        """``base.name``; ``super().name`` is nothing of the classes below."""
        held = self.program.value(at.to(value.base))
        upwards = self.program.called(at.to(held.callee if isinstance(held, ir.Call) else value.base)) == "super"
        for base in self.resolve(at.to(value.base)):
            match base:
                case Instance(cls=cls) | (Cls() as cls) if upwards:
                    yield from self._above(cls, value.name)
                case External(path="exports" | "module.exports") if self.program.is_script(at.module):
                    found = self.program.exported(at.module, value.name)
                    yield from self.resolve(found) if isinstance(found, At) else self.member(base, value.name)
                case External(path="module") if value.name == "exports" and self.program.is_script(at.module):
                    yield from tuple(self._default(at.module)) or self.member(base, value.name)
                case _:
                    yield from self.member(base, value.name)

    def _import(self, module: int, value: ir.Import) -> Iterator[Symbol]:
        found = self.program.imported(module, value.module, value.symbol)
        whole = self.program.resolver.find(module, value.module) if found is None and value.symbol else None
        if isinstance(found, At):
            yield from self.resolve(found)
        elif found is not None:
            yield Namespace(found)
        elif whole is not None:
            yield from self._of_default(whole, value.symbol)
        elif not value.module.startswith("."):
            name = _imports.plain(value.module)
            yield External(name if value.symbol in {"", "default", "*"} else f"{name}.{value.symbol}")

    def _default(self, module: int) -> Iterator[Symbol]:
        """What ``module.exports`` or ``export default`` is."""
        found = self.program.exported(module, "default")
        if isinstance(found, At) and self.program.modules[module].language in {"javascript", "typescript"}:
            yield from self.resolve(found)

    def _of_default(self, module: int, name: str) -> Iterator[Symbol]:
        """``require("./log").info`` where that file says ``module.exports = logger``."""
        for whole in self._default(module):
            yield from self.member(whole, name)

    def _item(self, at: At, value: ir.Item) -> Iterator[Symbol]:
        key = self.program.value(at.to(value.key))
        for base in self.resolve(at.to(value.base)):
            match base, key:
                case External(), ir.Literal("str", name) if name.isidentifier() and self.program.is_script(at.module):
                    yield from self.member(base, name)
                case External(path=path), _ if path.endswith("()") or _passing.is_generic(path, key):
                    yield base
                case External(path=path), _:
                    yield External(f"{path}[]")
                case Data(), ir.Literal(text=text):
                    yield from self.member(base, text)
                case Instance(cls=cls), ir.Literal(text=text) if name := field_at(self.program, cls, text):
                    yield from self.member(base, name)
                case _:
                    yield base

    def _elements(self, base: Symbol) -> Iterator[Symbol]:
        if isinstance(base, Data):
            held = self.program.value(base.at)
            items = held.items if isinstance(held, ir.Sequence) else ()
            for item in items:
                yield from self.resolve(base.at.to(item))

    def _bases(self, fn: Fn) -> Iterator[Symbol]:
        """``super``: the base classes of the class around."""
        owner = self.owner(fn)
        if owner is not None:
            declared = self.program.klass(owner)
            for base in declared.bases:
                yield from self.resolve(At(owner.module, declared.scope, base))

    def _entry(self, data: At, key: str) -> Iterator[Symbol]:
        held = self.program.value(data)
        if isinstance(held, ir.Literal) and key == "value":
            yield Data(data)  # a member of an enumeration
        elif isinstance(held, ir.Record):
            for entry in held.entries:
                if entry.key == key:
                    yield from self.resolve(data.to(entry.value))
                elif entry.spread:
                    for base in self.resolve(data.to(entry.value)):
                        yield from self.member(base, key)
            for put in self._later.of(data, key):
                yield from self.resolve(put)
        elif isinstance(held, ir.Sequence) and key.isdecimal() and int(key) < len(held.items):
            yield from self.resolve(data.to(held.items[int(key)]))

    def _call(self, at: At, call: ir.Call) -> Iterator[Symbol]:
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member) and callee.name == "bind":
            yield from self.resolve(at.to(callee.base))
            return
        for target in self.resolve(at.to(call.callee)):
            match target:
                case Instance() if _accessors.makes_own(self.program, at, callee):
                    yield target
                case External(path=path):
                    yield from self._foreign(at, call, f"{path}()")
                case Namespace(module=module):
                    yield from self._called(self._default(module))
                case _:
                    yield from self._called((target,))

    def _called(self, symbols: Iterable[Symbol], *, provided: bool = False) -> Iterator[Symbol]:
        """What calling or constructing gives; ``provided``: where a framework calls and takes what is yielded."""
        for symbol in symbols:
            match symbol:
                case Cls():
                    yield Instance(symbol)
                case Fn():
                    yield from self.returned(symbol, yields=provided and _accessors.is_generator(self.program, symbol))
                case External(path=path):
                    yield External(f"{path}()")
                case Instance(cls=cls):
                    yield from self._called(s for s in self.class_member(cls, "__call__") if isinstance(s, Fn))
                    declared = self.program.klass(cls)
                    for base in declared.bases if declared.kind == "type" else ():
                        yield from self._types.given(At(cls.module, declared.scope, base))
                case Formal(fn=fn, position=position):
                    function = self.program.function(fn)
                    kind = function.params[position].type if function.parent >= 0 else -1
                    yield from self._types.given(At(fn.module, function.parent, kind)) if kind >= 0 else ()

    def _foreign(self, at: At, call: ir.Call, path: str) -> Iterator[Symbol]:
        """What a foreign function gives: the argument itself, what the argument makes, or something of its own."""
        named = {argument.name: at.to(argument.value) for argument in call.args if not argument.spread}
        if path in _passing.FACTORIES:
            made = named.get("default_factory") or named.get("factory")
            made = made or (named.get("") if path.endswith("Factory()") else None)
            yield from self._called(self.resolve(made)) if made else ()
            yield from self.resolve(named["default"]) if "default" in named else ()
        elif path in _passing.INJECTED and (provider := named.get("dependency") or named.get("")):
            yield from self._called(self.resolve(provider), provided=True)
        elif path == "new()" and call.args:  # Go
            yield from self.instances_of(at.to(call.args[0].value))
        elif path in _passing.TRANSPARENT_CALLS and call.args:
            yield from self.resolve(at.to(call.args[-1 if path == "typing.cast()" else 0].value))
        else:
            yield External(path)

    def returned(self, fn: Fn, *, yields: bool = False) -> Iterator[Symbol]:
        """What a function gives back: its return statements, or where they say nothing of ours its declared type."""
        function = self.program.function(fn)
        yields = yields or _accessors.is_context_manager(self.program, fn)
        found: list[Symbol] = []
        for step in function.steps:
            if isinstance(step, ir.Return) and step.value >= 0 and step.yields == yields:
                found.extend(s for s in self.resolve(fn.at(step.value)) if not isinstance(s, Formal))
        if function.returns >= 0 and all(isinstance(s, External) for s in found):
            declared = self.instances_of(At(fn.module, function.parent, function.returns))
            found.extend(s for s in declared if isinstance(s, Instance) or not found)
        yield from found

    def manages(self, fn: Fn) -> bool:
        """Whether what the function yields is what ``with`` gives."""
        return _accessors.is_context_manager(self.program, fn)

    def _param(self, fn: Fn, index: int) -> Iterator[Symbol]:
        function = self.program.function(fn)
        parameter = function.params[index]
        found: list[Symbol] = []
        if parameter.type >= 0 and function.parent >= 0:
            found.extend(self.instances_of(At(fn.module, function.parent, parameter.type)))
        if parameter.default >= 0 and function.parent >= 0 and not found:
            default = self.resolve(At(fn.module, function.parent, parameter.default))
            found.extend(s for s in default if not isinstance(s, Data))
        yield from found or [Formal(fn, index)]

    def resolve_formal(self, formal: Formal) -> tuple[Symbol, ...]:
        """What a parameter denotes by its declaration."""
        return distinct(self._param(formal.fn, formal.position))

    def instances_of(self, at: At) -> Iterator[Symbol]:
        """Objects of the type that the value names; unions and wrappers such as ``Optional[T]`` are opened."""
        return self._types.instances_of(at)

    # --- classes

    def owner(self, fn: Fn) -> Cls | None:
        """The class whose ``self``/``this`` a function sees, also from closures inside a method."""
        return self._classes.owner(fn)

    def same(self, cls: Cls) -> list[Cls]:
        """The class and, in Go, what other files of its package add to it."""
        return self._classes.same(cls)

    def heirs(self, cls: Cls) -> list[Cls]:
        """Classes that name this one among their bases."""
        return self._classes.heirs(cls)

    def stores(self, cls: Cls) -> dict[str, list[At]]:
        """What the class's own functions assign to attributes of ``self``/``this``."""
        return self._classes.stores(cls)

    def member(self, base: Symbol, name: str) -> tuple[Symbol, ...]:
        """What ``base.name`` denotes."""
        match base:
            case External(path=path):
                return (External(f"{path}.{name}"),)
            case Instance(cls=cls) | (Cls() as cls):
                return self.class_member(cls, name)
        key = (base, name)
        if key not in self._inside:
            self._inside[key] = ()
            self._inside[key] = distinct(self._member(base, name))
        return self._inside[key]

    def _member(self, base: Symbol, name: str) -> Iterator[Symbol]:
        match base:
            case Namespace(module=module):
                found = self.program.exported(module, name)
                if isinstance(found, At):
                    yield from self.resolve(found)
                elif found is not None:
                    yield Namespace(found)
                else:
                    yield from self._of_default(module, name)
            case Data(at=at):
                yield from self._entry(at, name)
            case Fn() if name not in _passing.OF_FUNCTIONS and self.program.function(base).owner >= 0:
                for made in self.returned(base):  # a getter: a method itself has no such member
                    yield from self.member(made, name)
            case _:
                return

    def class_member(self, cls: Cls, name: str) -> tuple[Symbol, ...]:
        """A method, field or attribute of a class, of its bases, or (interfaces) of what implements it."""
        key = (cls, name)
        if key not in self._members:
            self._members[key] = ()
            found = self._above(cls, name)
            left = all(isinstance(one, Fn) and _accessors.is_left_open(self.program, one) for one in found)
            self._members[key] = distinct((*found, *self._implemented(cls, name))) if left else found
        return self._members[key]

    def _above(self, cls: Cls, name: str) -> tuple[Symbol, ...]:
        return distinct(self._own_member(cls, name)) or distinct(self._inherited(cls, name))

    def _own_member(self, cls: Cls, name: str) -> Iterator[Symbol]:
        for part in self.same(cls):
            declared = self.program.klass(part)
            for method in declared.methods:
                if method.name == name:
                    yield from self._method(Fn(part.module, method.function))
            for attribute in declared.fields:
                if attribute.name == name:
                    yield from self._field(part, declared, attribute)
            for stored in self.stores(part).get(name, []):
                yield from (s for s in self.resolve(stored) if not isinstance(s, Formal))

    def _method(self, fn: Fn) -> Iterator[Symbol]:
        if _accessors.is_getter(self.program, fn):
            yield from self.returned(fn)
        elif not _accessors.is_setter(self.program, fn):
            yield fn

    def getters(self, cls: Cls, name: str) -> tuple[Fn, ...]:
        """The functions that compute the property ``name`` of a class."""
        methods = (
            Fn(p.module, m.function) for p in self.same(cls) for m in self.program.klass(p).methods if m.name == name
        )
        return tuple(fn for fn in methods if _accessors.is_getter(self.program, fn))

    def _field(self, cls: Cls, declared: ir.Class, attribute: ir.Field) -> Iterator[Symbol]:
        if attribute.value >= 0:
            yield from self.resolve(At(cls.module, declared.scope, attribute.value))
        if attribute.type >= 0:
            yield from self.instances_of(At(cls.module, declared.scope, attribute.type))

    def _inherited(self, cls: Cls, name: str) -> Iterator[Symbol]:
        """What the bases say; a foreign one counts only where those of the project are silent."""
        foreign: list[str] = []
        silent = True
        for part in self.same(cls):
            declared = self.program.klass(part)
            for base in declared.bases:
                for symbol in self.resolve(At(part.module, declared.scope, base)):
                    if isinstance(symbol, External):
                        foreign.append(symbol.path)
                    elif isinstance(symbol, Cls) and symbol != cls and (found := self.class_member(symbol, name)):
                        silent = False
                        yield from found
        for path in foreign if silent else ():
            yield External(f"{path}().{name}")

    def _implemented(self, cls: Cls, name: str) -> Iterator[Symbol]:
        for heir in self.heirs(cls):
            if self.program.is_test(cls.module) or not self.program.is_test(heir.module):
                yield from self._own_member(heir, name)
        yield from self._implementers.methods(cls, name)
        yield from _delegates.delegated(self.program, cls, name, self.resolve, self.member)
