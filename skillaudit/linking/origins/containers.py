"""What records and sequences hold, by key or position, spreads and rests included."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.knowledge import sources, vocabulary
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, Instance, Symbols
from skillaudit.linking.origins.entrances import Entrances
from skillaudit.linking.origins.holdings import is_number
from skillaudit.linking.origins.iterators import first_of
from skillaudit.linking.values.configs import Configs
from skillaudit.linking.values.exposures import Exposures
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.inferred import Inferred
from skillaudit.linking.values.keyed import each, picked_out
from skillaudit.linking.values.leftout import SECRETS, USERINFO, besides, left
from skillaudit.linking.values.origin import (
    ANY,
    KEY,
    OBJECTS,
    SECRET,
    TOLD,
    VARIABLE,
    Origin,
    Path,
    Shape,
    cut,
    fits,
    has_secret,
    part_of,
    whichever,
)
from skillaudit.linking.values.partwise import CHANGED
from skillaudit.linking.values.pieces import Pieces
from skillaudit.linking.values.transfers import Transfers

_SPLITTING = {"split", "rsplit"}
"""Methods of a text that give its parts, of which the last is counted from behind."""


@dataclass(slots=True)
class Containers:
    """Looks into containers; ``of`` evaluates one value with the path taken from it."""

    program: Program
    symbols: Symbols
    hints: Hints
    transfers: Transfers
    exposures: Exposures
    configs: Configs
    pieces: Pieces
    entrances: Entrances
    inferred: Inferred
    of: Callable[[At, Path], tuple[Origin, ...]]
    _counted: dict[Cls, frozenset[str]] = field(default_factory=dict)

    def record(self, at: At, value: ir.Record, path: Path) -> Iterator[Origin]:
        """A record's entries, or the one that is asked for."""
        if path == (KEY, VARIABLE):
            yield from (o for e in value.entries if e.key for o in self.transfers.environment(at, value.line, (e.key,)))
            return
        if not (path or value.entries) and value.made_of >= 0:  # Go: declared here, filled by what gets its address
            yield from self.exposed(at)
        numbers = self._numbers(at, value) | (set() if path else self._untold(at, value))
        embedded = self._embedded(at, value) if path and all(e.key != path[0] for e in value.entries) else set()
        for number, entry in enumerate(value.entries):
            if entry.key in numbers:
                continue
            if entry.spread:
                later = {other.key for other in value.entries[number + 1 :]}
                yield from self._spread(at, entry.value, path, later)
            elif entry.key in embedded:
                yield from self.of(at.to(entry.value), path)
            elif not path or fits(path[0], entry.key) or (not entry.key and path[0] != KEY):
                found = self.of(at.to(entry.value), path[1:])
                if not entry.key and path[:1] not in {(), (ANY,), (KEY,)}:
                    found = tuple(picked_out(found, path[0], alone=False))
                yield from self._entered(at, path, entry.key, found)
                hides = self.hints.may_hide(at.to(entry.value)) and not self._registers(at.to(entry.value))
                hides = hides and not self.transfers.misnomers.entry(entry.key, (one.key for one in value.entries))
                if hides and not path and vocabulary.names_credential(entry.key) and not has_secret(found):
                    yield self.transfers.credential(at, entry.key, value.line, at.to(entry.value))

    def _untold(self, at: At, value: ir.Record) -> set[str]:
        """Go: the fields of a struct literal that its type leaves out where it writes itself."""
        held = self.symbols.resolve(at.to(value.made_of)) if value.made_of >= 0 else ()
        told = next((names for s in held if isinstance(s, Cls) and (names := self.exposures.told(s)) is not None), None)
        return {entry.key for entry in value.entries if entry.key not in told} if told is not None else set()

    def _embedded(self, at: At, value: ir.Record) -> set[str]:
        """Go: the entries of a struct literal whose own members the struct has too."""
        held = self.symbols.resolve(at.to(value.made_of)) if value.made_of >= 0 else ()
        scopes = ((At(s.module, self.program.klass(s).scope, 0), s) for s in held if isinstance(s, Cls))
        return {self.hints.name_of(scope.to(base)) for scope, s in scopes for base in self.program.klass(s).bases}

    def _registers(self, at: At) -> bool:
        """Whether a function of the project is handed over by its name: the key then names an action."""
        call = self.program.value(at)
        handed = call.args if isinstance(call, ir.Call) else ()
        return any(isinstance(s, Fn) for a in handed for s in self.symbols.resolve(at.to(a.value)))

    def _numbers(self, at: At, value: ir.Record) -> set[str]:
        """The fields of a struct literal that hold a number or a truth, whatever they are called."""
        held = self.symbols.resolve(at.to(value.made_of)) if value.made_of >= 0 else ()
        return {name for s in held if isinstance(s, Cls) for name in self._numbers_of(s)}

    def _numbers_of(self, cls: Cls) -> frozenset[str]:
        if cls not in self._counted:
            fields = self.program.klass(cls).fields
            self._counted[cls] = frozenset(one.name for one in fields if is_number(one.type_text))
        return self._counted[cls]

    def merged(self, at: At, parts: Sequence[int], path: Path) -> Iterator[Origin]:
        """``one | {"key": "-"}``: what a later one sets again does not arrive."""
        later: list[set[str]] = [set()]
        for part in reversed(parts):
            records = [self.program.value(s.at) for s in self.symbols.resolve(at.to(part)) if isinstance(s, Data)]
            keys = {entry.key for record in records if isinstance(record, ir.Record) for entry in record.entries}
            later.append(later[-1] | {key for key in keys if key})
        for part, overridden in zip(parts, reversed(later[:-1]), strict=True):
            yield from self._spread(at, part, path, overridden)

    def joined(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterable[Origin] | None:
        """What a library makes of whole objects: ``Object.assign``, and copies that hide what the first one hides.

        None for any other call.
        """
        if paths == ["Object.assign"]:
            return self.assigned(at, call, path)
        if not path and (kept := self._filtered(at, call)) is not None:
            return kept
        first = self.symbols.resolve(at.to(call.args[0].value)) if not path and CHANGED.intersection(paths) else ()
        kinds = [symbol.cls for symbol in first if isinstance(symbol, Instance)]
        return () if kinds and all(map(self.exposures.speaks_for_itself, kinds)) else None

    def _filtered(self, at: At, call: ir.Call) -> Iterable[Origin] | None:
        """``Object.entries(x).filter(([key]) => key !== "token")``: what is left of an object by the keys of it."""
        callee = self.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member) or callee.name != "filter" or not self.program.is_script(at.module):
            return None
        place = self.program.bare(at.to(callee.base))
        made, asks = self.program.value(place), self.program.value(self.program.bare(at.to(call.args[0].value)))
        listed = isinstance(made, ir.Call) and made.args and self.program.called(place.to(made.callee)) == "entries"
        if not listed or not isinstance(made, ir.Call) or not isinstance(asks, ir.Closure):
            return None
        told = self.transfers.keyed.asked_of(Fn(at.module, asks.function))
        held, only = place.to(made.args[0].value), next((one.names for one in told if one.sense), None)
        if only is not None:
            return (origin for name in only for origin in self.of(held, (name,)))
        left_out = frozenset(name for one in told for name in one.names)
        return self.without(held, left_out) if left_out else None

    def assigned(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin] | None:
        """The same of ``Object.assign``; None where not all of what it merges is in sight."""
        spread = any(argument.spread for argument in call.args)
        return None if spread else self.merged(at, [argument.value for argument in call.args], path)

    def _spread(self, at: At, value: int, path: Path, overridden: AbstractSet[str]) -> Iterator[Origin]:
        """``{...other, key: "[hidden]"}``: what ``other`` holds under a key that is set again does not arrive."""
        if path and path[0] in overridden:
            return
        if path or not overridden:
            yield from self.of(at.to(value), path)
            return
        yield from self.without(at.to(value), overridden)

    def given(self, argument: At, path: Path, without: frozenset[str]) -> Iterable[Origin]:
        """What an argument hands in, but for the names that are set again on the way."""
        if not without:
            return self.of(argument, path)
        return left(self.without(argument, without, path), without & {USERINFO})

    def without(self, at: At, names: AbstractSet[str], path: Path = ()) -> Iterator[Origin]:
        """What a value holds under other names than these; of a parameter, for its callers to say."""
        if path[:1] == (ANY,) and (items := self._items(at)):
            yield from (origin for item in items for origin in self.without(item, names, path[1:]))
            return
        if path:
            yield from left(self.of(at, path), frozenset(names))
            return
        if several := self._alternatives(at):
            yield from (origin for one in several for origin in self.without(one, names))
            return
        records = [s.at for s in self.symbols.resolve(at) if isinstance(s, Data)]
        held = [record for record in map(self.program.value, records) if isinstance(record, ir.Record)]
        for key in dict.fromkeys(entry.key for record in held for entry in record.entries):
            secret = SECRETS in names and vocabulary.names_credential(key)
            if key and not secret and not any(fits(name, key) for name in names if not name.startswith(TOLD)):
                yield from self.of(at, (key,))
        spread = any(entry.spread for record in held for entry in record.entries)
        replaced = {origin.nature for name in names for origin in self.of(at, (name,))} if spread else set()
        rest = besides(self.of(at, ()), [(self.of(at, (ANY,)), frozenset(names))]) if spread or not held else ()
        for origin in rest:
            if spread and (origin.formal is not None or origin.nature in replaced):
                continue
            if origin.formal is not None:
                yield replace(origin, without=origin.without | names)
            elif origin.nature is not Nature.CONFIG and origin.name not in names:
                yield origin
        yield from () if held else self.exposed(at, names)

    def _alternatives(self, at: At) -> list[At]:
        """What a value is one of: ``more ? more : {}``, ``more ?? {}``, ``asked && more``."""
        bare = self.program.bare(at)
        match self.program.value(bare):
            case ir.Choice(options=options):
                return [bare.to(option) for option in options]
            case ir.Operation(operator="&&" | "and", operands=operands):
                return [bare.to(operands[-1])]
            case ir.Operation(operator="||" | "??" | "or", operands=operands):
                return [bare.to(operand) for operand in operands]
            case _:
                return []

    def _items(self, at: At) -> list[At]:
        """What a list holds that is written down."""
        lists = [(s.at, self.program.value(s.at)) for s in self.symbols.resolve(at) if isinstance(s, Data)]
        return [where.to(item) for where, held in lists if isinstance(held, ir.Sequence) for item in held.items]

    def exposed(self, at: At, hidden: AbstractSet[str] = frozenset()) -> Iterator[Origin]:
        """An object of the project that shows credentials."""
        for cls, names in (*self.exposures.of(at), *self._opened(at)):
            if left := [name for name in names if name not in hidden]:
                declared = self.program.klass(cls)
                note = f"`{declared.name}` shows `{'`, `'.join(left[:3])}`"
                step = self.transfers.step(At(cls.module, declared.scope, 0), declared.line, note)
                called = "" if isinstance(self.program.value(at), ir.Call) else self.hints.name_of(at)
                yield Origin(Nature.CONFIG, called or declared.name, (step,), certain=False)
        script = self.program.modules[at.module].language == "typescript"
        inferred = self.inferred.credentials(at) if script else ()
        if left := [name for name in inferred if name not in hidden]:
            step = self.transfers.step(
                At(at.module, 0, 0), self._line(at), f"its schema holds `{'`, `'.join(left[:3])}`"
            )
            yield Origin(Nature.CONFIG, self.hints.name_of(at) or "an object", (step,), certain=False)

    def _opened(self, at: At) -> Iterator[tuple[Cls, tuple[str, ...]]]:
        """Python: ``x.__dict__`` and ``vars(x)`` give out all attributes, whatever the object writes of itself."""
        value = self.program.value(at)
        base = -1
        if isinstance(value, ir.Member) and value.name == "__dict__":
            base = value.base
        elif isinstance(value, ir.Call) and value.args and self.hints.name_of(at.to(value.callee)) == "vars":
            base = value.args[0].value
        held = at.to(base)
        if base >= 0 and isinstance(self.program.value(self.program.bare(held)), ir.Receiver):
            owner = self.symbols.owner(Fn(at.module, at.function))
            classes = [owner] if owner else []
        else:
            classes = [s.cls for s in self.symbols.resolve(held) if isinstance(s, Instance)] if base >= 0 else []
        yield from ((cls, names) for cls in classes if (names := self.exposures.kept(cls)))

    def _line(self, at: At) -> int:
        value = self.program.value(at)
        return value.line if isinstance(value, ir.Member) else self.program.function(Fn(at.module, at.function)).line

    def variables(self, at: At, value: ir.Member, path: Path, known: Iterable[Origin]) -> Iterator[Origin]:
        """The environment that a class of the project keeps for somebody, or the values in it, if no more is known."""
        if any(origin.nature for origin in known):
            return
        keys = len(path) > 1 and path[1] != "1"
        if path[:1] in {(), (ANY,)} and not keys and (made := self.exposures.declared(at, value)):
            step = self.transfers.step(at, value.line, f"the environment that a `{made}` holds")
            yield Origin(Nature.CONFIG, value.name, (step,), certain=False)

    def parameter(self, at: At, value: ir.Param, path: Path) -> Iterator[Origin]:
        """What a parameter says by itself: an ASGI scope is a request, and a configuration a configuration."""
        fn = Fn(at.module, at.function)
        function = self.program.function(fn)
        declared = function.params[value.index]
        others = [one.name for one in function.params]
        if sources.asgi_scope(declared.name, declared.type_text, others):
            names = path or ("headers",)
            nature = sources.request_part(names[0])
            step = self.transfers.step(at, function.line, f"parameter `{declared.name}`, a request")
            yield from part_of(nature, names, step) if nature else ()

    def configured(self, at: At, name: str, line: int, path: Path = ()) -> Iterator[Origin]:
        """What only its name says to be a configuration, or the servers' entries in one."""
        if (not path or self.configs.is_part(path)) and self.configs.is_whole(at, name):
            note = f"`{name}` is a configuration; this package keeps credentials in such"
            yield Origin(Nature.CONFIG, name, (self.transfers.step(at, line, note),), certain=False)

    def other(self, at: At, value: ir.Opaque, path: Path) -> Iterator[Origin]:
        """What an expression of another kind holds: its parts, the keys of a map, or what was not taken by name."""
        match value:
            case ir.Opaque(kind="rest"):
                yield from self._rest(at, value)
            case ir.Opaque(kind="ok"):
                return
            case ir.Opaque(kind="type_assertion", children=(held, declared)):
                if not self.hints.types.closed(at.to(declared)):
                    yield from self.of(at.to(held), path)
            case ir.Opaque(kind="keys", children=(base,)):
                if path[1:] == (VARIABLE,):
                    yield from self.of(at.to(base), (KEY, VARIABLE))
                yield from (o for o in self.of(at.to(base), ()) if o.nature not in SECRET)
            case ir.Opaque(kind="receive", children=(channel,)):
                yield from self.of(at.to(channel), (ANY, *path))
            case ir.Opaque(kind="key", children=(base,)):
                each = ANY if self.hints.is_channel(at.to(base)) else first_of(self.program, self.symbols, at.to(base))
                yield from self.of(at.to(base), (each, *path) if each else (KEY,))
            case _:
                for child in value.children:
                    yield from self.of(at.to(child), ())

    def _rest(self, at: At, value: ir.Opaque) -> Iterator[Origin]:
        """``const {key, ...rest} = other``: what was taken out by name does not arrive."""
        held = self.program.function(Fn(at.module, at.function)).values
        for child in value.children:
            taken = {one.name for one in held if isinstance(one, ir.Member) and one.base == child}
            keys = (one.key for one in held if isinstance(one, ir.Item) and one.base == child)
            taken |= {mark for key in keys if (mark := self.transfers.keyed.inturn.marked(at.to(key)))}
            yield from self.without(at.to(child), taken)

    def item(self, at: At, value: ir.Item, path: Path) -> Iterator[Origin]:
        """What stands under a key or in a slice."""
        key = self.program.value(at.to(value.key))
        match key:
            case ir.Literal(kind="str", text=text):
                found = self.of(at.to(value.base), (text, *path))
                if not found and self.program.is_script(at.module):
                    found = tuple(self.entrances.of(at, value.line, path))
                yield from found
                if not path and vocabulary.names_credential(text) and not has_secret(found):
                    yield self.transfers.credential(at, text, value.line, at.to(value.base))
            case ir.Opaque():
                rest = key.kind == "slice" and self.hints.keeps_rest(at, key.children)
                kept = max(self.pieces.of_slice(at, key.children) - self.pieces.known_prefix(at, value), 0)
                yield from (o if rest else cut(o, kept) for o in self.of(at.to(value.base), path))
            case ir.Literal():
                yield from self.of(at.to(value.base), (key.text, *path))
            case ir.Operation(operator="-") if self.hints.name_of(at.to(value.base)) in _SPLITTING:
                yield from self.of(at.to(value.base), ("-1", *path))
            case _ if self.entrances.is_environment(at.to(value.base)):
                if names := self.transfers.keyed.names(at, value.line, at.to(value.key)):
                    yield from (o for name in names for o in self.transfers.environment(at, value.line, (name,)))
                    return
                each = self.entrances.goes_through(at.to(value.key))
                held = (self.program.bare(at.to(value.key)), len(path))
                whole = self.transfers.environment(at, value.line, (ANY,)) if each else ()
                yield from (replace(o, each=held) for o in whole)
                yield from self.of(at.to(value.key), (VARIABLE,))
            case _:
                names = self.transfers.keyed.names(at, value.line, at.to(value.key))
                asked, base = at.to(value.key), at.to(value.base)
                keyed, told = self.transfers.keyed, self.hints.told(asked, base)
                for name in names or (keyed.inturn.picked(asked, base, told),):
                    found = keyed.in_turn(name, self.of(base, (name, *path)), asked, path)
                    yield from found or (whichever(self.of(base, (ANY, *path))) if name.startswith(TOLD) else ())

    def in_text(self, at: At) -> Iterator[Origin]:
        """What a value leaves in a text; a script writes an object as ``[object Object]``."""
        listed = self.hints.is_listing(at)
        for origin in self.of(at, ()):
            if not (origin.nature in OBJECTS and not origin.escaped and self.hints.is_unwritten(at)):
                yield replace(origin, escaped=origin.written or listed)

    def element(self, at: At, value: ir.Element, path: Path) -> Iterator[Origin]:
        """What a loop sees of a container."""
        if not self.entrances.yields_names(at.to(value.base)):
            go = self.program.modules[at.module].language == "go"
            yield from each(at, path, self.of(at.to(value.base), (ANY, *path)), values=go)
        if path == (VARIABLE,):
            yield from self.of(at.to(value.base), (KEY, VARIABLE))

    def converted(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """Go: ``Query(text)`` is the text itself, unless its type writes itself otherwise."""
        if self.program.modules[at.module].language == "go" and len(call.args) == 1:
            kinds = [s for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, Cls)]
            if kinds and not any(map(self.exposures.speaks_for_itself, kinds)):
                yield from self.of(at.to(call.args[0].value), path)

    def sequence(self, at: At, value: ir.Sequence, path: Path) -> Iterator[Origin]:
        """All items, or the one that is asked for by its position; a name is asked of an item that was taken out."""
        inner = path[1:] if path and (path[0] == ANY or path[0].isdecimal()) else path
        position = int(path[0]) if path and path[0].isdecimal() else -1
        items = value.items if position < 0 else value.items[position : position + 1]
        for item in items:
            yield from self._entered(at, path, "", self.of(at.to(item), inner))

    def _entered(self, at: At, path: Path, key: str, origins: tuple[Origin, ...]) -> Iterator[Origin]:
        """What was taken out of a container by ``path``, or is in it as a whole."""
        listed = not path and self.program.modules[at.module].language == "python"
        for origin in origins:
            shape = Shape.LISTED if listed else origin.shape
            yield replace(origin, shape=shape, under=key if path[:1] == (ANY,) else origin.under)
