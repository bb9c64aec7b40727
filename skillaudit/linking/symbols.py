"""What a value denotes: a function or class of the project, an instance, a module, or a name from outside.

Names from outside are dotted paths with ``()`` for what a call returns: ``logging.getLogger()`` is a logger, and so is a
parameter annotated ``logging.Logger`` (``logging.Logger()``). Several answers are possible (branches, unions, overrides).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from skillaudit import ir
from skillaudit.linking.program import At, Cls, Fn, Program

_DEPTH = 60
_MOST = 8
_WRAPPED_TYPES = {"Optional", "Promise", "Awaitable", "Annotated", "Partial", "Readonly", "Required", "Union", "Type"}
_TRANSPARENT_CALLS = {"functools.partial()", "functools.wraps()()", "contextlib.nullcontext()", "typing.cast()"}


class External(NamedTuple):
    """Something that the tree does not define."""

    path: str


class Instance(NamedTuple):
    """An object of a class of the project."""

    cls: Cls


class Namespace(NamedTuple):
    """A module of the project as an object, by its number."""

    module: int


class Data(NamedTuple):
    """A record, list or text of the project."""

    at: At


class Formal(NamedTuple):
    """A parameter whose type says nothing."""

    fn: Fn
    position: int


Symbol: TypeAlias = External | Fn | Cls | Instance | Namespace | Data | Formal


def _distinct(symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    return tuple(dict.fromkeys(symbols))[:_MOST]


@dataclass(slots=True)
class Symbols:
    """Resolves values, with memory; cycles end in no answer."""

    program: Program
    _known: dict[At, tuple[Symbol, ...]] = field(default_factory=dict)
    _busy: set[At] = field(default_factory=set)
    _stores: dict[Cls, dict[str, list[At]]] | None = None
    _heirs: dict[Cls, list[Cls]] | None = None
    _classes: dict[tuple[int, str], list[Cls]] = field(default_factory=dict)
    _same: dict[Cls, list[Cls]] = field(default_factory=dict)
    _members: dict[tuple[Cls, str], tuple[Symbol, ...]] = field(default_factory=dict)

    def resolve(self, at: At) -> tuple[Symbol, ...]:
        """Everything the value may denote."""
        known = self._known.get(at)
        if known is not None:
            return known
        if at in self._busy or len(self._busy) > _DEPTH:
            return ()
        self._busy.add(at)
        try:
            found = _distinct(self._resolve(at))
        finally:
            self._busy.discard(at)
        self._known[at] = found
        return found

    def _resolve(self, at: At) -> Iterator[Symbol]:  # noqa: C901, PLR0912 - one case per kind of value
        value = self.program.value(at)
        match value:
            case ir.Variable():
                yield from self.resolve(at.to(value.value))
            case ir.Name(name="super"):
                yield from self._bases(Fn(at.module, at.function))
            case ir.Name():
                outer = self.program.lexical(Fn(at.module, at.function), value.name)
                yield from self.resolve(outer) if outer else [External(value.name)]
            case ir.Import():
                yield from self._import(at.module, value)
            case ir.Member():
                for base in self.resolve(at.to(value.base)):
                    yield from self.member(base, value.name)
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
            case ir.Choice():
                for option in value.options:
                    yield from self.resolve(at.to(option))
            case ir.Operation(operator=("or" | "||" | "??" | "and" | "&&")):
                for operand in value.operands:
                    yield from self.resolve(at.to(operand))
            case ir.Closure():
                yield Fn(at.module, value.function)
            case ir.ClassValue():
                yield Cls(at.module, value.index)
            case ir.Element():
                for base in self.resolve(at.to(value.base)):
                    yield from self._elements(base)
            case ir.Record() if value.made_of >= 0:
                made = list(self._instances(self.resolve(at.to(value.made_of))))
                yield from made or [Data(at)]
            case ir.Record() | ir.Sequence() | ir.Text() | ir.Literal():
                yield Data(at)
            case _:
                return

    # --- one kind each

    def _import(self, module: int, value: ir.Import) -> Iterator[Symbol]:
        found = self.program.imported(module, value.module, value.symbol)
        if isinstance(found, At):
            yield from self.resolve(found)
        elif found is not None:
            yield Namespace(found)
        elif not value.module.startswith("."):
            name = value.module.removeprefix("node:")
            yield External(name if value.symbol in {"", "default", "*"} else f"{name}.{value.symbol}")

    def _item(self, at: At, value: ir.Item) -> Iterator[Symbol]:
        key = self.program.value(at.to(value.key))
        for base in self.resolve(at.to(value.base)):
            match base, key:
                case External(path=path), _ if path.endswith("()"):
                    yield base
                case External(path=path), _:
                    yield External(f"{path}[]")
                case Data(at=data), ir.Literal(text=text):
                    yield from self._entry(data, text)
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
        if isinstance(held, ir.Record):
            for entry in held.entries:
                if entry.key == key:
                    yield from self.resolve(data.to(entry.value))
                elif entry.spread:
                    for base in self.resolve(data.to(entry.value)):
                        yield from self.member(base, key)
        elif isinstance(held, ir.Sequence) and key.isdecimal() and int(key) < len(held.items):
            yield from self.resolve(data.to(held.items[int(key)]))

    def _call(self, at: At, call: ir.Call) -> Iterator[Symbol]:
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member) and callee.name == "bind":
            yield from self.resolve(at.to(callee.base))
            return
        for target in self.resolve(at.to(call.callee)):
            match target:
                case External(path=path):
                    if f"{path}()" in _TRANSPARENT_CALLS and call.args:
                        yield from self.resolve(at.to(call.args[-1 if path == "typing.cast" else 0].value))
                    else:
                        yield External(f"{path}()")
                case Cls():
                    yield Instance(target)
                case Fn():
                    yield from self.returned(target)
                case _:
                    continue

    def returned(self, fn: Fn) -> Iterator[Symbol]:
        """What a function gives back: its return statements, or where they say nothing its declared type."""
        function = self.program.function(fn)
        found: list[Symbol] = []
        for step in function.steps:
            if isinstance(step, ir.Return) and step.value >= 0 and not step.yields:
                found.extend(s for s in self.resolve(fn.at(step.value)) if not isinstance(s, Formal))
        if not found and function.returns >= 0:
            found.extend(self.instances_of(At(fn.module, function.parent, function.returns)))
        yield from found

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
        return _distinct(self._param(formal.fn, formal.position))

    def instances_of(self, at: At) -> Iterator[Symbol]:
        """Objects of the type that the value names; unions and wrappers such as ``Optional[T]`` are opened."""
        value = self.program.value(at)
        match value:
            case ir.Operation(operator="|"):
                for operand in value.operands:
                    yield from self.instances_of(at.to(operand))
            case ir.Item() if self._last_name(at.to(value.base)) in _WRAPPED_TYPES:
                yield from self.instances_of(at.to(value.key))
            case ir.Item():
                yield from self.instances_of(at.to(value.base))
            case ir.Sequence():
                for item in value.items:
                    yield from self.instances_of(at.to(item))
            case _:
                yield from self._instances(self.resolve(at))

    def _instances(self, symbols: Iterable[Symbol]) -> Iterator[Symbol]:
        for symbol in symbols:
            match symbol:
                case External(path=path) if path not in {"None", "undefined", "null", "any", "Any", "typing.Any"}:
                    yield External(f"{path}()")
                case Cls():
                    yield Instance(symbol)
                case _:
                    continue

    def _last_name(self, at: At) -> str:
        value = self.program.value(at)
        match value:
            case ir.Name() | ir.Member() | ir.Variable():
                return value.name
            case ir.Import():
                return value.symbol
            case _:
                return ""

    # --- classes

    def owner(self, fn: Fn) -> Cls | None:
        """The class whose ``self``/``this`` a function sees, also from closures inside a method."""
        function = self.program.function(fn)
        while function.owner < 0 and function.parent > 0:
            fn = Fn(fn.module, function.parent)
            function = self.program.function(fn)
        return Cls(fn.module, function.owner) if function.owner >= 0 else None

    def member(self, base: Symbol, name: str) -> Iterator[Symbol]:
        """What ``base.name`` denotes."""
        match base:
            case External(path=path):
                yield External(f"{path}.{name}")
            case Namespace(module=module):
                found = self.program.exported(module, name)
                if isinstance(found, At):
                    yield from self.resolve(found)
                elif found is not None:
                    yield Namespace(found)
            case Instance(cls=cls) | (Cls() as cls):
                yield from self.class_member(cls, name)
            case Data(at=at):
                yield from self._entry(at, name)
            case _:
                return

    def class_member(self, cls: Cls, name: str) -> tuple[Symbol, ...]:
        """A method, field or attribute of a class, of its bases, or (interfaces) of what implements it."""
        key = (cls, name)
        if key not in self._members:
            self._members[key] = ()
            found = _distinct(self._own_member(cls, name)) or _distinct(self._inherited(cls, name))
            self._members[key] = found or _distinct(self._implemented(cls, name))
        return self._members[key]

    def same(self, cls: Cls) -> list[Cls]:
        """The class and, in Go, what other files of its package add to it."""
        if self.program.modules[cls.module].language != "go":
            return [cls]
        if cls not in self._same:
            self._same[cls] = self._parts(cls)
        return self._same[cls]

    def _parts(self, cls: Cls) -> list[Cls]:
        declared = self.program.klass(cls)
        if not self._classes:
            for module, held in enumerate(self.program.modules):
                for number, other in enumerate(held.classes):
                    self._classes.setdefault((module, other.name), []).append(Cls(module, number))
        files = [cls.module, *self.program.resolver.siblings(cls.module)]
        return [other for module in files for other in self._classes.get((module, declared.name), [])]

    def _own_member(self, cls: Cls, name: str) -> Iterator[Symbol]:
        for part in self.same(cls):
            declared = self.program.klass(part)
            for method in declared.methods:
                if method.name == name:
                    yield Fn(part.module, method.function)
            for attribute in declared.fields:
                if attribute.name == name:
                    yield from self._field(part, declared, attribute)
            for stored in self.stores(part).get(name, []):
                yield from (s for s in self.resolve(stored) if not isinstance(s, Formal))

    def _field(self, cls: Cls, declared: ir.Class, attribute: ir.Field) -> Iterator[Symbol]:
        if attribute.value >= 0:
            yield from self.resolve(At(cls.module, declared.scope, attribute.value))
        if attribute.type >= 0:
            yield from self.instances_of(At(cls.module, declared.scope, attribute.type))

    def _inherited(self, cls: Cls, name: str) -> Iterator[Symbol]:
        for part in self.same(cls):
            declared = self.program.klass(part)
            for base in declared.bases:
                for symbol in self.resolve(At(part.module, declared.scope, base)):
                    match symbol:
                        case Cls() if symbol != cls:
                            yield from self.class_member(symbol, name)
                        case External(path=path):
                            yield External(f"{path}().{name}")
                        case _:
                            continue

    def _implemented(self, cls: Cls, name: str) -> Iterator[Symbol]:
        for heir in self.heirs(cls):
            yield from self._own_member(heir, name)

    def heirs(self, cls: Cls) -> list[Cls]:
        """Classes that name this one among their bases."""
        if self._heirs is None:
            self._heirs = {}
            for module, held in enumerate(self.program.modules):
                for number, declared in enumerate(held.classes):
                    for base in declared.bases:
                        for symbol in self.resolve(At(module, declared.scope, base)):
                            if isinstance(symbol, Cls):
                                self._heirs.setdefault(symbol, []).append(Cls(module, number))
        return self._heirs.get(cls, [])

    def stores(self, cls: Cls) -> dict[str, list[At]]:
        """What the class's own functions assign to attributes of ``self``/``this``."""
        if self._stores is None:
            self._stores = {}
            for fn in self.program.functions():
                owner = self.owner(fn)
                function = self.program.function(fn)
                for step in function.steps if owner else ():
                    on_self = isinstance(step, ir.Store) and isinstance(function.values[step.base], ir.Receiver)
                    if owner and on_self and isinstance(step, ir.Store) and step.name and step.base >= 0:
                        self._stores.setdefault(owner, {}).setdefault(step.name, []).append(fn.at(step.value))
        return self._stores.get(cls, {})
