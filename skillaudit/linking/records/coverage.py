"""Which records a tool's call leaves by default: in its handler, around it, in the dispatcher or a middleware."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from skillaudit import ir
from skillaudit.facts import Level, LogCall, Record, Sink
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.graph import REACH, Calls, Edge
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols
from skillaudit.linking.records import decorating, errorreturns
from skillaudit.linking.records.middlewares import Middlewares
from skillaudit.linking.records.regular import Regular
from skillaudit.linking.records.running import Running
from skillaudit.linking.registrations import byhand
from skillaudit.linking.registrations.toolbox import ROUTE, Candidate, Toolbox
from skillaudit.linking.serving.unasked import Unasked
from skillaudit.model import Location, Surface

_OPERATOR = {Sink.LOGGER, Sink.STDERR, Sink.STDOUT, Sink.FILE}
_BRANCHES = {"if", "else", "case"}
_UNUSUAL = {*_BRANCHES, "except"}
_WRONG = {Level.WARNING, Level.ERROR}
_NEAR = 3
_SHARED = 3
_IN_TABLE = {"definition", "marked"}
"""The style of a tool that stands in a table with what runs it: where there is a dispatcher, that looks it up."""
_METHODS = frozenset(
    {"initialize", "ping", "tools/list", "resources/list", "resources/read", "prompts/list", "prompts/get"}
)
"""Other methods of the protocol than the one that calls a tool."""
_AROUND = {"decorator", "wrapper", "middleware"}
_RANKS = {name: rank for rank, name in enumerate(("dispatcher", "middleware", "decorator", "wrapper", "handler"))}


class Left(NamedTuple):
    """A record that a tool's call may leave: where it stands, and the calls that lead there."""

    mechanism: str
    fn: Fn
    path: tuple[Edge, ...]
    block: int
    call: LogCall
    failing: bool


@dataclass(slots=True)
class Coverage:
    """Answers for one tool at a time from the log calls of the program.

    ``handlers`` and ``names`` are those of all tools: another tool's record is not this one's. ``piped`` are the
    packages whose standard output is the protocol's stream: what is printed there, no operator sees. ``written`` are
    the records that an operator sees by default, by function, each with its block, ``asked`` those behind an option.
    """

    box: Toolbox
    gates: Gates
    log_calls: Iterable[tuple[Fn, int, LogCall]]
    handlers: frozenset[Fn] = frozenset()
    names: frozenset[str] = frozenset()
    piped: frozenset[str] = frozenset()
    _passable: dict[Edge, bool] = field(default_factory=dict)
    _raising: dict[Fn, frozenset[int]] = field(default_factory=dict)
    running: Running = field(init=False)
    _regular: Regular = field(init=False)
    unasked: Unasked = field(init=False)
    _middlewares: Middlewares = field(init=False)
    asked: set[Location] = field(default_factory=set)
    written: dict[Fn, list[tuple[int, LogCall]]] = field(default_factory=dict)
    _users: dict[Fn, int] | None = None
    _wrapped: set[tuple[Fn, int]] = field(default_factory=set)
    _leaving: dict[Fn, bool] = field(default_factory=dict)
    _places: dict[Location, tuple[Fn, int]] = field(default_factory=dict)
    _levels: dict[Fn, set[Level]] = field(default_factory=lambda: defaultdict(set))
    _found: dict[tuple[str, tuple[Fn, ...]], tuple[Left, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the records that an operator sees by default."""
        self.running = Running(self.box.program, self.box.symbols, self.box.calls, self.gates, self.handlers)
        self._regular = Regular(self.box.program, self.box.symbols, self.box.roles, self.gates)
        self.unasked = Unasked(self.box, self.gates)
        self._middlewares = Middlewares(self.box, self.gates)
        self._places = {call.location: (fn, block) for fn, block, call in self.log_calls}
        for fn, block, call in self.log_calls:
            self._levels[fn].add(call.level)
            if call.via:
                self._wrapped.add((fn, call.location.line))
            if self._operators(call) and not self._counts(call):
                if self._optional(fn, block, call):
                    self.asked.add(call.location)
                else:
                    self.written.setdefault(fn, []).append((block, call))

    def _counts(self, call: LogCall) -> bool:
        """Whether what looks like a logger keeps accounts and writes only when a ceiling is passed."""
        for inner in call.via:
            fn, block = self._places.get(inner, (None, 0))
            if fn is not None and any(outer.kind in _BRANCHES for outer in self.gates.around(fn, block)):
                return any(isinstance(s, ir.Store) and s.base >= 0 for s in self._program.function(fn).steps)
        return False

    def _optional(self, fn: Fn, block: int, call: LogCall) -> bool:
        """Whether a record is written only where an option asks for it, be it inside the project's wrapper."""
        inner = ((*self._places[place], place.line) for place in call.via if place in self._places)
        return any(self.unasked.off(*one) for one in ((fn, block, call.location.line), *inner))

    def _operators(self, call: LogCall) -> bool:
        lost = call.sink is Sink.STDOUT and call.package in self.piped
        return call.sink in _OPERATOR and not lost and call.level is not Level.DEBUG and not call.gate

    @property
    def _program(self) -> Program:
        return self.box.program

    @property
    def _calls(self) -> Calls:
        return self.box.calls

    @property
    def _symbols(self) -> Symbols:
        return self.box.symbols

    def records(self, tool: Candidate) -> tuple[Record, ...]:
        """At most one record for each mechanism: what success leaves first, then what stands nearest to the client."""
        best = (_best(group) for group in self._groups(tool))
        found = [Record(one.call.location, one.mechanism, one.failing) for one in best if one is not None]
        return tuple(sorted(found, key=lambda r: (r.on_error_only, _RANKS.get(r.mechanism, len(_RANKS)))))

    def left(self, tool: Candidate) -> tuple[Left, ...]:
        """Every record that a call may leave, each place once."""
        every = (one for group in self._groups(tool) for one in group)
        return tuple({one.call.location: one for one in every}.values())

    def starts(self, tool: Candidate) -> tuple[Fn, ...]:
        """The functions through which every call of the tool goes: its handler and what stands around it."""
        own = () if tool.handler is None else (tool.handler, *self._standing(decorating.around(self.box, tool.handler)))
        inner = self._standing(decorating.with_inner(self.box, tool.around))
        around = (*inner, *self._dispatchers(tool), *self._middleware(tool))
        return tuple(dict.fromkeys((*own, *around)))

    def _middleware(self, tool: Candidate) -> tuple[Fn, ...]:
        """What a server was given for every call, or the application whose route the tool is for every request."""
        package = self._program.package_path(tool.module)
        return self._standing(self._middlewares.around(package, routed=tool.style == ROUTE))

    def _standing(self, around: Iterable[Fn]) -> tuple[Fn, ...]:
        """Without the closures that are given back only where an option asks for them."""
        return tuple(fn for fn in around if not self.unasked.withheld(fn))

    def _groups(self, tool: Candidate) -> Iterator[tuple[Left, ...]]:
        if tool.handler is not None:
            yield self._shared("handler", (tool.handler,))
            yield self._shared("decorator", self._standing(decorating.around(self.box, tool.handler)))
        yield self._shared("wrapper", self._standing(decorating.with_inner(self.box, tool.around)))
        for dispatcher in self._dispatchers(tool):
            yield self._dispatched_by(dispatcher, tool)
        yield self._shared("middleware", self._middleware(tool))

    def on_failure(self, fn: Fn, block: int) -> bool:
        """Whether a step runs only where something failed or is refused."""
        return self._fails(fn, block)

    def acquires(self, edge: Edge) -> bool:
        """Whether a call only fetches what a tool's work is done with."""
        return self._regular.acquires(edge)

    def around(self, tool: Candidate) -> tuple[Fn, ...]:
        """What runs around a tool's handler: decorators, wrappers, dispatchers and middleware of its package."""
        return tuple(fn for fn in self.starts(tool) if fn != tool.handler)

    def hook(self, fn: Fn, path: tuple[Edge, ...]) -> str:
        """The name of the call that made a function, or the start of the path to it, a middleware; else empty."""
        return self._middlewares.hooks.get(path[0].caller if path else fn, "")

    def dispatched(self, tool: Candidate) -> bool:
        """Whether a dispatcher of the tool's package is known."""
        return tool.dispatched and bool(self._dispatchers(tool))

    def _dispatchers(self, tool: Candidate) -> list[Fn]:
        package = self._program.package_path(tool.module)
        by_package = [(self._program.package_path(fn.module), fn) for fn in self.box.dispatchers]
        held = [fn for path, fn in by_package if path == package]
        held = held or [fn for path, fn in by_package if path in self.box.importing.used(package)]
        production = [fn for fn in held if self._program.surface(fn.module) is Surface.PRODUCTION]
        passes = tool.dispatched or tool.handler is None or tool.style in _IN_TABLE
        return (production or held) if passes else []

    # --- finding records

    def _shared(self, mechanism: str, start: tuple[Fn, ...]) -> tuple[Left, ...]:
        """The records of code that many tools go through, or one tool that is asked about again, looked for once."""
        if (mechanism, start) not in self._found:
            avoid = self.handlers.difference(start) if mechanism == "handler" else self.handlers
            self._found[mechanism, start] = tuple(self._every(mechanism, start, avoid))
        return self._found[mechanism, start]

    def _every(self, mechanism: str, start: Iterable[Fn], avoid: frozenset[Fn]) -> Iterator[Left]:
        """The records on any path, nearest first."""
        own = frozenset(start)
        for fn, path, block, call in self._reached(own, avoid, shared=mechanism in _AROUND):
            if mechanism not in _AROUND or not self._beside(fn, path, block, own):
                name = "helper" if mechanism == "handler" and fn not in own else mechanism
                failing = self._fails_on(fn, path, block, call) or self.hook(fn, path) == "AddOnError"
                yield Left(name, fn, path, block, call, failing)

    def _fails_on(self, fn: Fn, path: tuple[Edge, ...], block: int, call: LogCall) -> bool:
        return self._fails(fn, block) or any(self._failing(edge) for edge in path) or self._complains(fn, block, call)

    def _complains(self, fn: Fn, block: int, call: LogCall) -> bool:
        """Whether a logger complains in one branch, be it that the call goes on: a retry, a fallback.

        What is written to a stream does not say: a server on stdio has standard error for all that it tells.
        """
        if call.level not in _WRONG or call.sink is not Sink.LOGGER or call.event:
            return False
        inner = [self._places[place] for place in call.via if place in self._places]
        if any(self._levels[one] - _WRONG for one, _ in inner):  # the wrapper tells of what went well, too
            return False
        return any(outer.kind in _UNUSUAL for place in ((fn, block), *inner) for outer in self.gates.around(*place))

    def _beside(self, fn: Fn, path: tuple[Edge, ...], block: int, own: frozenset[Fn]) -> bool:
        """Whether a record of code around the tools tells of another request, or of a failure of something else."""
        steps = ((fn, block), *((edge.caller, edge.block) for edge in path)) if self.box.byhand.dispatchers() else ()
        if any(byhand.aside(self.gates, one, place) for one, place in steps):
            return True
        refused = self._refuses(fn, block) or any(self._refuses(edge.caller, edge.block) for edge in path)
        aside = fn not in own and self._fails(fn, block) and not self._runs_given(fn)
        return refused or aside or not self.running.concerns(fn, path, block)

    def _refuses(self, fn: Fn, block: int) -> bool:
        return self._fails(fn, block) and not self.gates.in_handler(fn, block)

    def _runs_given(self, fn: Fn) -> bool:
        """Whether a function calls what it was given: only then may what fails in it be the tool."""
        called = (
            symbol for _, call, _ in self._program.calls(fn) for symbol in self._symbols.resolve(fn.at(call.callee))
        )
        return any(isinstance(symbol, Formal) for symbol in called)

    def _reached(
        self, own: frozenset[Fn], avoid: frozenset[Fn], depth: int = REACH, name: str = "", *, shared: bool = True
    ) -> Iterator[tuple[Fn, tuple[Edge, ...], int, LogCall]]:
        """The records of a call, nearest first, each with the path to it.

        ``own`` is code of the tool or written to stand around it; elsewhere a record must lie where each call passes.
        """

        def passable(edge: Edge) -> bool:
            return self._by_default(edge) and self._passes(edge, own, name, shared=shared)

        reached = self._calls.reach(sorted(own), depth, avoid, passable)
        for around, path in self._decorated(reached, own):
            for block, call in self.written.get(around, ()):
                yield around, path, block, call
        for fn, path in reached.items():
            for block, call in self.written.get(fn, ()):
                if fn in own or (
                    self._every_time(fn, block, call.location.line, shared=shared)
                    and not (self._fails(fn, block) and any(map(self._regular.acquires, path)))
                ):
                    yield fn, path, block, call

    def _decorated(
        self, reached: Mapping[Fn, tuple[Edge, ...]], own: frozenset[Fn]
    ) -> Iterator[tuple[Fn, tuple[Edge, ...]]]:
        """What the project's decorators run around the functions that are called."""
        for fn, path in reached.items():
            if fn not in own and self._program.function(fn).decorators:
                yield from ((one, path) for one in decorating.around(self.box, fn) if one not in reached)

    def _passes(self, edge: Edge, own: frozenset[Fn], name: str, *, shared: bool) -> bool:
        """Whether a call is made each time: in the tool's own code, or under no condition, and of no other code.

        The inside of a log call's wrapper is no step of its own: the call of the wrapper is the record.
        """
        if (edge.caller, edge.line) in self._wrapped or (shared and self._regular.guarded(edge)):
            return False
        others = {e.target: e.key for e in self._calls.out[edge.caller] if e.value == edge.value and not e.handed}
        if edge.key:
            return edge.key == name or len(others) == 1
        if not (edge.handed or edge.told) and len(others) > 1 and not all(map(self._leaves, others)):
            return False
        return edge.caller in own or self._every_time(edge.caller, edge.block, edge.line, shared=shared)

    def _every_time(self, fn: Fn, block: int, line: int, *, shared: bool) -> bool:
        return (not shared and self._tools_using(fn) < _SHARED) or self._regular.always(fn, block, line)

    def _tools_using(self, fn: Fn) -> int:
        """How many tools may run a function."""
        if self._users is None:
            self._users = {}
            for handler in self.handlers:
                for used in self._calls.reach([handler], avoid=self.handlers - {handler}):
                    self._users[used] = self._users.get(used, 0) + 1
        return self._users.get(fn, _SHARED)

    def _leaves(self, fn: Fn) -> bool:
        """Whether a function that stands for others of its kind leaves a record, whichever of them is called."""
        if fn not in self._leaving:
            self._leaving[fn] = False
            self._leaving[fn] = next(self._reached(frozenset({fn}), self.handlers, _NEAR), None) is not None
        return self._leaving[fn]

    def _failing(self, edge: Edge) -> bool:
        return self._fails(edge.caller, edge.block)

    def _fails(self, fn: Fn, block: int) -> bool:
        """Whether a step runs only on failure: in an error handler, or in a branch that ends with an error."""
        if self.gates.in_handler(fn, block):
            return True
        function = self._program.function(fn)
        if fn not in self._raising:
            raising = frozenset(step.block for step in function.steps if isinstance(step, ir.Raise))
            self._raising[fn] = raising | errorreturns.blocks(self._program, self._symbols, self.gates, fn)
        while block >= 0:
            if function.blocks[block].kind in _BRANCHES and block in self._raising[fn]:
                return True
            block = function.blocks[block].parent
        return False

    def _by_default(self, edge: Edge) -> bool:
        """Whether a call is made without an opt-in such as ``if verbose``."""
        if edge not in self._passable:
            asked = self.gates.opt_in(edge.caller, edge.block, edge.line)
            self._passable[edge] = not asked and not self.unasked.off(edge.caller, edge.block, edge.line)
        return self._passable[edge]

    def _dispatched_by(self, dispatcher: Fn, tool: Candidate) -> tuple[Left, ...]:
        """The dispatcher's own records, else those behind the branch that names the tool."""
        own = tuple(self._near(dispatcher, tool))
        if own or tool.handler is not None:
            return own
        return tuple(self._every("dispatcher", self._branch(dispatcher, tool.name), frozenset()))

    def _near(self, dispatcher: Fn, tool: Candidate) -> Iterator[Left]:
        avoid = self.handlers - {dispatcher}
        for fn, path, block, call in self._reached(frozenset({dispatcher}), avoid, _NEAR, tool.name):
            if not (
                self._beside(fn, path, block, frozenset({fn}))
                or self._other_branch(fn, block, tool.name)
                or any(self._other_branch(e.caller, e.block, tool.name) for e in path)
            ):
                yield Left("dispatcher", fn, path, block, call, self._fails_on(fn, path, block, call))

    def _other_branch(self, fn: Fn, block: int, name: str) -> bool:
        """Whether a step stands in the branch of one particular tool that is not this one."""
        for outer in self.gates.around(fn, block):
            if outer.kind in {"if", "case"} and outer.test >= 0:
                names = {text for text in self._texts(fn, outer.test) if text}
                if names & (self.names | _METHODS) and name not in names:
                    return True
        return False

    def _texts(self, fn: Fn, value: int) -> Iterator[str]:
        held = self._program.value(fn.at(value))
        if isinstance(held, ir.Literal) and held.kind == "str":
            yield held.text
        elif isinstance(held, ir.Operation | ir.Sequence):
            for child in held.operands if isinstance(held, ir.Operation) else held.items:
                yield from self._texts(fn, child)
        elif isinstance(held, ir.Member):
            yield self.box.texts.one(fn.at(value))

    def _branch(self, dispatcher: Fn, name: str) -> list[Fn]:
        """What the dispatcher calls in the branch of this tool."""
        return [edge.target for edge in self._calls.out.get(dispatcher, ()) if self._names(dispatcher, edge, name)]

    def _names(self, dispatcher: Fn, edge: Edge, name: str) -> bool:
        """Whether a call stands in the branch of this tool."""
        around = self.gates.around(dispatcher, edge.block)
        tests = [outer.test for outer in around if outer.kind in {"if", "case"} and outer.test >= 0]
        return any(name in self._texts(dispatcher, test) for test in tests)


def _best(found: Iterable[Left]) -> Left | None:
    """The nearest record; one outside error handlers is preferred."""
    best: Left | None = None
    for one in found:
        if best is None or (best.failing and not one.failing):
            best = one
    return best
