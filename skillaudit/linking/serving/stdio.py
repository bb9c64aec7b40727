"""What runs on the way to a stdio server and while it serves, as far as its conditions can hold there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.conditions import Conditions
from skillaudit.linking.serving.redirects import Redirects
from skillaudit.linking.serving.transports import starts

_BLOCKING = {"python", "go"}
_ENDS = re.compile(
    r"^(?:sys\.exit|exit|quit|os\._exit|process\.exit|process\.abort|os\.Exit|Deno\.exit|log\.Fatal(?:f|ln)?)$"
    r"|^(?:SystemExit|typer\.Exit|click\.exceptions\.Exit|click\.Abort|typer\.Abort)$"
)
_AT_THE_END = re.compile(r"^(?:atexit\.register|signal\.signal|os/signal\.Notify)$")
_LAST_EVENTS = {"exit", "beforeExit", "SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"}
_COMMANDS = {"action", "command", "AddCommand", "add_command"}
_FAILING = {"catch", "finally"}
_BRANCHES = {"if", "else", "case", "except"}
_TESTED = {"if", "else"}
_UP = 8
_DOWN = 12

Path = tuple[Edge, ...]


class Start(msgspec.Struct, frozen=True):
    """Where a function goes on to serve.

    ``blocks``: the server has ended when the call returns; ``level``: how many calls away the start is.
    """

    line: int
    block: int
    blocks: bool
    level: int


@dataclass(slots=True)
class Serving:
    """``spine`` holds the functions that start a stdio server and their callers, with the place where they do."""

    box: Toolbox
    conditions: Conditions
    redirects: Redirects
    spine: dict[Fn, list[Start]] = field(default_factory=dict)
    _endings: dict[Fn, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Climb from the starts to whoever calls them."""
        program = self.box.program
        front = [(fn, *self._served(fn, line, block)) for fn, (line, block) in starts(self.box)]
        for level in range(_UP):
            callers: list[tuple[Fn, int, int]] = []
            for fn, line, block in front:
                start = Start(line, block, program.modules[fn.module].language in _BLOCKING, level)
                known = any((s.line, s.block) == (line, block) for s in self.spine.get(fn, ()))
                if known or self.conditions.runs(fn, block) is False:
                    continue
                self.spine.setdefault(fn, []).append(start)
                edges = (e for e in self.box.calls.into.get(fn, ()) if program.surface(e.caller.module).counts)
                callers += [(edge.caller, edge.line, edge.block) for edge in edges]
            front = callers

    def _served(self, fn: Fn, line: int, block: int) -> tuple[int, int]:
        """Line and block from which the server runs: inside ``async with stdio_server()``, not where that is opened."""
        blocks = self.box.program.function(fn).blocks
        for number, held in enumerate(blocks):
            if held.kind == "with" and held.parent == block and held.line == line and held.test >= 0:
                runs = (
                    call.line for _, call, inside in self.box.program.calls(fn) if inside == number and call.awaited
                )
                return max(runs, default=held.end_line), number
        return line, block

    # --- walking

    def during(self, handlers: Iterable[Fn]) -> dict[Fn, Path]:
        """What the handlers of requests reach."""
        return self._walk(handlers, starting=False, avoid=frozenset())

    def before(self, handlers: frozenset[Fn]) -> dict[Fn, Path]:
        """What the functions on the way reach, and the bodies of the modules that they import; not the handlers."""
        return self._walk([*self.spine, *self._imported()], starting=True, avoid=handlers)

    def _walk(self, roots: Iterable[Fn], *, starting: bool, avoid: frozenset[Fn]) -> dict[Fn, Path]:
        found: dict[Fn, Path] = dict.fromkeys(roots, ())
        front = list(found)
        barred: dict[Fn, list[Edge]] = {}
        for _ in range(_DOWN):
            further: list[Fn] = []
            for fn in front:
                for edge in self.box.calls.out.get(fn, ()):
                    if edge.target in avoid or not self._goes(edge, starting=starting):
                        continue
                    if found[fn] and self._denied(found[fn][-1], edge):
                        barred.setdefault(fn, []).append(edge)
                        continue
                    opened = [one for one in barred.get(edge.target, ()) if not self._denied(edge, one)]
                    for one, way in ((edge, found[fn]), *((one, (*found[fn], edge)) for one in opened)):
                        if one.target not in found:
                            found[one.target] = (*way, one)
                            further.append(one.target)
            front = further
        return found

    def _denied(self, entered: Edge, edge: Edge) -> bool:
        """Whether what the call before handed in rules the branch of the next one out: ``if not registry``."""
        around = self.conditions.gates.around(edge.caller, edge.block)
        return any(block.kind in _TESTED and block.test >= 0 and self._absent(entered, block) for block in around)

    def _absent(self, entered: Edge, block: ir.Block) -> bool:
        """Whether a branch wants a parameter to be missing that this call fills with an object."""
        program, fn = self.box.program, entered.target
        test = program.value(fn.at(block.test))
        match test:
            case ir.Operation(operator="not" | "!", operands=(held,)) if block.kind == "if":
                asked = held
            case ir.Operation(operator="is" | "==" | "===", operands=(held, other)) if block.kind == "if":
                null = program.value(fn.at(other))
                asked = held if isinstance(null, ir.Literal) and null.kind == "null" else -1
            case ir.Param() | ir.Variable() if block.kind == "else":
                asked = block.test
            case _:
                asked = -1
        while asked >= 0 and isinstance(found := program.value(fn.at(asked)), ir.Variable):
            asked = found.value
        parameter = program.value(fn.at(asked)) if asked >= 0 else None
        call = program.value(entered.caller.at(entered.value))
        if not isinstance(parameter, ir.Param) or not isinstance(call, ir.Call) or entered.handed:
            return False
        given = list(self.box.origins.arguments(entered.caller, call, Formal(fn, parameter.index)))
        return bool(given) and all(map(self.conditions.presence.certain, given))

    def _goes(self, edge: Edge, *, starting: bool) -> bool:
        if not self.box.program.surface(edge.target.module).counts:
            return False
        if edge.handed and self._later(edge, starting=starting):
            return False
        return self.runs(edge.caller, edge.block, edge.line, starting=starting)

    def _later(self, edge: Edge, *, starting: bool) -> bool:
        """Whether a callback is for a command, for a failure on the way, or for the process's end."""
        call = self.box.program.value(edge.caller.at(edge.value))
        if not isinstance(call, ir.Call):
            return False
        callee = self.box.program.value(edge.caller.at(call.callee))
        name = callee.name if isinstance(callee, ir.Member | ir.Name) else ""
        first = self.box.program.value(edge.caller.at(call.args[0].value)) if call.args else None
        if isinstance(first, ir.Literal) and first.text in _LAST_EVENTS:
            return True
        if (name in _COMMANDS and edge.target not in self.spine) or (starting and name in _FAILING):
            return True
        return any(_AT_THE_END.match(path) for path in self._paths(edge.caller, call.callee))

    def _imported(self) -> Iterator[Fn]:
        """Module bodies that run because the starting modules import them."""
        program = self.box.program
        seen = {fn.module for fn in self.spine}
        front = sorted(seen)
        while front:
            module = front.pop()
            yield Fn(module, 0)
            for target in self._targets(module):
                if target not in seen and program.surface(target).counts:
                    seen.add(target)
                    front.append(target)

    def _targets(self, module: int) -> Iterator[int]:
        """The files that a module's body imports: packages, and modules or what they hold."""
        program = self.box.program
        for value in program.function(Fn(module, 0)).values:
            if isinstance(value, ir.Import):
                found = program.imported(module, value.module, value.symbol)
                held = found.module if isinstance(found, At) else found
                yield from (t for t in (program.resolver.find(module, value.module), held) if t is not None)

    # --- single steps

    def runs(self, fn: Fn, block: int, line: int, *, starting: bool) -> bool:
        """Whether a step may run before a stdio server serves (``starting``) or while it does."""
        around = list(self.conditions.gates.around(fn, block))
        if self.conditions.runs(fn, block, line) is False or any(self.redirects.scoped(fn, b) for b in around):
            return False
        if starting and fn in self.spine:
            return any(self._on_the_way(fn, block, line, start) for start in self.spine[fn])
        if fn.number == 0 and any(b.kind == "if" and self._asks_for_main(fn, b) for b in around):
            return False
        return not any(self._ends(fn, b, line, starting=starting) for b in self._chain(fn, block))

    def _chain(self, fn: Fn, block: int) -> list[int]:
        """The numbers of the blocks around a step, innermost first."""
        found = []
        while block >= 0:
            found.append(block)
            block = self.box.program.function(fn).blocks[block].parent
        return found

    def _on_the_way(self, fn: Fn, block: int, line: int, start: Start) -> bool:
        """Whether what runs here goes on to the start, or runs beside the server."""
        if start.blocks and line > start.line:
            return False
        blocks = self.box.program.function(fn).blocks
        numbers = self._chain(fn, start.block)
        serving = [blocks[number] for number in numbers]
        aside = [n for n in self._chain(fn, block) if n not in numbers]
        if any(self._ends(fn, n, line, starting=False) for n in aside):
            return False
        branches = [blocks[n] for n in aside if blocks[n].kind in _BRANCHES]
        return not any(b.exits or b.kind == "except" or _exclusive(b, serving) for b in branches)

    def _asks_for_main(self, fn: Fn, block: ir.Block) -> bool:
        names = set(self.conditions.gates.names(fn.at(block.test))) if block.test >= 0 else set()
        return "__name__" in names or {"meta", "url"} <= names or {"require", "main"} <= names

    def _ends(self, fn: Fn, block: int, line: int, *, starting: bool) -> bool:
        """Whether in this block the process ends after the line, or on the way to the server what calls it fails."""
        raised = (
            s.line
            for s in self.box.program.function(fn).steps
            if isinstance(s, ir.Raise) and s.block == block and starting
        )
        return any(end >= line for end in (self._endings_of(fn).get(block, -1), *raised))

    def _endings_of(self, fn: Fn) -> dict[int, int]:
        """Blocks in which the process ends, with the line."""
        if fn not in self._endings:
            self._endings[fn] = {}
            found = {block: call.line for _, call, block in self.box.program.calls(fn) if self._is_end(fn, call)}
            for step in self.box.program.function(fn).steps:
                if isinstance(step, ir.Raise) and step.value >= 0 and self._raises_end(fn, step.value):
                    found[step.block] = step.line
            for edge in self.box.calls.out.get(fn, ()):
                if not edge.handed and edge.target != fn and self._endings_of(edge.target).get(0, 0):
                    found[edge.block] = edge.line
            self._endings[fn] = found
        return self._endings[fn]

    def _is_end(self, fn: Fn, call: ir.Call) -> bool:
        return any(_ENDS.match(path) for path in self._paths(fn, call.callee))

    def _raises_end(self, fn: Fn, value: int) -> bool:
        return any(_ENDS.match(path.removesuffix("()")) for path in self._paths(fn, value))

    def _paths(self, fn: Fn, value: int) -> list[str]:
        return [s.path for s in self.box.symbols.resolve(fn.at(value)) if isinstance(s, External)]


def _exclusive(block: ir.Block, serving: list[ir.Block]) -> bool:
    """Two branches of one ``if`` or ``switch``, of which the other one serves."""
    for other in serving:
        pair = {block.kind, other.kind} == {"if", "else"} and block.test == other.test
        cases = block.kind == other.kind == "case" and block.parent == other.parent and block.line != other.line
        if pair or cases:
            return True
    return False
