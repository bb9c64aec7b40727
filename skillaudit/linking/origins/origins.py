"""Where a value comes from: backward evaluation over assignments, containers, calls and returns, across files.

``Origins.of(at)`` answers for one value with the parameters of its function left open (``formal``);
``Origins.known(at)`` also follows those to the callers. A path of member names is what is taken from a value before it
is looked at: ``of(headers, ("authorization",))``. Results are remembered, cycles contribute nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature, Step
from skillaudit.linking.knowledge import forms, vocabulary
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Instance, Symbols
from skillaudit.linking.origins._listed import is_list
from skillaudit.linking.origins.applied import settled
from skillaudit.linking.origins.callings import Callings
from skillaudit.linking.origins.carriers import Carriers
from skillaudit.linking.origins.checked import Checked, Site, relevant
from skillaudit.linking.origins.closing import Closing
from skillaudit.linking.origins.constructed import Constructed
from skillaudit.linking.origins.containers import Containers
from skillaudit.linking.origins.contexts import Contexts
from skillaudit.linking.origins.depths import Depths
from skillaudit.linking.origins.entrances import Entrances
from skillaudit.linking.origins.holdings import Holdings
from skillaudit.linking.origins.iterators import yielded
from skillaudit.linking.origins.thrown import Thrown
from skillaudit.linking.values import gocalls
from skillaudit.linking.values.belongings import Belongings
from skillaudit.linking.values.configs import Configs
from skillaudit.linking.values.endpoints import Endpoints
from skillaudit.linking.values.exposures import Exposures
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.inferred import Inferred
from skillaudit.linking.values.injections import providers
from skillaudit.linking.values.origin import (
    ANY,
    CALLED,
    CUT,
    SECRET,
    VARIABLE,
    YIELDED,
    Origin,
    Path,
    Root,
    after,
    distinct,
    has_secret,
    joined,
    of_role,
    then,
)
from skillaudit.linking.values.pieces import Pieces
from skillaudit.linking.values.roles import Role, Roles
from skillaudit.linking.values.transfers import Transfers

_DEPTH = 300
_BOOLEAN = {"==", "!=", "===", "!==", "<", ">", "<=", ">=", "in", "not in", "is", "is not", "not", "!", "typeof",
            "instanceof", "void", "delete", "-", "*", "/", "%", "//", "<<", ">>", "^", "~", "&"}  # fmt: skip
_SIZES = {"length", "size", "byteLength", "Len", "count"}


@dataclass(slots=True)
class Origins:
    """The evaluator; ``roles`` says which parameters the client fills."""

    program: Program
    symbols: Symbols
    roles: Roles
    callers: dict[Fn, list[tuple[Fn, int]]]
    handed: dict[Fn, list[tuple[Fn, int]]] = field(default_factory=dict)
    made: dict[Cls, list[tuple[Fn, int]]] = field(default_factory=dict)
    hints: Hints = field(init=False)
    transfers: Transfers = field(init=False)
    holdings: Holdings = field(init=False)
    pieces: Pieces = field(init=False)
    entrances: Entrances = field(init=False)
    containers: Containers = field(init=False)
    thrown: Thrown = field(init=False)
    checked: Checked = field(init=False)
    callings: Callings = field(init=False)
    constructed: Constructed = field(init=False)
    closing: Closing = field(init=False)
    carried: Carriers = field(init=False)
    depths: Depths = field(init=False)
    _known: dict[tuple[At, Path], tuple[Origin, ...]] = field(default_factory=dict)
    _busy: set[tuple[At, Path]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read hints with the same knowledge."""
        self.depths = Depths.of(self.program)
        self.hints = Hints(self.program, self.symbols, self.roles)
        self.callings = Callings(self.program, self.symbols, self.callers, self.handed)
        self.pieces = Pieces(self.program, self.symbols)
        self.transfers = Transfers(self.program, self.hints, self.pieces, Belongings(self.hints), self.of)
        ends = Endpoints(self.program, self.symbols, self.hints)
        self.entrances = Entrances(self.program, self.symbols, self.transfers, ends)
        self.containers = Containers(
            self.program, self.symbols, self.hints, self.transfers, Exposures(self.program, self.symbols),
            Configs(self.program, self.symbols, self.hints), self.pieces, self.entrances,
            Inferred(self.program, self.symbols), self.of,
        )  # fmt: skip
        self.holdings = Holdings(self.program, self.symbols, self.made, self.of)
        self.checked = Checked(self.program, self.symbols, self.of, Contexts(self.program, self.symbols, self.callings))
        self.constructed = Constructed(self.program, self.symbols, self.holdings, self.callings, self.containers.given)
        self.closing = Closing(
            self.program, self.hints, self.callings, self.handed, self.checked, self.transfers, self.holdings.changes,
            self._busy, self.of, self.containers.given, self.seen,
        )  # fmt: skip
        self.carried = Carriers(self.program, self.symbols)
        self.thrown = Thrown(self.program, self.symbols, self.closing, self.constructed, self.seen, self.known)

    # --- questions

    def known(self, at: At, path: Path = (), site: Site | None = None) -> tuple[Origin, ...]:
        """Everything the value may hold where ``site`` uses it, parameters followed to the callers."""
        return distinct(relevant(self.closing.close(self.seen(at, path, site))))

    def seen(self, at: At, path: Path = (), site: Site | None = None) -> tuple[Origin, ...]:
        """The same, its function's own parameters left open."""
        found = self.holdings.removals.seen(at, path, site) if site else self.of(at, path)
        return tuple(self.checked.mark(site, found)) if site else tuple(found)

    def around(self, at: At, path: Path = (), site: Site | None = None) -> tuple[Origin, ...]:
        """The same, but what a closure or a method holds of other functions' parameters followed to their callers."""
        open_ = {o: o.formal is None or o.formal.fn == Fn(at.module, at.function) for o in self.seen(at, path, site)}
        return distinct(o for one in open_ for o in ((one,) if open_[one] else relevant(self.closing.close((one,)))))

    def arguments(self, caller: Fn, call: ir.Call, formal: Formal) -> Iterator[At]:
        """The arguments of a call that fill a parameter."""
        return self.callings.arguments(caller, call, formal)

    def of(self, at: At, path: Path = ()) -> tuple[Origin, ...]:
        """Everything the value may hold, its function's own parameters left open."""
        if path == (CUT,):
            return tuple(o for o in self.of(at) if o.certain or o.nature is not Nature.CONFIG)
        if len(path) > self.depths.longest:
            path = self.depths.cut(path, CUT)
        key = (at, path)
        if key in self._known:
            return self._known[key]
        if key in self._busy or len(self._busy) > _DEPTH:
            self.closing.remembered.met += 1
            return ()
        self._busy.add(key)
        try:
            found = distinct(self._of(at, path))
        finally:
            self._busy.discard(key)
        self._known[key] = found
        self.depths.answered()
        return found

    # --- one kind of value each

    def _of(self, at: At, path: Path) -> Iterator[Origin]:  # noqa: C901, PLR0912 - one case per kind of value
        value, fn = self.program.value(at), Fn(at.module, at.function)
        if path[:1] == (CALLED,) and not isinstance(value, ir.Variable | ir.Choice):
            yield from self._result(at, value, path)
            return
        if not path and isinstance(value, ir.Param | ir.Member | ir.Item | ir.Call | ir.Element | ir.Receiver):
            yield from self.containers.exposed(at)
        match value:
            case ir.Variable():
                yield from self._named(at, value.name, value.value, value.line, path)
                for other in self.program.assigned(fn, value.name):
                    yield from self.of(other, path)
            case ir.Param():
                yield from self.checked.keyed.paired(at, path, self._param(Formal(fn, value.index), path))
                yield from self.containers.parameter(at, value, path)
                yield from self.holdings.added(at, path)
            case ir.Member():
                yield from self._member(at, value, path)
            case ir.Item():
                yield from self.containers.item(at, value, path)
            case ir.Element():
                yield from self.containers.element(at, value, path)
            case ir.Name() | ir.Import():
                yield from self._outside(at, value, path)
            case ir.Call():
                yield from self._call(at, value, path)
            case ir.Text() if len(path) > 1 and path[0] not in {ANY, "searchParams"} and not path[0].isdecimal():
                return  # a text has no members of members; an address made of it has
            case ir.Text():
                yield from joined(self.pieces.of_percent(at, value, self.containers.in_text))
            case ir.Opaque():
                yield from self.containers.other(at, value, path)
            case ir.Operation():
                yield from self._operation(at, value, path)
            case ir.Choice():
                yield from self._choice(at, value, path)
            case ir.Record():
                yield from self.containers.record(at, value, path)
            case ir.Sequence():
                yield from self.containers.sequence(at, value, path)
            case ir.Receiver():
                yield from self._attribute(at, path)
            case ir.Literal(kind="str", text=text) if path == (VARIABLE,):
                yield from self.transfers.environment(at, self.program.function(fn).line, (text,))
            case ir.Closure() if path[:1] in {(ANY,), (YIELDED,)}:
                for held in yielded(self.program, at, value, path[0]):
                    yield from self.of(held, path[1:])
            case ir.Caught():
                yield from self.entrances.caught(at, value, path)
                yield from self.thrown.of(at, value, path)
            case _:
                return

    def _named(self, at: At, name: str, value: int, line: int, path: Path) -> Iterator[Origin]:
        """A variable holds what was assigned; its name is evidence too, unless the value is plainly harmless."""
        inner = self.of(at.to(value), path)
        if any(o.root for o in inner) and (made := self.checked.proofs.expected.made(at)):
            inner = tuple(replace(o, chosen=Root(made, path)) if o.root else o for o in inner)
        if vocabulary.names_reference(name):
            inner = tuple(o for o in inner if o.nature not in SECRET or o.nature is Nature.ENVIRONMENT)
        held = (*inner, *(put := tuple(self.holdings.added(at, path))))
        yield from held if path else self.hints.bundled(name, at.to(value), held, grown=bool(put))
        if all(origin.nature is Nature.UPSTREAM for origin in inner):
            yield from self.containers.configured(at, name, line, path)
        if (
            not path
            and vocabulary.names_credential(name)
            and not has_secret(inner)
            and self.hints.may_hide(at.to(value))
            and not self.transfers.misnomers.variable(Fn(at.module, at.function), name)
        ):
            yield self.transfers.credential(at, name, line, at.to(value))

    def name_of(self, at: At) -> str:
        """What an expression is called: see ``Hints.name_of``."""
        return self.hints.name_of(at)

    def _param(self, formal: Formal, path: Path) -> Iterator[Origin]:
        function = self.program.function(formal.fn)
        parameter = function.params[formal.position]
        place = self.program.location(formal.fn.module, function.line)
        here = Step(place, f"parameter `{parameter.name or 'arguments'}`")
        role, root = self.hints.role(formal), Root(formal, path)
        if role is Role.REQUEST and parameter.kind == "rest":
            path = path[1:]
        if role is not None and not self.hints.is_closed(formal, path):
            yield from (replace(o, root=root) for o in of_role(role, parameter.name, path, here))
        elif role is None and (served := self.entrances.handed(formal, parameter.name, path)):
            yield from (replace(o, root=root) for o in self.entrances.sent(formal.fn.module, *served, here))
        elif role is None:
            yield Origin(None, parameter.name, (), formal=formal, path=path, root=root)
            yield from self.thrown.waited(formal, path)
            if parameter.default >= 0 and function.parent >= 0:
                yield from self.of(At(formal.fn.module, function.parent, parameter.default), path)
            for at, call, provider in providers(self.program, self.symbols, formal):
                made = self.symbols.owner(provider) if self.program.function(provider).name == "__init__" else None
                yield from self.holdings.held(made, path) if made and path else ()
                yield from self._returned(at, replace(call, args=()), provider, path)
        named = vocabulary.names_credential(parameter.name) and vocabulary.types_secret(parameter.type_text)
        named = named and not self.transfers.misnomers.variable(formal.fn, parameter.name)
        if not path and named and not is_list(self.program, formal):
            yield Origin(Nature.CREDENTIAL, parameter.name, (here,), certain=False)

    def _member(self, at: At, value: ir.Member, path: Path) -> Iterator[Origin]:
        if value.name in _SIZES or self.hints.holds_nothing(at, value):
            return
        found = list(self.entrances.of(at, value.line, path)) or list(self.of(at.to(value.base), (value.name, *path)))
        plain = isinstance(self.program.value(at.to(value.base)), ir.Receiver)
        if not (found or plain or self.constructed.makes(at.to(value.base))):
            held = self.symbols.resolve(at.to(value.base))
            classes = [s.cls if isinstance(s, Instance) else s for s in held if isinstance(s, Instance | Cls)]
            found = [o for cls in classes for o in self.holdings.held(cls, (value.name, *path))]
        found += self.containers.variables(at, value, path, found)
        found += [o for held in self.carried.member(at, value) for o in self.of(held, path)]
        yield from found
        named = not path and vocabulary.names_credential(value.name) and not self.holdings.hides_itself(at, value)
        named = named and not vocabulary.names_constants(self.hints.name_of(at.to(value.base)))
        named = named and not self.transfers.misnomers.member(at, at.to(value.base), value.name)
        if named and not (has_secret(found) or self.hints.is_constant(at)):
            yield self.transfers.credential(at, value.name, value.line, at.to(value.base))

    def _choice(self, at: At, value: ir.Choice, path: Path) -> Iterator[Origin]:
        """``a if test else b``: where the test asks about ``a``, it was answered."""
        for number, option in enumerate(value.options):
            found = tuple(replace(o, chosen=Root(at, path)) for o in self.of(at.to(option), path))
            yield from self.checked.when(at.to(value.test), found, sense=number == 0) if value.test >= 0 else found

    def _outside(self, at: At, value: ir.Name | ir.Import, path: Path) -> Iterator[Origin]:
        fn = Fn(at.module, at.function)
        found = (
            self.program.lexical(fn, value.name)
            if isinstance(value, ir.Name)
            else self.program.imported(at.module, value.module, value.symbol)
        )
        if isinstance(found, At):
            yield from self.of(found, path)
        elif isinstance(found, int) and path:
            inner = self.program.exported(found, path[0])
            if isinstance(inner, At):
                yield from self.of(inner, path[1:])
        else:
            yield from self.entrances.of(at, value.line, path)

    def _attribute(self, at: At, path: Path) -> Iterator[Origin]:
        """``self.x``: whatever the class's functions store there."""
        owner = self.symbols.owner(Fn(at.module, at.function))
        if owner is not None and path:
            yield from self.holdings.held(owner, path)

    def _operation(self, at: At, value: ir.Operation, path: Path) -> Iterator[Origin]:
        if self.hints.counts(at, value) or (value.operator in _BOOLEAN and not self.hints.formats(at, value)):
            return
        if value.operator == "|" and not self.program.is_script(at.module):
            yield from self.containers.merged(at, value.operands, path)
            return
        operands = value.operands[-1:] if value.operator in {"and", "&&"} else value.operands
        parts = (self.pieces.formatted(at, value, self.of(at.to(operand), path)) for operand in operands)
        for origin in joined(parts) if value.operator == "+" else (o for part in parts for o in part):
            yield replace(origin, escaped=True) if value.operator in {"!r", "%r"} else origin

    # --- calls

    def _result(self, at: At, value: ir.Value, path: Path) -> Iterator[Origin]:
        """What calling the value gives: of a parameter, for those to say who hand a function in."""
        if isinstance(value, ir.Param):
            formal = Formal(Fn(at.module, at.function), value.index)
            name = self.program.function(formal.fn).params[formal.position].name
            yield Origin(None, name, (), formal=formal, path=path, root=Root(formal, path))
            return
        own = [s for s in self.symbols.resolve(at) if isinstance(s, Fn)]
        if not own and isinstance(value, ir.Name | ir.Import):
            yield from self._outside(at, value, path)
        yield from (origin for fn in own for origin in self.closing.results(fn, path[1:]))

    def _call(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        targets = self.callings.callees(at.to(call.callee))
        own, path = self.callings.run(at, call, targets, path)
        several = self.program.modules[at.module].language == "go" and bool(path) and path[0].isdecimal()
        if not own and several and not gocalls.splits(self.hints, at, call):
            if path[0] != "0":
                yield from self.transfers.later(at, call, path)
                return
            path = path[1:]
        found = [o for fn in own if not self.hints.gives_closed(fn, path) for o in self._returned(at, call, fn, path)]
        found.extend(self.constructed.of(at, call, targets, path))
        elsewhere = (*settled(self.program, self.symbols, at, call), *self.carried.of(at, call))
        found.extend(o for held in elsewhere for o in self.of(held, path))
        if not own and any(isinstance(target, Formal) for target in targets):
            found.extend(self.of(at.to(call.callee), (CALLED, *path)))
        if not own and (deferred := self.callings.deferred(at, call)):
            found.extend(self._call(at, deferred, path))
        elif not own:
            root = Root(at, path)
            found.extend(replace(o, root=o.root or root) for o in self.entrances.of(at, call.line, path))
            found.extend(replace(o, root=root) for o in self.entrances.parsed(at, call, path))
            found.extend(self.containers.converted(at, call, path))
            paths = [target.path for target in targets if isinstance(target, External)]
            merged = self.containers.joined(at, call, paths, path)
            found.extend(self.transfers.through(at, call, paths, path) if merged is None else merged)
            found = list(self.checked.let_through(at, call, found))
        yield from found
        if not path and not has_secret(found):
            yield from self.transfers.handed_out(at, call)

    def _returned(self, at: At, call: ir.Call, fn: Fn, path: Path) -> Iterator[Origin]:
        """What a function of the project gives back, with its parameters replaced by this call's arguments."""
        function = self.program.function(fn)
        here = self.transfers.step(at, call.line, f"returned by {function.name or 'a function'}")
        caller = Fn(at.module, at.function)
        site = self.checked.call_site(caller, at.value)
        hides = (masks := forms.hides(function.name)) and self.hints.masks.by(fn) and not self.pieces.leaves_rest(fn)
        for step in function.steps:
            if not isinstance(step, ir.Return) or step.value < 0:
                continue
            taken = path[1:] if step.yields and path[:1] == (ANY,) and not self.symbols.manages(fn) else path
            seen = self.closing.inside(fn, self.seen(fn.at(step.value), taken, Site(fn, step.block, step.line)))
            pieces = masks or self.hints.looks_up(fn.at(step.value))
            told = self.checked.contexts.beside(at, fn.at(step.value), path)
            returned = self.constructed.called_on(at, call, fn, self.callings.asked(caller, call, fn, seen))
            for origin in self.pieces.sized(fn, returned, lambda n: self.arguments(caller, call, Formal(fn, n))):
                stays = origin.formal.fn if origin.formal else None
                if (needs := self.checked.contexts.carried(origin.needs, fn, caller, call, stays)) is None:
                    continue  # this call never gets there
                if origin.formal is None or origin.formal.fn != fn:
                    partial, together = origin.partial or hides, origin.beside | told
                    for named in self.callings.told(caller, call, fn, replace(origin, needs=needs)):
                        yield then(replace(named, partial=partial, beside=together), here)
                    continue
                if masks and not origin.partial and function.blocks[step.block].kind == "if":
                    continue  # what a masking helper gives back unchanged on purpose: a reference, an empty value
                for argument, taken, left in self.callings.filled(caller, call, origin):
                    bag = "" if vocabulary.names_plain(self.callings.key_of(call, argument)) else origin.bag
                    through = replace(origin, partial=origin.partial or hides, bag=bag, beside=origin.beside | told)
                    held = self.checked.mark(site, self.containers.given(argument, taken, left), needs)
                    whole = [o for o in held if o.certain or o.nature is not Nature.CONFIG or not pieces]
                    yield from (after(then(o, here), through) for o in whole)
