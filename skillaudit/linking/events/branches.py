"""Which records a step that refuses leaves: in its branch, in what the branch calls, or where its error is caught."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Level, LogCall
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.calls.verbosity import verbose
from skillaudit.linking.events.refusals import Refusal
from skillaudit.linking.knowledge.logtables import LEVELS
from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.model import Location

_AT_ONCE = {"Promise", "map", "flatMap", "forEach", "filter", "some", "every", "find", "reduce", "sort"}
_CONDITIONAL = {"if", "else", "case", "except"}
_WIDEST = {"Exception", "BaseException", "Error", "object", ""}
_CALLED = 3
_UP = 6
_CALLERS = 12
_BEHIND = 2

Written = Mapping[Fn, list[tuple[int, LogCall]]]


@dataclass(slots=True)
class Branches:
    """``written`` are the records that an operator sees by default; ``around`` says what runs a tool's handler.

    ``handlers`` are functions that frameworks call with the errors of others (``exception_handler``), ``tools`` what
    tool calls run.
    """

    box: Toolbox
    gates: Gates
    written: Written
    around: Mapping[Fn, tuple[Fn, ...]]
    handlers: Mapping[str, tuple[Fn, ...]]
    tools: frozenset[Fn]
    _climbed: dict[tuple[Fn, str], tuple[Location, ...]] = field(default_factory=dict)
    _inside: dict[Fn, tuple[Location, ...]] = field(default_factory=dict)
    _wrapped: frozenset[Location] | None = None

    def records(self, refusal: Refusal) -> tuple[Location, ...]:
        """Places of records, those of the branch itself first."""
        own = tuple(self.beside(refusal.fn, refusal.block, refusal.line, refusal.end_line))
        if own:
            return own
        caught = self._caught(refusal.fn, refusal.block, refusal.error)
        if caught is not None:
            return caught
        return self._climb(refusal.fn, refusal.error, 0) if refusal.error else ()

    # --- the branch

    def beside(self, fn: Fn, block: int, line: int, end_line: int) -> Iterator[Location]:
        """Records of the branch that a step stands in, and of what it calls there."""
        blocks = self.box.program.function(fn).blocks
        first, held = self._branch(fn, block, line)
        for number, call in self.written.get(fn, ()):
            if first <= call.location.line <= end_line + _BEHIND and self._within(blocks, number, held):
                yield call.location
        said = {call.location.line for _, call in self.written.get(fn, ()) if call.via}
        for edge in self.box.calls.out.get(fn, ()):
            if edge.line in said:
                continue
            inside = first <= edge.line <= end_line + _BEHIND and self._within(blocks, edge.block, held)
            quiet = self._is_quiet(edge)
            if inside and not quiet and not edge.handed and not self._decides(fn, edge):
                yield from self.left_by(edge.target)

    def _branch(self, fn: Fn, block: int, line: int) -> tuple[int, set[int]]:
        """The first line of a branch and the blocks that it is made of.

        In a function's body a branch begins after the last early exit; error handlers around count from their start.
        """
        blocks = self.box.program.function(fn).blocks
        held, number = {block}, block
        while blocks[number].kind not in _CONDITIONAL and blocks[number].parent >= 0:
            number = blocks[number].parent
            held.add(number)
        first = blocks[number].line
        if blocks[number].parent < 0 and not self._catches(fn):
            left = [b.end_line + 1 for b in blocks if b.exits and b.parent in held and b.end_line < line]
            first = max(left, default=first)
        while (number := blocks[number].parent) >= 0:
            if self.gates.fails(fn, number) or (blocks[number].parent < 0 and self._catches(fn)):
                held.add(number)
                first = min(first, blocks[number].line)
        return first, held

    def _catches(self, fn: Fn) -> bool:
        """Whether a function is the handler of a promise: ``work().catch((error) => …)``."""
        handed = (edge for edge in self.box.calls.into.get(fn, ()) if edge.handed)
        calls = ((edge.caller, self.box.program.value(edge.caller.at(edge.value))) for edge in handed)
        return any(isinstance(c, ir.Call) and self.box.program.called(at.at(c.callee)) == "catch" for at, c in calls)

    def _within(self, blocks: tuple[ir.Block, ...], number: int, held: set[int]) -> bool:
        """Whether a block is one of them, or inside under a condition that does not leave (``if logger != nil``)."""
        while number >= 0 and number not in held:
            if blocks[number].exits:
                return False
            number = blocks[number].parent
        return number >= 0

    def _decides(self, fn: Fn, edge: Edge) -> bool:
        """Whether a call stands in the condition of a branch: it runs whether or not the caller is refused."""
        tests = {block.test for block in self.box.program.function(fn).blocks if block.test >= 0}
        front, seen = list(tests), set(tests)
        while front:
            value = self.box.program.value(fn.at(front.pop()))
            operands = value.operands if isinstance(value, ir.Operation) else ()
            for inner in operands:
                if inner not in seen:
                    seen.add(inner)
                    front.append(inner)
        return edge.value in seen

    def left_by(self, target: Fn) -> tuple[Location, ...]:
        """Records that calling a function leaves by itself, not when it fails."""
        if target not in self._inside:
            start = [] if LEVELS.get(self.box.program.function(target).name) is Level.DEBUG else [target]
            reached = self.box.calls.reach(start, _CALLED, passable=self.plain)
            self._inside[target] = tuple(
                call.location for fn in reached for block, call in self.own(fn) if not self.gates.in_handler(fn, block)
            )
        return self._inside[target]

    def own(self, fn: Fn) -> Iterator[tuple[int, LogCall]]:
        """A function's records with their blocks; what a wrapper writes is the record of whoever calls it."""
        if self._wrapped is None:
            self._wrapped = frozenset(
                place for calls in self.written.values() for _, call in calls for place in call.via
            )
        return ((block, call) for block, call in self.written.get(fn, ()) if call.location not in self._wrapped)

    def plain(self, edge: Edge) -> bool:
        """Whether a call is made unless something fails; the inside of a record's wrapper is the record itself."""
        said = any(call.via and call.location.line == edge.line for _, call in self.written.get(edge.caller, ()))
        debug = LEVELS.get(self.box.program.function(edge.target).name) is Level.DEBUG
        aside = said or debug or edge.handed
        return not (aside or self._is_quiet(edge) or self.gates.in_handler(edge.caller, edge.block))

    def _is_quiet(self, edge: Edge) -> bool:
        """Whether a call hands on a logger that is silent by default: ``record(logger.V(1), …)``."""
        call = self.box.program.value(edge.caller.at(edge.value))
        given = call.args if isinstance(call, ir.Call) else ()
        return any(verbose(self.box.program, edge.caller.at(argument.value)) for argument in given)

    # --- catching

    def _caught(self, fn: Fn, block: int, error: str) -> tuple[Location, ...] | None:
        """What the handlers around a step leave; None where none of them ends the error."""
        blocks = self.box.program.function(fn).blocks
        found: list[Location] = []
        while block >= 0:
            if blocks[block].kind == "try":
                for number in self._clauses(blocks, block):
                    kind = blocks[number].kind
                    if kind == "finally" or (error and self._takes(fn, number, error)):
                        found.extend(self._in_block(fn, number))
                    if kind == "except" and error and self._takes(fn, number, error):
                        found.extend(() if found else self._behind(fn, number))
                        if found or not self._raises_again(fn, number):
                            return tuple(found)
                        break
            block = blocks[block].parent
        return tuple(found) or None

    def _clauses(self, blocks: tuple[ir.Block, ...], tried: int) -> Iterator[int]:
        """The clauses of a ``try``, which follow it, up to the next one."""
        for number in range(tried + 1, len(blocks)):
            if blocks[number].parent == blocks[tried].parent and blocks[number].line >= blocks[tried].end_line:
                if blocks[number].kind not in {"except", "finally"}:
                    return
                yield number

    def _takes(self, fn: Fn, number: int, error: str) -> bool:
        """Whether a clause catches an error of this name; one from outside may be of any type that is named."""
        test = self.box.program.function(fn).blocks[number].test
        value = self.box.program.value(self.box.program.bare(fn.at(test))) if test >= 0 else None
        if not isinstance(value, ir.Caught) or not value.types:
            return True
        names = {self.box.origins.name_of(fn.at(one)) for one in value.types}
        return bool(names & {error, *_WIDEST}) or (error in _KINDS and bool(names & _KINDS[error]))

    def _raises_again(self, fn: Fn, number: int) -> bool:
        return any(isinstance(s, ir.Raise) and s.block == number for s in self.box.program.function(fn).steps)

    def _in_block(self, fn: Fn, number: int) -> Iterator[Location]:
        block = self.box.program.function(fn).blocks[number]
        yield from self.beside(fn, number, block.line, block.end_line)

    def _behind(self, fn: Fn, number: int) -> Iterator[Location]:
        """Records behind a ``try`` whose clause ends the error and goes on: of success and failure alike."""
        blocks = self.box.program.function(fn).blocks
        if blocks[number].kind != "except" or blocks[number].exits or self._raises_again(fn, number):
            return
        around, outer = set[int](), blocks[number].parent
        while outer >= 0:
            around.add(outer)
            outer = blocks[outer].parent
        for block, call in self.written.get(fn, ()):
            if block in around and call.location.line > blocks[number].end_line:
                yield call.location

    def _after(self, edge: Edge) -> tuple[Location, ...] | None:
        """Go: what ``if err != nil`` behind a call leaves; None where it hands the error on without a record."""
        blocks = self.box.program.function(edge.caller).blocks
        behind = [
            n
            for n, b in enumerate(blocks)
            if b.kind == "if" and 0 <= b.line - edge.line <= _BEHIND and self.gates.fails(edge.caller, n)
        ]
        return next((found for n in behind if (found := tuple(self._in_block(edge.caller, n)))), None)

    def _climb(self, fn: Fn, error: str, depth: int) -> tuple[Location, ...]:
        """Records where the callers catch what a function raises, if all of them do; else none."""
        key = (fn, error)
        if key not in self._climbed:
            self._climbed[key] = ()
            self._climbed[key] = self._from_callers(fn, error, depth)
        return self._climbed[key]

    def _from_callers(self, fn: Fn, error: str, depth: int) -> tuple[Location, ...]:
        outer = self._around_tool(fn, error)
        if outer:
            return outer
        edges = [e for e in self.box.calls.into.get(fn, ()) if self.box.program.surface(e.caller.module).counts]
        direct = [e for e in edges if not e.handed or self._runs_at_once(e)]
        if fn in self.around or not direct or depth >= _UP:
            return () if fn in self.tools - self.box.served else self._by_framework(fn)
        found = [self._from_caller(edge, error, depth) for edge in direct[:_CALLERS]]
        return tuple(dict.fromkeys(place for places in found for place in places)) if all(found) else ()

    def _runs_at_once(self, edge: Edge) -> bool:
        """Whether what is handed over runs within the call, so that its errors are the call's: ``new Promise(…)``."""
        call = self.box.program.value(edge.caller.at(edge.value))
        name = self.box.program.called(edge.caller.at(call.callee)) if isinstance(call, ir.Call) else ""
        return name in _AT_ONCE and self.box.program.is_script(edge.caller.module)

    def _from_caller(self, edge: Edge, error: str, depth: int) -> tuple[Location, ...]:
        if self.box.program.modules[edge.caller.module].language == "go":
            caught = self._after(edge)
        else:
            caught = self._caught(edge.caller, edge.block, error)
        return self._climb(edge.caller, error, depth + 1) if caught is None else caught

    def _around_tool(self, fn: Fn, error: str) -> tuple[Location, ...]:
        """Records on failure in what stands around a tool's handler: decorator, wrapper, dispatcher, middleware."""
        found: list[Location] = []
        for outer in self.around.get(fn, ()):
            blocks = self.box.program.function(outer).blocks
            for number, block in enumerate(blocks):
                ends = block.kind == "finally" or (block.kind == "except" and self._takes(outer, number, error))
                if ends or (block.kind == "if" and self.gates.fails(outer, number)):
                    found.extend(tuple(self._in_block(outer, number)) or self._behind(outer, number))
        return tuple(dict.fromkeys(found))

    def _by_framework(self, fn: Fn) -> tuple[Location, ...]:
        package = self.box.program.package_path(fn.module)
        functions: Iterable[Fn] = self.handlers.get(package, ())
        return tuple(place for one in functions for place in self._on_error(one))

    def _on_error(self, fn: Fn) -> Iterator[Location]:
        """What a framework's error handler records; of one that tries itself, where it catches."""
        tries = any(block.kind == "try" for block in self.box.program.function(fn).blocks)
        for block, call in self.written.get(fn, ()):
            if not tries or self.gates.in_handler(fn, block):
                yield call.location


_KINDS = {
    "PermissionError": {"OSError", "IOError", "EnvironmentError"},
    "HTTPException": {"StarletteHTTPException", "HttpException"},
    "FileNotFoundError": {"OSError", "IOError"},
}
"""What else catches an error of the standard library."""
