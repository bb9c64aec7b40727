"""The branches in the server's own request path that turn a caller away, with the records that they leave."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.events import Cause, Rejection
from skillaudit.facts import Level, LogCall
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.events import requests, verifiers
from skillaudit.linking.events.branches import Branches, Written
from skillaudit.linking.events.refusals import Refusal, Refusals
from skillaudit.linking.knowledge import refusalwords as words
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.serving.unserved import Unserved

_REACH = 8
_ERROR_HOOKS = {"exception_handler", "add_exception_handler", "setErrorHandler", "onError", "errorhandler", "onerror"}
_SEES_ERRORS = "aiohttp.web.middleware"
"""Through it the answers pass that handlers raise."""

_ERROR_PARAMETERS = 4
_FRAMEWORK = ("resource", "prompt", "middleware")


def rejections(
    box: Toolbox, gates: Gates, found: Iterable[Candidate], coverage: Coverage, served: Unserved
) -> tuple[Rejection, ...]:
    """Every rejecting branch of production code that is in use, in the order of the program."""
    around: dict[Fn, tuple[Fn, ...]] = {}
    for tool in (*box.namesakes, *found):
        if tool.handler is not None:
            around[tool.handler] = (*around.get(tool.handler, ()), *coverage.around(tool))
    tools = frozenset(box.calls.reach(sorted(set(_tool_roots(box, around))), _REACH))
    branches = Branches(box, gates, coverage.written, around, _error_handlers(box), tools)
    quiet = Branches(box, gates, _hushed(coverage), around, {}, tools)
    outer = frozenset(fn for outer in around.values() for fn in outer)
    held = _Rejections(box, branches, quiet, served, outer)
    seen = {(one.location.path, one.location.line): one for one in held.all()}
    return tuple(seen[key] for key in sorted(seen))


def _hushed(coverage: Coverage) -> Written:
    """The records that an operator sees at a debug level, or behind an option, alone."""
    found: dict[Fn, list[tuple[int, LogCall]]] = {}
    for fn, block, call in coverage.log_calls:
        if call.operator and (call.level is Level.DEBUG or call.gate or call.location in coverage.asked):
            found.setdefault(fn, []).append((block, call))
    return found


def _tool_roots(box: Toolbox, around: dict[Fn, tuple[Fn, ...]]) -> Iterator[Fn]:
    """Handlers of tools, what stands around them, and dispatchers."""
    for handler, outer in around.items():
        if box.program.surface(handler.module).counts:
            yield from (handler, *outer)
    yield from box.dispatchers


def _error_handlers(box: Toolbox) -> dict[str, tuple[Fn, ...]]:
    """Functions that a web framework calls with uncaught errors, by package."""
    handlers: dict[str, list[Fn]] = {}
    for fn in box.program.functions():
        if box.program.surface(fn.module).counts:
            for edge in box.calls.out.get(fn, ()):
                if edge.handed and _takes_errors(box, edge):
                    handlers.setdefault(box.program.package_path(fn.module), []).append(edge.target)
            for name, path in _decorators(box, fn):
                if name in _ERROR_HOOKS or path == _SEES_ERRORS:
                    handlers.setdefault(box.program.package_path(fn.module), []).append(fn)
    return {package: tuple(functions) for package, functions in handlers.items()}


def _takes_errors(box: Toolbox, edge: Edge) -> bool:
    call = box.program.value(edge.caller.at(edge.value))
    name = box.origins.name_of(edge.caller.at(call.callee)) if isinstance(call, ir.Call) else ""
    params = box.program.function(edge.target).params
    return name in _ERROR_HOOKS or (name == "use" and len(params) == _ERROR_PARAMETERS)


def _decorators(box: Toolbox, fn: Fn) -> Iterator[tuple[str, str]]:
    """The names of a function's decorators, with the paths of those from outside."""
    function = box.program.function(fn)
    for at in (Fn(fn.module, function.parent).at(number) for number in function.decorators):
        path = next((s.path for s in box.symbols.resolve(at) if isinstance(s, External)), "")
        yield box.origins.name_of(at), path


@dataclass(slots=True)
class _Rejections:
    box: Toolbox
    branches: Branches
    quiet: Branches
    unserved: Unserved
    outer: frozenset[Fn]
    refusals: Refusals = field(init=False)

    def __post_init__(self) -> None:
        self.refusals = Refusals(self.box)

    def all(self) -> Iterator[Rejection]:
        """Answers last: at the same place they stand for an error. What raised one that is caught stands for both."""
        program = self.box.program
        counted = [fn for fn in program.functions() if program.surface(fn.module).counts]
        answering = {fn: held for fn in counted if (held := [*filter(self._runs, self.refusals.answers(fn))])}
        raised: set[str] = set()
        for fn, refusal in self._errors(answering):
            raised.add(refusal.error)
            yield self._rejection(refusal, tool=fn in self.branches.tools)
        for fn, refusal in verifiers.silent_answers(self.box, self.refusals):
            if self.unserved.serves(fn):
                yield self._rejection(refusal, tool=False)
        for fn, held in answering.items():
            passed_on = [one for one in held if self.refusals.caught_own(fn, one.block) & raised]
            for refusal in held if self.unserved.serves(fn) else ():
                if refusal in passed_on:
                    continue
                yield from (self._rejection(one, tool=False) for one in self._at_callers(refusal))

    def _errors(self, answering: Iterable[Fn]) -> Iterator[tuple[Fn, Refusal]]:
        """Refusing errors of what requests and tool calls run."""
        roots = {*answering, *requests.roots(self.box)}
        served = frozenset(self.box.calls.reach(sorted(roots), _REACH))
        for fn in sorted(self.branches.tools | served):
            for one in self.refusals.errors(fn) if self.box.program.surface(fn.module).counts else ():
                if self._of_caller(one) and self.unserved.serves(fn) and self._runs(one):
                    yield fn, one

    def _runs(self, refusal: Refusal) -> bool:
        return self.unserved.runs(refusal.fn, refusal.block, refusal.line)

    def _of_caller(self, refusal: Refusal) -> bool:
        """Whether a caller is turned away.

        A limit of what the server itself asks of others turns none away, nor does a policy on something else than a
        tool call, unless it is answered with a status.
        """
        if refusal.cause is Cause.POLICY and refusal.fn not in self.branches.tools:
            return bool(refusal.status)
        if refusal.cause is not Cause.RATE or refusal.fn in self.outer:
            return True
        if refusal.status and refusal.fn not in self.branches.tools:
            return True
        function = self.box.program.function(refusal.fn)
        asked = self.refusals.asked(refusal.fn, refusal.block)
        return words.keyed_by_caller(" ".join((*asked, function.name, refusal.what)))

    def _at_callers(self, refusal: Refusal) -> Iterator[Refusal]:
        """A helper that only answers stands for the branches that call it, where there are several."""
        blocks = self.box.program.function(refusal.fn).blocks
        edges = [
            e
            for e in self.box.calls.into.get(refusal.fn, ())
            if not e.handed and self.box.program.surface(e.caller.module).counts
        ]
        only = blocks[refusal.block].kind == "body" and not any(b.exits for b in blocks)
        if not only or not edges:
            yield refusal
            return
        inside = tuple(self.branches.beside(refusal.fn, refusal.block, refusal.line, refusal.end_line))
        if len(edges) == 1 and not inside:
            at_caller = _moved(refusal, edges[0])
            if not self.branches.records(at_caller):
                yield refusal
                return
        for edge in edges:
            yield _moved(refusal, edge)

    def _rejection(self, refusal: Refusal, *, tool: bool) -> Rejection:
        program = self.box.program
        module = refusal.fn.module
        owners = self.refusals.owners(refusal.fn, refusal.block)
        records = tuple(dict.fromkeys(self.branches.records(refusal)))
        beside = self.quiet.beside(refusal.fn, refusal.block, refusal.line, refusal.end_line)
        return Rejection(
            program.location(module, refusal.line, refusal.end_line),
            program.surface(module),
            program.package_path(module),
            Cause.POLICY if tool and refusal.cause is Cause.ORIGIN else refusal.cause,
            refusal.what,
            records,
            tool=tool,
            owners=owners,
            hushed=None if records else next(beside, None),
        )


def _moved(refusal: Refusal, edge: Edge) -> Refusal:
    return Refusal(
        edge.caller,
        edge.value,
        edge.block,
        edge.line,
        edge.line,
        refusal.what,
        refusal.cause,
        refusal.status,
        refusal.error,
    )
