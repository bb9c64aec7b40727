"""What a caught exception carries: the secrets that were put into it, and what an HTTP client's own exceptions show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.facts import PUT, Nature, Step
from skillaudit.linking import sources
from skillaudit.linking.clauses import Clauses
from skillaudit.linking.hints import Hints
from skillaudit.linking.origin import SECRET, Origin, Path, has_secret, then
from skillaudit.linking.program import At, Fn, Program
from skillaudit.linking.symbols import External, Instance, Symbols

CARRIED = SECRET | {Nature.TOKENS}
"""What is followed through an exception."""

TEXTS = {"message", "msg", "args", "detail", "stack", "reason", "description"}
"""Members of an exception that hold its text."""

_TELLING = ("requests.", "niquests.", "urllib3.", "net/http.")
_SENT = {"params", "url"}
_DEPTH = 3


class _Leaves(msgspec.Struct, frozen=True):
    """How a function can be left: values raised in it, and requests, by path, whose failure it lets through."""

    raised: tuple[At, ...]
    requests: tuple[tuple[At, str], ...]


@dataclass(slots=True)
class Thrown:
    """Looks into the code that an exception handler stands around; ``known`` evaluates with callers asked."""

    program: Program
    symbols: Symbols
    hints: Hints
    known: Callable[[At], tuple[Origin, ...]]
    clauses: Clauses = field(init=False)
    _leaves: dict[tuple[Fn, int], _Leaves] = field(default_factory=dict)
    _held: dict[At, tuple[Origin, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know what each clause gets."""
        self.clauses = Clauses(self.program, self.symbols)

    def of(self, at: At, caught: ir.Caught, path: Path) -> tuple[Origin, ...]:
        """What the exception that the value stands for carries, after ``path`` is taken of it."""
        if path and (path[0] not in TEXTS or len(path) > 1):
            return ()
        if at not in self._held:
            self._held[at] = ()
            self._held[at] = tuple(self._carried(at, caught))
        origins = self._held[at]
        return tuple(o for o in origins if not (path and o.nature is Nature.HEADERS))

    def _carried(self, at: At, caught: ir.Caught) -> Iterator[Origin]:
        fn = Fn(at.module, at.function)
        clause = self._clause(fn, at.value)
        block = self.clauses.handled(fn, clause) if clause is not None else None
        if clause is None or block is None:
            return
        here = Step(self.program.location(at.module, caught.line), "caught here")
        leaves = self._of(fn, block, _DEPTH)
        for raised in leaves.raised:
            if self.clauses.gets(fn, clause, self._kinds(raised)):
                put = Step(self.program.location(raised.module, self._line(raised, caught.line)), PUT)
                yield from (then(then(o, put), here) for o in self._put(raised) if o.nature in CARRIED)
        for request, path in leaves.requests:
            family, kinds = self.clauses.failure(path)
            if not kinds or self.clauses.gets(fn, clause, kinds, family):
                yield from (then(o, here) for o in self._sent(request))

    def _line(self, at: At, line: int) -> int:
        value = self.program.value(at)
        return value.line if isinstance(value, ir.Call | ir.Variable) else line

    def _clause(self, fn: Fn, value: int) -> int | None:
        """The ``except`` block that bound the exception."""
        function = self.program.function(fn)
        clauses = (n for n, block in enumerate(function.blocks) if block.kind == "except")
        return next((n for n in clauses if self._binds(function, function.blocks[n].test, value)), None)

    def _binds(self, function: ir.Function, test: int, value: int) -> bool:
        held = function.values[test] if test >= 0 else None
        return test == value or (isinstance(held, ir.Variable) and held.value == value)

    def _of(self, fn: Fn, block: int, depth: int) -> _Leaves:
        key = (fn, block)
        if key not in self._leaves:
            self._leaves[key] = _Leaves((), ())
            self._leaves[key] = self._read(fn, block, depth)
        return self._leaves[key]

    def _read(self, fn: Fn, block: int, depth: int) -> _Leaves:
        function = self.program.function(fn)
        raised: list[At] = []
        requests: list[tuple[At, str]] = []
        for step in function.steps:
            tried = () if isinstance(step, ir.Store) else self._between(function, step.block, block)
            if tried is None or isinstance(step, ir.Store):
                continue
            if isinstance(step, ir.Raise) and step.value >= 0:
                raised += self._let_through(fn, tried, (fn.at(step.value),))
            elif isinstance(step, ir.Do):
                for symbol in self._called(fn, step.value):
                    if isinstance(symbol, Fn) and depth:
                        inner = self._of(symbol, 0, depth - 1)
                        raised += self._let_through(fn, tried, inner.raised)
                        requests += inner.requests if not tried else ()
                    elif isinstance(symbol, External) and not tried and sources.response(f"{symbol.path}()"):
                        requests.append((fn.at(step.value), symbol.path))
        return _Leaves(tuple(dict.fromkeys(raised)), tuple(dict.fromkeys(requests)))

    def _let_through(self, fn: Fn, tried: tuple[int, ...], raised: tuple[At, ...]) -> list[At]:
        """What is raised and taken by no clause of the ``try`` blocks around it."""
        return [one for one in raised if not any(self.clauses.stops(fn, n, self._kinds(one)) for n in tried)]

    def _between(self, function: ir.Function, block: int, outer: int) -> tuple[int, ...] | None:
        """The ``try`` blocks between a block and the one that it lies in; None where it lies elsewhere."""
        found: list[int] = []
        while block >= 0 and block != outer:
            found += [block] if function.blocks[block].kind == "try" else []
            block = function.blocks[block].parent
        return tuple(found) if block == outer else None

    def _called(self, fn: Fn, value: int) -> tuple[object, ...]:
        call = self.program.value(fn.at(value))
        return self.symbols.resolve(fn.at(call.callee)) if isinstance(call, ir.Call) else ()

    def _kinds(self, raised: At) -> frozenset[str]:
        """The names of what is raised, also where a function of the project makes it; at least it is an exception."""
        place = self.program.bare(raised)
        value = self.program.value(place)
        if not isinstance(value, ir.Call):
            return self.clauses.kinds(place)
        made = [s.cls for s in self.symbols.resolve(place) if isinstance(s, Instance)]
        known = frozenset(kind for cls in made for kind in self.clauses.of_class(cls))
        return known | self.clauses.kinds(place.to(value.callee))

    def _put(self, raised: At) -> Iterator[Origin]:
        """What was put into the text of an exception."""
        raised = self.program.bare(raised)
        value = self.program.value(raised)
        for argument in value.args if isinstance(value, ir.Call) else ():
            if not argument.name or argument.name in TEXTS:
                yield from self.known(raised.to(argument.value))

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
