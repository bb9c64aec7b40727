"""Which calls of the code around tools run the tool, and whether it is the tool that failed where something did.

A dispatcher also reads headers, opens files and loads settings: what it records when that fails tells of no call.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.clauses import Clauses
from skillaudit.linking.calls.gates import Gates, children
from skillaudit.linking.calls.graph import Calls, Edge
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbol, Symbols

_DEEPEST = 8
_RUNNERS = re.compile(r"^(?:next|call_?next|handler|callback|inner|execute)$", re.IGNORECASE)
_CALLABLE = re.compile(r"HandlerFunc|MethodHandler|Callable\[|ToolCallback|ToolHandler|CallNext|=>")


def _is_known(symbol: Symbol) -> bool:
    """Whether what is called is a function of the project or of a library, and not one of a map."""
    return isinstance(symbol, Fn) or (isinstance(symbol, External) and not symbol.path.startswith("map()"))


@dataclass(slots=True)
class Running:
    """Answers for one function at a time, and remembers."""

    program: Program
    symbols: Symbols
    calls: Calls
    gates: Gates
    handlers: frozenset[Fn]
    _telling: dict[Fn, frozenset[int]] = field(default_factory=dict)

    def runs(self, fn: Fn, value: int, call: ir.Call) -> bool:
        """Whether a call runs what the function was given, or a tool."""
        symbols = self.symbols.resolve(fn.at(call.callee))
        if any(isinstance(s, Formal) for s in symbols) or self._given(fn.at(call.callee)) is not None:
            return True
        if self._is_looked_up(fn.at(call.callee)) and not any(map(_is_known, symbols)):
            return True
        if any(self._hands_on(fn.at(argument.value)) for argument in call.args):
            return True
        targets = [e.target for e in self.calls.out.get(fn, ()) if e.value == value and not e.handed]
        return any(t in self.handlers for t in targets) and fn not in self.handlers

    def concerns(self, fn: Fn, path: Iterable[Edge], block: int) -> bool:
        """Whether a record that is left only on failure may tell of a failure of the tool."""
        led = True
        for edge in path:
            if self.gates.in_handler(edge.caller, edge.block):
                return led and self._failed(edge.caller, edge.block)
            told = self._told(edge.caller)
            led = led and (not told or edge.handed or edge.value in told)
        return not self.gates.in_handler(fn, block) or (led and self._failed(fn, block))

    def _failed(self, fn: Fn, block: int) -> bool:
        """Whether what failed in front of a step may be the tool; yes where nothing can be said."""
        tried = self._tried(fn, block)
        told = self._told(fn)
        return not tried or not told or not told.isdisjoint(tried)

    def _told(self, fn: Fn) -> frozenset[int]:
        """The calls that run the tool, else those that are given something of what the function was."""
        if fn not in self._telling:
            held = [(value, call) for value, call, _ in self.program.calls(fn)]
            running = frozenset(value for value, call in held if self.runs(fn, value, call))
            self._telling[fn] = running or frozenset(v for v, call in held if self._passes_on(fn, call))
        return self._telling[fn]

    def _passes_on(self, fn: Fn, call: ir.Call) -> bool:
        return any(self._of_caller(fn.at(argument.value), _DEEPEST) for argument in call.args)

    def _of_caller(self, at: At, depth: int) -> bool:
        value = self.program.value(at)
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        return isinstance(value, ir.Param) or (
            depth > 0 and any(self._of_caller(at.to(child), depth - 1) for child in inner)
        )

    # --- what was tried

    def _tried(self, fn: Fn, block: int) -> frozenset[int]:
        """The calls of which one failed where a step of an error handler runs; empty where they are not known."""
        blocks = self.program.function(fn).blocks
        while block >= 0 and not self.gates.fails(fn, block):
            block = blocks[block].parent
        if block < 0:
            return frozenset()
        if blocks[block].kind == "if":
            return frozenset(self._asked(fn.at(blocks[block].test), _DEEPEST))
        tried = Clauses(self.program, self.symbols).handled(fn, block)
        tried = blocks[block].parent if tried is None else tried
        if blocks[tried].kind != "try":
            return frozenset()
        inside = frozenset(value for value, _, place in self.program.calls(fn) if self._within(fn, place, tried))
        return inside or frozenset({-1})

    def _within(self, fn: Fn, block: int, outer: int) -> bool:
        blocks = self.program.function(fn).blocks
        while block >= 0 and block != outer:
            block = blocks[block].parent
        return block == outer

    def _asked(self, at: At, depth: int) -> Iterator[int]:
        """The calls whose error a condition asks for: ``file, err := os.Open(…); if err != nil``."""
        value = self.program.value(at)
        match value:
            case ir.Call():
                yield at.value
            case ir.Variable() if depth:
                yield from self._asked(at.to(value.value), depth - 1)
            case _ if depth:
                for child in children(value):
                    yield from self._asked(at.to(child), depth - 1)
            case _:
                return

    # --- what a function was given to run

    def _hands_on(self, at: At) -> bool:
        """Whether an argument is the tool that the function was given to run: ``guarded(ctx, req, next)``."""
        given = self._given(at)
        return given is not None and bool(_RUNNERS.search(given.name) or _CALLABLE.search(given.type_text))

    def _is_looked_up(self, at: At) -> bool:
        """Go: ``run := s.tools[name]; run(arguments)``, ``tool := s.tools[name]; tool.run(arguments)``."""
        if self.program.modules[at.module].language != "go":
            return False
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Member):
            at = self.program.bare(at.to(value.base))
            value = self.program.value(at)
        return isinstance(value, ir.Item) and not isinstance(self.program.value(at.to(value.key)), ir.Literal)

    def _given(self, at: At) -> ir.Parameter | None:
        """The parameter that a value is, also of an enclosing function: ``run(args)``, ``call_next(context)``."""
        at = self.program.given(at)
        value = self.program.value(at)
        if not isinstance(value, ir.Param):
            return None
        return self.program.function(Fn(at.module, at.function)).params[value.index]
