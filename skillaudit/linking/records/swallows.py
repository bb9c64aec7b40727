"""Error handlers in the code of tools, and whether the error vanishes in them.

An error is dropped where the handler neither records nor raises, makes nothing of the caught value, and says nothing of
a failure in what it gives back or keeps. What is caught because it is expected (a missing key, an absent file, a text
that does not parse, something that is closed twice) is no error.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import LogCall
from skillaudit.lapses import ErrorHandler
from skillaudit.linking.calls.gates import Gates, children
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.model import Location

_BROAD = re.compile(
    r"^(?:BaseException|Exception|OSError|IOError|EnvironmentError|RuntimeError|\w*(?:Request|API|Http|HTTP|Client|"
    r"Connection|Connect|Network|Transport|Database|Service|Operational|Server)\w*(?:Error|Exception))$"
)
_EXPECTED = re.compile(
    r"^_*(?:parse\w*|json|loads?|Unmarshal|decode\w*|URL|URI|urlparse|urlsplit|int|float|Number|BigInt|Decimal|UUID|"
    r"from(?:iso)?format|fromisoformat|strptime|Atoi|Parse\w*|access\w*|exists\w*|l?stat(?:Sync)?|Lstat|Stat|is_?[fF]ile|"
    r"is_?[dD]ir(?:ectory)?|isSymbolicLink|__setattr__|setattr|readlink\w*|LookPath|which|import_module|__import__|require|find_spec|version|close\w*|aclose|cancel\w*|"
    r"kill\w*|terminate\w*|abort\w*|stop\w*|destroy\w*|dispose\w*|disconnect\w*|shutdown\w*|end|unref|release\w*|"
    r"unlink\w*|rm(?:tree|Sync|dir)?|remove\w*|cleanup\w*|clean_up\w*|quit|detect\w*|is_?valid\w*|validate\w*|"
    r"literal_eval|b64decode|atob|test|match|compile|RegExp|getattr|index|ensure_?dir\w*|mkdir\w*|from|toString|"
    r"Intl|DateTimeFormat|resolve|get_?env|LookupEnv|Close|Remove\w*|Kill|Cancel|Wait|wait\w*|flush|Flush|sync|Sync)$"
)
_SAYS_FAILURE = re.compile(
    r"err(?!and)|fail|invalid|unable|could ?n[o']t|can ?not|can't|cannot|not[ _]?found|unavail|unknown|missing|denied|"
    r"warn|skipp|timeout|timed|exception|unsuccess|success|reject|retry|attempt|status|fallback|fell|problem|bad|"
    r"degraded|partial|broken|unreachable|offline|n/a|✗|❌|⚠",
    re.IGNORECASE,
)
_SUPPRESSING = {"contextlib.suppress"}
_LOOKING_UP = {"getattr", "get", "pop", "setdefault"}
_DEPTH = 2
_LOOK = 40


def error_handlers(
    box: Toolbox, gates: Gates, found: Iterable[Candidate], logs: Iterable[tuple[Fn, int, LogCall]]
) -> Iterator[ErrorHandler]:
    """Every error handler in the code of each production tool, once per tool."""
    written: defaultdict[Fn, set[int]] = defaultdict(set)
    for fn, block, _ in logs:
        written[fn].add(block)
    look = _Handlers(box, gates, written)
    done: set[Location] = set()
    for candidate in found:
        if not box.program.surface(candidate.module).counts:
            continue
        package = box.program.package_path(candidate.module)
        code = [candidate.handler] if candidate.handler else []
        if candidate.dispatched and not code:
            code = [fn for fn in box.dispatchers if box.program.package_path(fn.module) == package]
        place = box.program.place(candidate.handler) if candidate.handler else candidate.location
        for tool in (place, *(box.program.place(fn) for fn in code)):
            if tool not in done:
                done.add(tool)
                yield from (replace(held, tool=tool, package=package) for fn in code for held in look.of(fn))


@dataclass(slots=True)
class _Handlers:
    box: Toolbox
    gates: Gates
    written: dict[Fn, set[int]]
    _speaking: dict[Fn, bool] = field(default_factory=dict)
    _known: dict[Fn, tuple[ErrorHandler, ...]] = field(default_factory=dict)

    def of(self, handler: Fn) -> tuple[ErrorHandler, ...]:
        """The error handlers of a tool: in its function, the closures in it, and what it gives its work to."""
        if handler not in self._known:
            self._known[handler] = tuple(self._found(handler))
        return self._known[handler]

    def _found(self, handler: Fn) -> Iterator[ErrorHandler]:
        program = self.box.program
        for fn in self._own(handler):
            for number, block in enumerate(program.function(fn).blocks):
                if self.gates.fails(fn, number):
                    yield ErrorHandler(
                        location=program.location(fn.module, block.line),
                        surface=program.surface(fn.module),
                        package=program.package_path(handler.module),
                        tool=program.place(handler),
                        caught=", ".join(self._caught(fn, block)),
                        swallowed=self._swallows(fn, number),
                    )
                elif (caught := self._suppressed(fn, block)) is not None:
                    tried = self._names(fn, number)
                    broad = not caught or any(map(_BROAD.match, caught))
                    expected = bool(tried) and all(map(_EXPECTED.match, tried))
                    yield ErrorHandler(
                        location=program.location(fn.module, block.line),
                        surface=program.surface(fn.module),
                        package=program.package_path(handler.module),
                        tool=program.place(handler),
                        caught=", ".join(caught),
                        swallowed=broad and not expected,
                    )

    def _suppressed(self, fn: Fn, block: ir.Block) -> list[str] | None:
        """The exceptions that ``with contextlib.suppress(…)`` drops; None for any other block."""
        at = self.box.program.bare(fn.at(block.test)) if block.kind == "with" and block.test >= 0 else None
        call = self.box.program.value(at) if at else None
        if at is None or not isinstance(call, ir.Call):
            return None
        paths = {s.path for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, External)}
        return [self.box.origins.name_of(at.to(a.value)) for a in call.args] if paths & _SUPPRESSING else None

    def _names(self, fn: Fn, block: int) -> list[str]:
        """What is called in a block."""
        inside = self._inside(self.box.program.function(fn), block)
        calls = [call for _, call, held in self.box.program.calls(fn) if held in inside]
        return [self.box.origins.name_of(fn.at(call.callee)) for call in calls[:_LOOK]]

    def _own(self, handler: Fn) -> list[Fn]:
        found: dict[Fn, None] = {}
        front = [handler]
        for _ in range(_DEPTH + 1):
            found.update(dict.fromkeys(fn for one in front for fn in (one, *self.box.handlers.closures(one))))
            front = [target for one in front for target in self._delegates(one) if target not in found]
        return list(found)

    def _delegates(self, fn: Fn) -> Iterator[Fn]:
        """The project's functions whose result a function gives back as its own."""
        function = self.box.program.function(fn)
        given = {self._behind(function, step.value) for step in function.steps if isinstance(step, ir.Return)}
        for edge in self.box.calls.out.get(fn, ()):
            counts = self.box.program.surface(edge.target.module).counts
            if edge.value in given and not edge.handed and counts and edge.target != fn:
                yield edge.target

    def _behind(self, function: ir.Function, value: int) -> int:
        """What a variable that is given back holds."""
        while value >= 0 and isinstance(held := function.values[value], ir.Variable):
            value = held.value
        return value

    def _swallows(self, fn: Fn, number: int) -> bool:
        function = self.box.program.function(fn)
        block = function.blocks[number]
        if self._expects(fn, number) or not self._is_broad(fn, block):
            return False
        inside = self._inside(function, number)
        if inside & self.written.get(fn, set()) or any(
            isinstance(s, ir.Raise) and s.block in inside for s in function.steps
        ):
            return False
        if any(e.block in inside and self._speaks(e.target) for e in self.box.calls.out.get(fn, ())):
            return False
        values = self._values(function, block, inside)
        if self._bound(function, block) & values or any(self._tells(function.values[v]) for v in values):
            return False
        return block.kind == "except" or self._succeeds(function, inside)

    def _inside(self, function: ir.Function, number: int) -> set[int]:
        """A block and all blocks within it."""
        found = {number}
        for inner, block in enumerate(function.blocks):
            if block.parent in found:
                found.add(inner)
        return found

    def _values(self, function: ir.Function, block: ir.Block, inside: set[int]) -> set[int]:
        """Every value that the handler's steps, and the variables it assigns, are made of."""
        front: list[int] = []
        for step in function.steps:
            if step.block in inside:
                held = [step.value] if not isinstance(step, ir.Store) else [step.value, step.base, step.key]
                front += [value for value in held if value >= 0]
        front += [
            number
            for number, value in enumerate(function.values)
            if isinstance(value, ir.Variable) and block.line <= value.line <= block.end_line and number != block.test
        ]
        found: set[int] = set()
        while front:
            value = front.pop()
            if value not in found:
                found.add(value)
                held_value = function.values[value]
                own = isinstance(held_value, ir.Variable) and block.line <= held_value.line <= block.end_line
                front.extend(
                    (held_value.value,)
                    if isinstance(held_value, ir.Variable) and own
                    else self._parts(function, held_value)
                )
        return found

    def _parts(self, function: ir.Function, value: ir.Value) -> Iterator[int]:
        """What a value is made of, but for texts that stand in where something is missing: they say nothing."""
        callee = function.values[value.callee] if isinstance(value, ir.Call) and value.callee >= 0 else None
        looked_up = isinstance(callee, ir.Name | ir.Member) and callee.name in _LOOKING_UP
        standing_in = looked_up or (isinstance(value, ir.Operation) and value.operator in {"or", "||", "??"})
        return (part for part in children(value) if not (standing_in and isinstance(function.values[part], ir.Literal)))

    def _bound(self, function: ir.Function, block: ir.Block) -> set[int]:
        """The values that stand for the error."""
        if block.kind == "except":
            return {block.test} if block.test >= 0 else set()
        test = function.values[block.test]
        operands = test.operands if isinstance(test, ir.Operation) else ()
        return {v for v in operands if not isinstance(function.values[v], ir.Literal)}

    def _tells(self, value: ir.Value) -> bool:
        """Whether a value in the handler speaks of the failure."""
        match value:
            case ir.Literal(kind="str"):
                return bool(_SAYS_FAILURE.search(value.text))
            case ir.Variable() | ir.Name() | ir.Member():
                return bool(_SAYS_FAILURE.search(value.name))
            case ir.Record():
                return any(_SAYS_FAILURE.search(entry.key) for entry in value.entries)
            case ir.Call():
                return any(_SAYS_FAILURE.search(argument.name) for argument in value.args)
            case _:
                return False

    def _speaks(self, fn: Fn) -> bool:
        """Whether what a handler calls writes a record or raises."""
        if fn not in self._speaking:
            self._speaking[fn] = False
            reached = [fn, *self.box.calls.reach([fn], _DEPTH)]
            self._speaking[fn] = any(
                self.written.get(one) or any(isinstance(s, ir.Raise) for s in self.box.program.function(one).steps)
                for one in reached
            )
        return self._speaking[fn]

    # --- what is caught

    def _caught(self, fn: Fn, block: ir.Block) -> list[str]:
        """The names of the exception types; none where everything is caught."""
        caught = self.box.program.value(fn.at(block.test)) if block.test >= 0 else None
        if isinstance(caught, ir.Variable):
            caught = self.box.program.value(fn.at(caught.value))
        held = (self.box.origins.name_of(fn.at(v)) for v in caught.types) if isinstance(caught, ir.Caught) else ()
        return [name for name in held if name]

    def _is_broad(self, fn: Fn, block: ir.Block) -> bool:
        types = self._caught(fn, block)
        return not types or any(_BROAD.match(name) for name in types)

    def _expects(self, fn: Fn, number: int) -> bool:
        """Whether all that is tried may well fail: a text is parsed, a file looked for, something closed or removed."""
        tried = self._tried(fn, number)
        return bool(tried) and all(_EXPECTED.match(name) for name in tried)

    def _tried(self, fn: Fn, number: int) -> list[str]:
        function = self.box.program.function(fn)
        block = function.blocks[number]
        if block.kind != "except":
            return self._tested(fn, block)
        trying = [
            n
            for n, other in enumerate(function.blocks)
            if other.kind == "try" and other.parent == block.parent and other.line <= block.line and n < number
        ]
        return self._names(fn, max(trying)) if trying else []

    def _tested(self, fn: Fn, block: ir.Block) -> list[str]:
        """The call whose error Go's condition asks for."""
        found: list[str] = []
        front = list(self._bound(self.box.program.function(fn), block))
        while front and len(found) < _LOOK:
            value = self.box.program.value(fn.at(front.pop()))
            match value:
                case ir.Variable():
                    front.append(value.value)
                case ir.Item():
                    front.append(value.base)
                case ir.Call():
                    found.append(self.box.origins.name_of(fn.at(value.callee)))
                case _:
                    found.append("")
        return found

    def _succeeds(self, function: ir.Function, inside: set[int]) -> bool:
        """Go: whether the branch gives back ``nil`` for the error, or goes on as if nothing had happened."""
        returns = [step for step in function.steps if isinstance(step, ir.Return) and step.block in inside]
        for step in returns:
            given = function.values[step.value] if step.value >= 0 else None
            items = given.items if isinstance(given, ir.Sequence) else ()
            last = function.values[items[-1]] if items else given
            if not isinstance(last, ir.Literal):
                return False
        return True
