"""What a value is at one registration, where loops, helpers and base classes register many tools with one call.

``registerTool(tool.name, tool.handler)`` in a loop or a helper names a tool and its handler only together: both must
come from the same element, the same call of the helper, the same class. A ``Scene`` is such a set of choices; every
answer comes with the scene it holds in, and the next question is asked there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.decorations import Decorations
from skillaudit.linking.calls.filled import Filled
from skillaudit.linking.calls.graph import Calls
from skillaudit.linking.calls.lineage import Lineage
from skillaudit.linking.calls.scene import NOWHERE, Held, Key, Pair, Scene, Seen
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.origins.texts import Texts
from skillaudit.linking.registrations import _constructions, _sites
from skillaudit.linking.registrations._inside import Inside
from skillaudit.linking.registrations.answers import OF_FUNCTIONS, RUN_BY, Answers

_BUDGET = 20_000
_DEPTH = 24
_TARGETS = 4


@dataclass(slots=True)
class Scenes:
    """Evaluates values forward through helpers and backward to the callers, one scene for each combination."""

    program: Program
    symbols: Symbols
    calls: Calls
    origins: Origins
    plain: Texts
    lineage: Lineage
    answers: Answers
    decorations: Decorations = field(init=False)
    inside: Inside = field(init=False)
    _left: int = 0

    def __post_init__(self) -> None:
        """Set up what knows of decorators and registries."""
        self.decorations = Decorations(self.program, self.symbols)
        filled = Filled(self.program, self.symbols)
        self.inside = Inside(self.answers, self.lineage, filled, self._of, self._texts)

    # --- questions

    def of(self, at: At, scene: Scene = NOWHERE) -> Iterator[Seen]:
        """Everything the value may be, in source order; the value itself where nothing more is known."""
        self._left = _BUDGET
        yield from self._of(at, scene, 0)

    def texts(self, at: At, scene: Scene = NOWHERE) -> Iterator[tuple[str, Scene]]:
        """The constant texts that the value may be."""
        self._left = _BUDGET
        yield from self._texts(at, scene, 0)

    def read(self, seen: Iterable[Seen]) -> Iterator[tuple[str, Scene]]:
        """The constant texts of answers."""
        for held, scene in seen:
            if isinstance(held, At):
                yield from self.texts(held, scene)
            elif isinstance(held, Key):
                yield held.text, scene
            elif isinstance(held, Fn):
                yield from self.read(self._returned(held, scene, 0))

    def entry(self, at: At, names: tuple[str, ...], scene: Scene = NOWHERE) -> Iterator[Seen]:
        """What stands under a path of names inside the value."""
        self._left = _BUDGET
        yield from self._path(at, names, scene)

    def elements(self, at: At) -> list[Seen]:
        """The elements of a list, one scene each."""
        self._left = _BUDGET
        seen = list(self._elements(at, NOWHERE, 0))
        opened = (self.of(held, scene) if isinstance(held, At) else [(held, scene)] for held, scene in seen)
        return [pair for one in opened for pair in one]

    def field(self, cls: Cls, name: str) -> Iterator[Seen]:
        """What objects of the class hold under a name."""
        self._left = _BUDGET
        yield from self._field(cls, name, NOWHERE.having(self.lineage.root(cls), cls), 0)

    # --- values

    def _of(self, at: At, scene: Scene, depth: int) -> Iterator[Seen]:  # noqa: C901, PLR0912 - one case per kind of value
        self._left -= 1
        if depth > _DEPTH or self._left < 0:
            return
        value = self.program.value(at)
        match value:
            case ir.Variable():
                yield from self._of(at.to(value.value), scene, depth)
            case ir.Choice():
                yield from (seen for option in value.options for seen in self._of(at.to(option), scene, depth + 1))
            case ir.Operation() if value.operator in _sites.CHOICES:
                yield from self._first(at, value.operands, scene, depth + 1)
            case ir.Name():
                outer = self.program.lexical(Fn(at.module, at.function), value.name)
                yield from self._of(outer, scene, depth + 1) if outer else [(at, scene)]
            case ir.Import():
                found = self.program.imported(at.module, value.module, value.symbol)
                yield from self._of(found, scene, depth + 1) if isinstance(found, At) else [(at, scene)]
            case ir.Param():
                yield from self._param(at, Formal(Fn(at.module, at.function), value.index), scene, depth + 1)
            case ir.Element():
                yield from self._chosen(at.to(value.base), scene, depth + 1, keys=False)
            case ir.Opaque(kind="key"):
                yield from self._chosen(at.to(value.children[0]), scene, depth + 1, keys=True)
            case ir.Member():
                yield from self._member(at, value, scene, depth + 1)
            case ir.Item():
                yield from self._item(at, value, scene, depth + 1)
            case ir.Call():
                yield from self._call(at, value, scene, depth + 1)
            case _:
                yield at, scene

    def _first(self, at: At, operands: tuple[int, ...], scene: Scene, depth: int) -> Iterator[Seen]:
        """``name or f.__name__``: the later ones where the earlier may be nothing, in the scenes in which they are."""
        for held, found in self._of(at.to(operands[0]), scene, depth):
            told = self.answers.told(held)
            if told is not False:
                yield held, found
            if told is not True and len(operands) > 1:
                yield from self._first(at, operands[1:], found, depth)

    def _param(self, at: At, formal: Formal, scene: Scene, depth: int) -> Iterator[Seen]:
        """What the chosen caller passes, or each caller; for a loop's callback, the element; what is decorated."""
        if decorated := self.decorations.given(formal, scene):
            yield from decorated
            return
        chosen = scene.choices.get(formal.fn)
        if isinstance(chosen, At):
            yield from self._argument(at, formal, chosen, scene, depth)
            return
        known = False
        for edge in self.calls.into.get(formal.fn, ()):
            site = edge.caller.at(edge.value)
            if edge.told or not self.answers.comparable(formal.fn, edge.caller):
                continue
            if not edge.handed:
                known = True
                yield from self._argument(
                    at, formal, site, scene.having(formal.fn, site, self.answers.line(site)), depth
                )
            elif formal.position == 0 and (base := self.answers.looped(site)):
                known = True
                yield from self._chosen(base, scene, depth, keys=False)
        if not known:
            yield at, scene

    def _argument(self, at: At, formal: Formal, site: At, scene: Scene, depth: int) -> Iterator[Seen]:
        call = self.program.value(site)
        asked = _sites.several(self.program, formal, site, call) if isinstance(call, ir.Call) else None
        several = list(self._results(asked, formal.position, scene, depth)) if asked else []
        yield from several
        given = [] if several else _sites.given(self.program, self.origins, formal, site)
        for argument in given:
            yield from self._of(argument, scene, depth)
        if not given and not several:
            yield at, scene

    def _results(self, at: At, position: int, scene: Scene, depth: int) -> Iterator[Seen]:
        for held, found in self._of(at, scene, depth):
            value = self.program.value(held) if isinstance(held, At) else None
            if isinstance(held, At) and isinstance(value, ir.Sequence) and position < len(value.items):
                yield from self._of(held.to(value.items[position]), found, depth)

    # --- elements

    def _chosen(self, base: At, scene: Scene, depth: int, *, keys: bool) -> Iterator[Seen]:
        """The element chosen of ``base``, or each in turn; of a Go map the value, or with ``keys`` the key."""
        chosen = scene.choices.get(base)
        if isinstance(chosen, At | Fn | Key | Pair):
            yield from self._opened(chosen, base, scene, depth, keys=keys)
            return
        for element, found in self._elements(base, scene, depth):
            yield from self._opened(
                element, base, found.having(base, element, self.answers.line(element)), depth, keys=keys
            )

    def _opened(self, element: Held, base: At, scene: Scene, depth: int, *, keys: bool) -> Iterator[Seen]:
        if isinstance(element, Pair) and self.program.modules[base.module].language == "go":
            yield from [(Key(element.key), scene)] if keys else self._of(element.value, scene, depth)
        elif isinstance(element, At):
            yield from self._of(element, scene, depth + 1)
        else:
            yield element, scene

    def _elements(self, base: At, scene: Scene, depth: int) -> Iterator[Seen]:
        for held, found in self._of(base, scene, depth):
            value = self.program.value(held) if isinstance(held, At) else None
            if not isinstance(held, At):
                continue
            if isinstance(value, ir.Sequence):
                for item in value.items:
                    spread = isinstance(self.program.value(held.to(item)), ir.Element)
                    yield from self._of(held.to(item), found, depth + 1) if spread else [(held.to(item), found)]
                yield from ((entry, inner) for _, entry, inner in self.inside.put(held, found, depth))
            elif isinstance(value, ir.Record):
                python = self.program.modules[held.module].language == "python"
                for key, entry, inner in self.inside.entries(held, found, depth):
                    yield (Key(key) if python else Pair(key, entry)), inner
            elif isinstance(value, ir.Call):
                yield from self._iterated(held, value, found, depth + 1)

    def _iterated(self, at: At, call: ir.Call, scene: Scene, depth: int) -> Iterator[Seen]:
        """``Object.entries(record)``, ``record.items()``, ``list(…)``, ``tools.filter(…)``, ``tools.map(f)``."""
        name = self.origins.name_of(at.to(call.callee))
        first = at.to(call.args[0].value) if call.args else None
        over = _sites.over(self.program, self.origins, at, call)
        if over is None:
            return
        if name in {"entries", "items", "values", "keys"}:
            yield from self._listed(over, name, scene, depth)
        elif name in {"map", "flatMap"} and first is not None and first != over:
            for element, found in self._elements(over, scene, depth):
                for function, inner in self._of(first, found.having(over, element), depth):
                    run = self.answers.function(function)
                    yield from self._returned(run, inner, depth, flat=name == "flatMap")
        elif name in _sites.SAME_ELEMENTS:
            yield from self._elements(over, scene, depth)
            for argument in call.args if name == "concat" else ():
                yield from self._elements(at.to(argument.value), scene, depth)

    def _listed(self, over: At, what: str, scene: Scene, depth: int) -> Iterator[Seen]:
        """The keys, values or entries of a record."""
        for held, found in self._of(over, scene, depth):
            for key, entry, inner in self.inside.entries(held, found, depth):
                yield (entry if what == "values" else Key(key) if what == "keys" else Pair(key, entry)), inner

    def _returned(self, fn: Fn | None, scene: Scene, depth: int, *, flat: bool = False) -> Iterator[Seen]:
        if fn is None:
            return
        for at in _sites.returned(self.program, fn):
            yield from self._elements(at, scene, depth + 1) if flat else self._of(at, scene, depth + 1)

    # --- records and objects

    def _member(self, at: At, value: ir.Member, scene: Scene, depth: int) -> Iterator[Seen]:
        found_any = False
        for held, found in self._of(at.to(value.base), scene, depth):
            for seen in self._attribute(held, value.name, found, depth):
                found_any = True
                yield seen
        if not found_any:
            yield at, scene

    def _path(self, at: At, names: tuple[str, ...], scene: Scene, depth: int = 0) -> Iterator[Seen]:
        if not names:
            yield from self._of(at, scene, depth)
            return
        for held, found in self._of(at, scene, depth):
            for inner, after in self._attribute(held, names[0], found, depth + 1):
                if len(names) == 1:
                    yield inner, after
                elif isinstance(inner, At):
                    yield from self._path(inner, names[1:], after, depth + 1)

    def _attribute(self, held: Held, name: str, scene: Scene, depth: int) -> Iterator[Seen]:
        """``held.name``: a record's entry, a module's export, an object's field or method, a function's own name."""
        if name in OF_FUNCTIONS and (own := self.answers.of_function(held, name)) is not None:
            yield own, scene
        if not isinstance(held, At) or depth > _DEPTH:
            return
        value = self.program.value(held)
        if isinstance(value, ir.Receiver):
            yield from self._own(held, name, scene, depth)
        elif not isinstance(value, ir.Record) and (cls := self.answers.class_of(held, value)) is not None:
            if given := self.answers.given(self.lineage, cls, held, name):
                yield from self._of(given, scene, depth + 1)
                return
            made = _constructions.made(self.lineage, self.answers, cls, held, scene)
            yield from self._field(cls, name, made.having(self.lineage.root(cls), cls), depth)
        else:
            for key, entry, found in self.inside.entries(held, scene, depth):
                if key == name:
                    yield from self._of(entry, found, depth + 1)
                    return
            if (method := self.answers.method(self.answers.made(held, value), name)) is not None:
                yield method, scene

    def _item(self, at: At, value: ir.Item, scene: Scene, depth: int) -> Iterator[Seen]:
        """``pair[0]``, ``table["name"]``, ``table[key]`` with the key chosen."""
        literal = self.program.value(at.to(value.key))
        for held, found in self._of(at.to(value.base), scene, depth):
            if isinstance(held, Pair) and isinstance(literal, ir.Literal):
                yield from [(Key(held.key), found)] if literal.text == "0" else self._of(held.value, found, depth)
            elif isinstance(held, At) and isinstance(sequence := self.program.value(held), ir.Sequence):
                item = _sites.item(held, sequence, literal)
                yield from () if item is None else self._of(item, found, depth)
            elif self.answers.record_at(held) is not None:
                for text, inner in self._texts(at.to(value.key), found, depth):
                    yield from self._attribute(held, text, inner, depth)
            else:
                yield at, found

    def _own(self, at: At, name: str, scene: Scene, depth: int) -> Iterator[Seen]:
        """``this.name``: of the class chosen, or of each class that inherits the code."""
        owner = self.symbols.owner(Fn(at.module, at.function))
        if owner is None:
            return
        called = _constructions.called_on(self.calls, self.answers, at, scene)
        held = [pair for base, found in called for pair in self._of(base, found, depth + 1)]
        made = [(one, s) for one, s in held if isinstance(one, At) and isinstance(self.program.value(one), ir.Record)]
        given = [pair for one, found in made for pair in self._attribute(one, name, found, depth + 1)]
        yield from given
        root = self.lineage.root(owner)
        chosen = scene.choices.get(root)
        if isinstance(chosen, Cls) and not given:
            yield from self._field(chosen, name, scene, depth)
            return
        for cls in () if given else self.lineage.concrete(owner):
            yield from self._field(
                cls, name, scene.having(root, cls, (cls.module, self.program.klass(cls).line)), depth
            )

    def _field(self, cls: Cls, name: str, scene: Scene, depth: int) -> Iterator[Seen]:
        """What an object of the class holds under a name: the nearest class of its line that says so."""
        for part in self.lineage.line(cls):
            declared = self.program.klass(part)
            found = False
            if (method := self.answers.method(part, name)) is not None:
                yield method, scene.having(self.lineage.root(cls), cls)
                return
            for attribute in declared.fields:
                if attribute.name == name and attribute.value >= 0:
                    found = True
                    yield from self._of(At(part.module, declared.scope, attribute.value), scene, depth + 1)
            for stored in self.symbols.stores(part).get(name, ()):
                found = True
                fn = Fn(stored.module, stored.function)
                for inside in _constructions.inside(self.lineage, self.answers, fn, cls, scene):
                    yield from self._of(stored, inside, depth + 1)
            if found:
                return
        for other in RUN_BY.get(name, ()):
            yield from self._field(cls, other, scene, depth)

    # --- calls

    def _call(self, at: At, call: ir.Call, scene: Scene, depth: int) -> Iterator[Seen]:
        """What a function of the project gives back for this call; foreign calls stay what they are."""
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member) and callee.name == "bind":
            return (yield from self._of(at.to(callee.base), scene, depth))
        reflects = isinstance(callee, ir.Name) and callee.name == "getattr" and len(call.args) > 1
        if reflects and (named := list(self._reflected(at, call, scene, depth))):
            return (yield from named)
        known = [(s, scene) for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)][:_TARGETS]
        varies = isinstance(self.program.value(self.program.bare(at.to(call.callee))), ir.Element | ir.Param)
        varies |= len(known) != 1 and self.answers.handed(at, callee)
        if (varies or (not known and scene.choices)) and not call.new:
            asked = list(self._of(at.to(call.callee), scene, depth))
            if made := _constructions.chosen(self.answers, at, call, asked):
                return (yield from made)
            known = [(fn, inner) for held, inner in asked if (fn := self.answers.function(held)) is not None] or known
        found = False
        for seen in (one for fn, inner in known for one in self._returned(fn, inner.having(fn, at), depth)):
            found = True
            yield seen
        if not found:
            yield at, scene

    def _reflected(self, at: At, call: ir.Call, scene: Scene, depth: int) -> Iterator[Seen]:
        """``getattr(tools, name)``."""
        for name, inner in self._texts(at.to(call.args[1].value), scene, depth):
            for held, found in self._of(at.to(call.args[0].value), inner, depth):
                yield from self._attribute(held, name, found, depth)

    # --- texts

    def _texts(self, at: At, scene: Scene, depth: int) -> Iterator[tuple[str, Scene]]:
        for held, found in self._of(at, scene, depth):
            if isinstance(held, Key):
                yield held.text, found
            elif isinstance(held, Fn):
                for inner, after in self._returned(held, found, depth):
                    if isinstance(inner, At) and depth < _DEPTH:
                        yield from self._texts(inner, after, depth + 1)
            elif isinstance(held, At):
                yield from self._text(held, found, depth)

    def _text(self, at: At, scene: Scene, depth: int) -> Iterator[tuple[str, Scene]]:
        value = self.program.value(at)
        if isinstance(value, ir.Text):
            whole = [("", scene)]
            for part in value.parts:
                said = [(before, self._texts(at.to(part), found, depth + 1)) for before, found in whole]
                whole = [(before + text, after) for before, texts in said for text, after in texts]
            yield from whole
        elif not isinstance(value, ir.Param):
            yield from ((text, scene) for text in self.plain.of(at))
