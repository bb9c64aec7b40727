"""What a caught exception carries: what was put into its text, and what an HTTP client's own exceptions show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import PUT, Nature, Step
from skillaudit.linking.calls.clauses import Clauses
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbols
from skillaudit.linking.origins.checked import Site
from skillaudit.linking.origins.closing import Closing
from skillaudit.linking.origins.constructed import Constructed
from skillaudit.linking.origins.errortexts import TEXTS, ErrorTexts
from skillaudit.linking.origins.raising import Leaves, Leaving
from skillaudit.linking.values.origin import ANY, SECRET, UNNAMED, Origin, Path, has_secret, then

_MOST = 4
"""Of what is no secret, as many as this are told of one exception: each makes the same record one that forges."""

_ARGUMENT = 2
"""``error.args[0]`` is a path of as many names."""

_TELLING = ("requests.", "niquests.", "urllib3.", "net/http.")
_SENT = {"params", "url"}
_WAITING = {"catch": 0, "then": 1}
"""Script: methods of a promise that get its error, by the number of the argument that does."""


@dataclass(slots=True)
class Thrown:
    """Looks into the code that an exception handler stands around.

    ``seen`` evaluates with the parameters left open, ``known`` with callers asked.
    """

    program: Program
    symbols: Symbols
    closing: Closing
    constructed: Constructed
    seen: Callable[[At, Path, Site | None], tuple[Origin, ...]]
    known: Callable[[At], tuple[Origin, ...]]
    clauses: Clauses = field(init=False)
    leaving: Leaving = field(init=False)
    texts: ErrorTexts = field(init=False)
    _held: dict[tuple[At | Formal, Path], tuple[Origin, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know what each clause gets."""
        self.clauses = Clauses(self.program, self.symbols)
        self.texts = ErrorTexts(self.program, self.symbols, self.constructed, self.seen)
        self.leaving = Leaving(self.program, self.symbols, self.clauses, self.closing, self.texts.of)

    def of(self, at: At, caught: ir.Caught, path: Path) -> tuple[Origin, ...]:
        """What the exception that the value stands for carries, after ``path`` is taken of it."""
        if (at, path) not in self._held:
            self._held[at, path] = ()
            self._held[at, path] = tuple(self._carried(at, caught, path))
        return self._held[at, path]

    def waited(self, formal: Formal, path: Path) -> tuple[Origin, ...]:
        """What the error holds that a promise hands to a function: ``load().catch((error) => …)``."""
        handed = self.closing.handed.get(formal.fn, ()) if formal.position == 0 else ()
        if (formal, path) not in self._held:
            self._held[formal, path] = ()
            self._held[formal, path] = tuple(o for site in handed for o in self._failed(*site, formal.fn, path))
        return self._held[formal, path]

    def _failed(self, caller: Fn, value: int, fn: Fn, path: Path) -> Iterator[Origin]:
        call = self.program.value(caller.at(value))
        callee = self.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
        if not isinstance(call, ir.Call) or not isinstance(callee, ir.Member):
            return
        number = _WAITING.get(callee.name, len(call.args))
        if number < len(call.args) and fn in self.symbols.resolve(caller.at(call.args[number].value)):
            here = Step(self.program.location(caller.module, call.line), "caught here")
            for leaves in self.leaving.after(caller.at(callee.base), _inside(path)):
                yield from self._told(leaves, here, path)

    def _carried(self, at: At, caught: ir.Caught, path: Path) -> Iterator[Origin]:
        fn = Fn(at.module, at.function)
        clause = self._clause(fn, at.value)
        block = self.clauses.handled(fn, clause) if clause is not None else None
        if clause is None or block is None:
            return
        here = Step(self.program.location(at.module, caught.line), "caught here")
        inner = _inside(path)
        leaves = self.leaving.of(fn, block, inner)
        every = (leaves, *(one for formal in leaves.asked for one in self.leaving.handed(formal, inner)))
        for one in every:
            raised = tuple(r for r in one.raised if self.clauses.gets(fn, clause, r.kinds))
            requests = tuple(r for r in one.requests if self._gets_failure(fn, clause, r[1]))
            yield from self._told(Leaves(raised, requests), here, path)

    def _gets_failure(self, fn: Fn, clause: int, path: str) -> bool:
        family, kinds = self.clauses.failure(path)
        return not kinds or self.clauses.gets(fn, clause, kinds, family)

    def _told(self, leaves: Leaves, here: Step, path: Path) -> Iterator[Origin]:
        """What all of it holds: each secret, and a few of what is none."""
        held = [_alone(o) for one in leaves.raised for o in one.origins if not (path and _is_beside(o))]
        yield from (then(o, here) for o in held if o.nature in SECRET or o.nature is Nature.TOKENS)
        others: dict[object, Origin] = {}
        for origin in sorted(held, key=lambda o: o.written):
            if origin.nature not in SECRET:
                others.setdefault((origin.nature, origin.formal), origin)
        yield from (then(o, here) for o in list(others.values())[:_MOST])
        for request, _ in leaves.requests:
            yield from (then(o, here) for o in self._sent(request) if not (path and _is_beside(o)))

    def _clause(self, fn: Fn, value: int) -> int | None:
        """The ``except`` block that bound the exception."""
        function = self.program.function(fn)
        clauses = (n for n, block in enumerate(function.blocks) if block.kind == "except")
        return next((n for n in clauses if self._binds(function, function.blocks[n].test, value)), None)

    def _binds(self, function: ir.Function, test: int, value: int) -> bool:
        held = function.values[test] if test >= 0 else None
        return test == value or (isinstance(held, ir.Variable) and held.value == value)

    def _sent(self, request: At) -> Iterator[Origin]:
        """What the failure of a request shows: its address, with the query; axios keeps the headers as well."""
        call = self.program.value(request)
        if not isinstance(call, ir.Call):
            return
        script = self.program.modules[request.module].language in {"typescript", "javascript"}
        tells = self._tells_address(request, call)
        if (
            script
            and self._is_axios(request)
            and any(has_secret(self.known(one)) for one in self._made_with(request, call))
        ):
            yield self._kept(request, call)
        for number, argument in enumerate(call.args):
            origins = self.known(request.to(argument.value))
            if tells and (argument.name in _SENT or (not argument.name and number == 0)):
                yield from (o for o in origins if o.nature in SECRET)
            elif script and number and has_secret(origins) and self._is_axios(request):
                yield self._kept(request, call)

    def _made_with(self, request: At, call: ir.Call) -> Iterator[At]:
        """What the client was made with that a request is sent by: ``axios.create({headers})``."""
        callee = self.program.value(request.to(call.callee))
        base = self.program.bare(request.to(callee.base)) if isinstance(callee, ir.Member) else request
        fn = Fn(request.module, request.function)
        found: list[At] = []
        match self.program.value(base):
            case ir.Name(name=name):
                found = [bound] if (bound := self.program.lexical(fn, name)) else []
            case ir.Import(module=module, symbol=symbol):
                brought = self.program.imported(base.module, module, symbol)
                found = [brought] if isinstance(brought, At) else []
            case ir.Member(base=inner, name=name) if isinstance(self.program.value(base.to(inner)), ir.Receiver):
                owner = self.symbols.owner(fn)
                found = self.symbols.stores(owner).get(name, []) if owner else []
        for made in (self.program.bare(one) for one in (found or [base])):
            value = self.program.value(made)
            if isinstance(value, ir.Call) and made != request:
                yield from (made.to(argument.value) for argument in value.args)

    def _kept(self, request: At, call: ir.Call) -> Origin:
        step = Step(self.program.location(request.module, call.line), "axios keeps the request in its error")
        return Origin(Nature.HEADERS, "config.headers", (step,))

    def _tells_address(self, request: At, call: ir.Call) -> bool:
        """Whether the text of a failure holds the address: always with requests and net/http, else for a bad status."""
        paths = [s.path for s in self.symbols.resolve(request.to(call.callee)) if isinstance(s, External)]
        if any(path.startswith(_TELLING) for path in paths):
            return True
        values = self.program.function(Fn(request.module, request.function)).values
        return any(isinstance(value, ir.Member) and value.name == "raise_for_status" for value in values)

    def _is_axios(self, request: At) -> bool:
        return any(isinstance(s, External) and s.path.startswith("axios") for s in self.symbols.resolve(request))


def _alone(origin: Origin) -> Origin:
    """One argument where each in turn might be told: an error ends the loop."""
    if origin.nature is Nature.ARGUMENTS and origin.root is not None and origin.root.path[-1:] == (ANY,):
        return replace(origin, nature=Nature.ARGUMENT, name=UNNAMED)
    return origin


def _is_beside(origin: Origin) -> bool:
    """Whether an error keeps it beside its text: the headers of the request that failed."""
    return origin.nature is Nature.HEADERS and all(step.note != PUT for step in origin.trace)


def _inside(path: Path) -> Path:
    """What is taken of an exception, where its text in any form is nothing more than itself."""
    if path[:1] == ("args",):
        return () if len(path) <= _ARGUMENT else path
    return () if len(path) == 1 and path[0] in TEXTS else path
