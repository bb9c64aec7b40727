"""From what a caller chose to a dangerous call: across functions and files, with the checks on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.codeflows import CodeFlow, Danger, Guarded, Stop, Strength
from skillaudit.facts import LogCall, Nature, Step
from skillaudit.linking.flows.addresses import Addresses, Placed
from skillaudit.linking.flows.ahead import Ahead
from skillaudit.linking.flows.clientguards import ClientGuards
from skillaudit.linking.flows.codesinks import Sinks
from skillaudit.linking.flows.commandlines import CommandLines
from skillaudit.linking.flows.dangers import Sink
from skillaudit.linking.flows.echoedpaths import Access, Echoes
from skillaudit.linking.flows.entries import RESOLVED, Entries
from skillaudit.linking.flows.guards import Aspect, Guard, Proof, judge, protects
from skillaudit.linking.flows.impossible import Impossible
from skillaudit.linking.flows.positions import Position
from skillaudit.linking.flows.rooted import stands_behind
from skillaudit.linking.flows.taints import CHOSEN, Taints, covers, key_of
from skillaudit.linking.flows.uploads import Uploads
from skillaudit.linking.flows.validators import Use, Validators
from skillaudit.linking.flows.words import Words
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.origins.checked import Site
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.serving.deadcode import DeadCode
from skillaudit.linking.tools.capabilities import declared
from skillaudit.linking.values.origin import Need, Origin, Path
from skillaudit.linking.values.roles import Roles
from skillaudit.model import Gap, Surface

_DEPTH = 8
_MOST = 12
_LONGEST_TRACE = 12
_DECODES = {"decodeURIComponent", "decodeURI", "unescape", "safeDecode"}
_OWN_ADDRESS = {f"{part} of the request" for part in ("url", "path", "originalUrl", "URL", "RequestURI")}
"""The request's own address: its host is this server."""


class _Place(NamedTuple):
    """A step of a function."""

    fn: Fn
    use: Use


class _Manner(NamedTuple):
    """Where in a text a value stands, and whether that is a word of a command line."""

    position: Position
    word: bool


class Reached(msgspec.Struct, frozen=True):
    """A caller's value at some place: what it is, what it passed, and the functions it went through."""

    nature: Nature
    name: str
    position: Position
    guards: tuple[Guard, ...]
    trace: tuple[Step, ...]
    entry: Fn | None
    escaped: bool = False
    harmless: frozenset[Danger] = frozenset()
    functions: tuple[_Place, ...] = ()


@dataclass(slots=True)
class CodeFlows:
    """Asks every dangerous call where its values come from."""

    box: Toolbox
    candidates: tuple[Candidate, ...]
    logs: tuple[tuple[Fn, int, LogCall], ...]
    dead: DeadCode
    taints: Taints = field(init=False)
    validators: Validators = field(init=False)
    clients: ClientGuards = field(init=False)
    addresses: Addresses = field(init=False)
    impossible: Impossible = field(init=False)
    uploads: Uploads = field(init=False)
    entries: Entries = field(init=False)
    ahead: Ahead = field(init=False)
    _known: dict[tuple[Formal, Path, _Manner, frozenset[Need]], tuple[Reached, ...]] = field(default_factory=dict)
    _asking: set[tuple[Formal, Path, _Manner, frozenset[Need]]] = field(default_factory=set)
    _far: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Evaluate with open parameters, on the knowledge that the other questions share."""
        origins = self.box.origins
        self.taints = Taints(self.box.program, self.box.symbols, Roles(), origins.callers, origins.handed, origins.made)
        self.validators = Validators(self.taints)
        self.clients = ClientGuards(self.validators)
        self.addresses = Addresses(self.taints)
        self.impossible = Impossible(self.box.program)
        self.uploads = Uploads(self.box)
        self.entries = Entries(self.box, self.taints)
        self.ahead = Ahead(self.box, self.logs)

    def all(self) -> Iterator[CodeFlow]:
        """One flow for each dangerous call and danger: the least guarded."""
        best: dict[tuple[Fn, int, Danger], tuple[Sink, Reached, Guarded, Danger]] = {}
        for sink in Sinks(self.taints, CommandLines(self.taints, Words(self.taints))).all():
            for reached in self._reaching(sink):
                danger = self._danger(sink, reached)
                if danger is None or not self.dead.reaches(sink.fn, danger) or self._enters_dead(reached):
                    continue
                if danger is Danger.PATH and self.uploads.ruled_out(sink.fn, sink.call):
                    continue
                guarded = judge(danger, reached.guards, shell=sink.shell, behind=self._stands_behind(sink))
                held = best.get((sink.fn, sink.call, danger))
                if held is None or _rank(guarded) < _rank(held[2]):
                    best[sink.fn, sink.call, danger] = (sink, reached, guarded, danger)
        told = [Access(s, (r.name, r.entry, r.trace[:1]), _rank(g)) for s, r, g, _ in best.values()]
        echoes = Echoes(self.box.program).among(told)
        for (fn, call, danger), (sink, reached, guarded, _) in best.items():
            if danger is Danger.PATH and (fn, call) in echoes:
                continue
            worse = Danger.ADDRESS if danger is Danger.ADDRESS_PATH else Danger.COMMAND
            if danger in {Danger.ADDRESS_PATH, Danger.ARGUMENT} and (fn, call, worse) in best:
                continue
            flow = self._flow(sink, reached, guarded, danger)
            repeated = [one for one, other in echoes.items() if danger is Danger.PATH and other == (fn, call)]
            yield replace(flow, repeated=tuple(self._repeated(*one) for one in repeated)) if repeated else flow

    def _stands_behind(self, sink: Sink) -> bool:
        def given(at: At) -> bool:
            return any(Danger.PATH not in origin.harmless for origin in self.taints.of(at))

        paths = sink.danger is Danger.PATH
        return paths and stands_behind(self.box.program, self.box.symbols, sink.value, given=given)

    def _repeated(self, fn: Fn, number: int) -> Stop:
        call = self.box.program.value(fn.at(number))
        line = call.line if isinstance(call, ir.Call) else self.box.program.function(fn).line
        name = self.taints.hints.name_of(fn.at(call.callee)) if isinstance(call, ir.Call) else ""
        return Stop(self.box.program.location(fn.module, line), f"`{name}` takes the same path")

    def _enters_dead(self, reached: Reached) -> bool:
        return reached.entry is not None and self.dead.dead(reached.entry)

    def gaps(self) -> Iterator[Gap]:
        """Where values were not followed to their end, after ``all`` was."""
        for cut, why in (
            (self._far, f"further than {_DEPTH} callers away"),
            (self.addresses.cut, "put together too widely"),
        ):
            for module in sorted(cut):
                reason = f"values that reach dangerous calls are not followed to their end: {why}"
                yield Gap("code-flows", self.box.program.modules[module].path, reason)

    def _danger(self, sink: Sink, reached: Reached) -> Danger | None:
        """What the value can do there, unless it was cleaned of that."""
        danger = self._placed(sink, reached)
        return None if danger in reached.harmless else danger

    def _placed(self, sink: Sink, reached: Reached) -> Danger | None:  # noqa: PLR0911 - one case per kind
        """What a value can do there, by its place in the text."""
        match sink.danger:
            case Danger.ADDRESS:
                if reached.position is Position.QUERY:
                    return None
                if reached.trace and reached.trace[0].note in _OWN_ADDRESS:
                    return Danger.ADDRESS_PATH
                return Danger.ADDRESS if reached.position is Position.START else Danger.ADDRESS_PATH
            case Danger.COMMAND if sink.word:
                return Danger.COMMAND if reached.position is Position.START else Danger.ARGUMENT
            case Danger.ARGUMENT if sink.word:
                return Danger.ARGUMENT if reached.position is Position.START else None
            case Danger.CODE:
                return None if reached.escaped else Danger.CODE
            case Danger.PATH if self._is_resolved(sink, reached):
                return None
            case danger:
                return danger

    def _is_resolved(self, sink: Sink, reached: Reached) -> bool:
        """Whether the path of a request's address is joined to a directory, and nothing on the way decodes it again."""
        if not reached.trace or reached.trace[0].note != RESOLVED:
            return False
        value, at = self.taints.definition(sink.value), self.taints.defined(sink.value)
        joined = isinstance(value, ir.Call) and self.taints.hints.name_of(at.to(value.callee)) == "join"
        calls = ((fn, call) for fn, _ in reached.functions for _, call, _ in self.box.program.calls(fn))
        return joined and not any(self.taints.hints.name_of(fn.at(call.callee)) in _DECODES for fn, call in calls)

    # --- following a value

    def _reaching(self, sink: Sink) -> Iterator[Reached]:
        fn, call = sink.use or (sink.fn, sink.call)
        place = _Place(fn, self.validators.use_of_call(fn, call))
        begins = Position.WITHIN if sink.within else Position.START
        for reached in self._at(sink.value, (), place, _Manner(begins, sink.word), 0):
            refusing = self.clients.of(sink.fn, sink.call) if sink.danger is Danger.ADDRESS else None
            yield replace(reached, guards=(*reached.guards, refusing)) if refusing else reached

    def _at(  # noqa: PLR0913, PLR0917 - a question and what was met on the way to it
        self, at: At, path: Path, place: _Place, manner: _Manner, depth: int, needs: frozenset[Need] = frozenset()
    ) -> Iterator[Reached]:
        """Everything a caller chose in the value at ``at`` when the step at ``use`` runs."""
        needs |= self.taints.checked.needs(Site(place.fn, place.use.block, place.use.line))[0]
        position, word = manner
        placed = (
            self.addresses.inside(at, path, position, word=word) if path else self.addresses.of(at, position, word=word)
        )
        placed = self._possible(at, placed, place) if placed else placed
        if not placed:
            return
        local = tuple(self._of_used(at, (*self.validators.active(*place), *self.validators.through(at))))
        for origin, stands in placed:
            key = key_of(origin)
            checks = (*local, *self.validators.behind(origin.put)) if origin.put else local
            guards = tuple(g for g in checks if any(covers(checked, key) for checked in g.keys))
            if origin.rooted:
                here = self.box.program.location(place.fn.module, place.use.line)
                guards += (Guard(Proof.CONTAINED, frozenset({key}), here, normalised=True, whole=True),)
            if origin.formal is None:
                if origin.nature in CHOSEN and origin.nature is not None:
                    found = Reached(origin.nature, origin.name, stands, guards, origin.trace, place.fn)
                    yield replace(found, escaped=origin.escaped, harmless=origin.harmless, functions=(place,))
                continue
            if origin.formal.fn != place.fn and not place.fn.number:
                continue  # a file's body has run before anybody's value is stored
            if origin.formal.fn != place.fn:
                guards += self._elsewhere(origin, place.fn)
            way = needs | origin.needs
            for reached in self._upstream(origin.formal, origin.path, _Manner(stands, word), depth, way):
                yield replace(
                    reached,
                    guards=(*reached.guards, *guards),
                    trace=(*reached.trace, *origin.trace)[-_LONGEST_TRACE:],
                    escaped=reached.escaped or origin.escaped,
                    harmless=reached.harmless | origin.harmless,
                    functions=(place, *reached.functions)[:_MOST],
                )

    def _possible(self, at: At, placed: list[Placed], place: _Place) -> list[Placed]:
        """Without what cannot be there where the step runs."""
        lines = self.impossible.lines(self.validators.parts(at), place.fn, place.use.block)
        path = self.box.program.modules[place.fn.module].path
        return [
            one for one in placed if not any(s.location.line in lines and s.location.path == path for s in one[0].trace)
        ]

    def _of_used(self, at: At, guards: tuple[Guard, ...]) -> Iterator[Guard]:
        """The checks of parts of a value, where such a part is what is used: all of it was checked then."""
        parts = any(guard.aspect is not Aspect.WHOLE for guard in guards)
        used = {self.box.program.bare(part) for part in self.validators.parts(at)} if parts else set()
        for guard in guards:
            yield replace(guard, aspect=Aspect.WHOLE) if guard.subject in used else guard

    def _elsewhere(self, origin: Origin, fn: Fn) -> tuple[Guard, ...]:
        """The checks in the function that took the value, where it was stored and is used by another one."""
        formal = origin.formal
        if formal is None:
            return ()
        parent = fn
        while parent.number > 0:
            parent = Fn(parent.module, self.box.program.function(parent).parent)
            if parent == formal.fn:
                return ()
        key = key_of(origin)
        called = (number for caller, number in self.taints.callers.get(fn, ()) if caller == formal.fn)
        uses = [self.validators.use_of_call(formal.fn, number) for number in called]
        end = uses[0] if uses else self.validators.at_end(formal.fn)
        return tuple(g for g in self.validators.active(formal.fn, end) if any(covers(k, key) for k in g.keys))

    def _upstream(
        self, formal: Formal, path: Path, manner: _Manner, depth: int, needs: frozenset[Need]
    ) -> tuple[Reached, ...]:
        key = (formal, path, manner, needs)
        if key in self._known:
            return self._known[key]
        if key in self._asking:
            return ()
        if depth >= _DEPTH:
            self._far.add(formal.fn.module)
            return ()
        self._asking.add(key)
        found = [] if self._closes(formal, path) else list(self._from_callers(formal, path, manner, depth, needs))
        if not found:
            found = list(self._entered(formal, path, manner.position))
        self._asking.discard(key)
        self._known[key] = _distinct(found)
        return self._known[key]

    def _closes(self, formal: Formal, path: Path) -> bool:
        """Whether the SDK checks a handler's value by its schema, whatever stands around the handler hands it on."""
        return bool(self.box.roles.schemas(formal)) and self.entries.is_closed(formal, path)

    def _entered(self, formal: Formal, path: Path, position: Position) -> Iterator[Reached]:
        """The value as the client's own: the parameter is filled from outside."""
        for nature, name, step in self.entries.of(formal, path):
            guards, left = self.entries.guards(formal, path, self.validators), self.entries.harmless(formal, path)
            yield Reached(nature, name, position, tuple(guards), (step,), formal.fn, harmless=left)

    def _from_callers(
        self, formal: Formal, path: Path, manner: _Manner, depth: int, needs: frozenset[Need]
    ) -> Iterator[Reached]:
        program = self.box.program
        counts = program.surface(formal.fn.module).counts
        for caller, number, argument, inner in self.entries.arguments(formal, path):
            if not program.surface(caller.module).counts and counts:
                continue
            call = program.value(caller.at(number))
            if not isinstance(call, ir.Call):
                continue
            direct = (caller, number) in self.taints.callers.get(formal.fn, ())
            contexts = self.taints.checked.contexts
            carried = contexts.carried(needs, formal.fn, caller, call) if direct else frozenset[Need]()
            if carried is None:
                continue  # this call never gets there
            name = program.function(formal.fn).name or "a function"
            here = Step(program.location(caller.module, call.line), f"passed to `{name}`")
            place = _Place(caller, self.validators.use_of_call(caller, number))
            for reached in self._at(argument, inner, place, manner, depth + 1, carried):
                yield replace(reached, trace=(*reached.trace, here)[-_LONGEST_TRACE:])

    # --- what is found

    def _flow(self, sink: Sink, reached: Reached, guarded: Guarded, danger: Danger) -> CodeFlow:
        program = self.box.program
        call = program.value(sink.fn.at(sink.call))
        line, end = (call.line, call.end_line) if isinstance(call, ir.Call) else (0, 0)
        way = [(place.fn, place.use.block) for place in reached.functions]
        tools = self.entries.tools(reached.entry, way, self.candidates)
        stops = tuple(dict.fromkeys(Stop(step.location, step.note) for step in reached.trace))
        protecting = sorted((g for g in reached.guards if protects(g)), key=lambda g: self.ahead.refused(g) is None)
        refused = self.ahead.refused(protecting[0]) if protecting else None
        return CodeFlow(
            danger=danger,
            location=program.location(sink.fn.module, line, min(end, line + 20)),
            surface=self._surface(sink, reached),
            package=program.package_path(sink.fn.module),
            sink=sink.name,
            operation=sink.operation,
            value=reached.name,
            source="request data"
            if reached.nature in {Nature.REQUEST, Nature.BODY, Nature.HEADERS}
            else "tool argument",
            guarded=guarded,
            tools=tuple(tool.name for tool in tools)[:6],
            declared=declared(danger, [(tool.name, self._said(tool)) for tool in tools], reached.name),
            trace=stops,
            confidence=sink.confidence,
            protected=protecting[0].location if protecting else None,
            recorded=refused or self.ahead.recorded(reached.functions),
        )

    def _surface(self, sink: Sink, reached: Reached) -> Surface:
        """The surface of the call's file; what the server's handler hands to a command's function is its own."""
        surface = self.box.program.surface(sink.fn.module)
        entered = self.box.program.surface(reached.entry.module) if reached.entry else surface
        return entered if surface is Surface.CLI and entered.counts else surface

    def _said(self, tool: Candidate) -> str:
        """A tool's description; of one that is put together its constant pieces."""
        if tool.description:
            return tool.description
        return " ".join(text for at, _ in tool.described if isinstance(at, At) for text in self._pieces(at))

    def _pieces(self, at: At) -> Iterator[str]:
        held = self.taints.defined(at)
        value = self.box.program.value(held)
        if isinstance(value, ir.Literal):
            yield value.text
        for part in value.parts if isinstance(value, ir.Text) else ():
            yield from self._pieces(held.to(part))


def _rank(guarded: Guarded) -> int:
    return [Strength.NONE, Strength.NAIVE, Strength.SOUND].index(guarded.strength)


def _distinct(found: Iterable[Reached]) -> tuple[Reached, ...]:
    held: dict[tuple[object, ...], Reached] = {}
    for one in sorted(found, key=lambda r: (len(r.guards), len(r.trace))):
        proofs = frozenset(g.proof for g in one.guards)
        held.setdefault((one.nature, one.name, one.position, one.escaped, one.harmless, proofs), one)
    return tuple(held.values())[:_MOST]
