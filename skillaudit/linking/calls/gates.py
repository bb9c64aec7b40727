"""Under which condition a step stands: behind an opt-in, in an error handler."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.verbosity import verbose
from skillaudit.linking.names.program import At, Fn, Program

_OPT_IN = re.compile(
    r"debug|verbos|trace|diagnostic|log_?all|dump|loglevel|log_level|is_?dev|development", re.IGNORECASE
)
_LEVELS = re.compile(
    r"^(?:indexOf|includes|has|get|index|Enabled|getenv|Getenv)$|should_?(?:log|write)|level|enabled|severity|verbos|threshold",
    re.IGNORECASE,
)
"""Calls in a condition that compare a level with the least one that is written."""
_FAILURE = re.compile(r"^(?:err|error|e|exc|exception|ex|failed|failure)$", re.IGNORECASE)
_DEPTH = 6
_ERROR_MIDDLEWARE = 4


@dataclass(slots=True)
class Gates:
    """Reads the blocks around a step."""

    program: Program

    def around(self, fn: Fn, block: int) -> Iterator[ir.Block]:
        """The blocks that hold a step, innermost first."""
        blocks = self.program.function(fn).blocks
        while block >= 0:
            yield blocks[block]
            block = blocks[block].parent

    def opt_in(self, fn: Fn, block: int, line: int) -> str:
        """The name of the debug switch in front of a step, or around its function; empty if it runs by default."""
        held = list(self.around(fn, block))
        for outer in held:
            if outer.kind == "if" and outer.test >= 0 and (name := self._switch(fn.at(outer.test), negated=False)):
                return f"opt-in {name}"
        for early in self.program.function(fn).blocks:
            leaves = early.kind == "if" and early.exits and early.end_line < line and early.test >= 0
            if leaves and early.parent >= 0 and (name := self._switch(fn.at(early.test), negated=True)):
                return f"opt-in {name}"
        function = self.program.function(fn)
        outer_fn = Fn(fn.module, function.parent)
        return self.opt_in(outer_fn, self._block_at(outer_fn, function.line), function.line) if fn.number > 0 else ""

    def _block_at(self, fn: Fn, line: int) -> int:
        """The innermost block of a function that holds a line."""
        blocks = self.program.function(fn).blocks
        holding = (number for number, held in enumerate(blocks) if held.line <= line <= held.end_line)
        return max(holding, key=lambda number: (blocks[number].line, number), default=0)

    def _switch(self, at: At, *, negated: bool) -> str:
        """The switch that a condition asks for; with ``negated`` one whose absence it asks for."""
        value = self.program.value(at)
        if isinstance(value, ir.Operation) and value.operator in {"not", "!"}:
            return self._switch(at.to(value.operands[0]), negated=False) if negated else ""
        if negated:
            return ""
        if verbose(self.program, at):
            return "verbosity"
        return next((name for name in self.names(at) if _OPT_IN.search(name)), "")

    def names(self, at: At, depth: int = _DEPTH) -> Iterator[str]:
        """Every name in an expression."""
        value = self.program.value(at)
        match value:
            case ir.Variable() | ir.Name():
                yield value.name
            case ir.Param():
                yield self.program.function(Fn(at.module, at.function)).params[value.index].name
            case ir.Member():
                yield value.name
            case ir.Literal(kind="str"):
                yield value.text
            case _:
                pass
        if depth:
            for child in children(value):
                yield from self.names(at.to(child), depth - 1)

    def asks_level(self, fn: Fn, value: int, call: ir.Call) -> bool:
        """Whether a call stands in a condition and only tells whether records of a level are written."""
        if not _LEVELS.search(self.program.called(fn.at(call.callee))):
            return False
        values = self.program.function(fn).values
        front = [block.test for block in self.program.function(fn).blocks if block.kind in {"if", "else"}]
        while front:
            asked = front.pop()
            if asked == value:
                return True
            front.extend(children(values[asked]) if asked >= 0 else ())
        return False

    def in_handler(self, fn: Fn, block: int) -> bool:
        """Whether a step runs only after a failure: ``except``/``catch``, or Go's ``if err != nil``."""
        while block >= 0:
            if self.fails(fn, block):
                return True
            block = self.program.function(fn).blocks[block].parent
        return False

    def fails(self, fn: Fn, block: int) -> bool:
        """Whether a block itself is such a handler."""
        held = self.program.function(fn).blocks[block]
        if held.kind != "if" or held.test < 0:
            return held.kind == "except"
        test = self.program.value(fn.at(held.test))
        asks = isinstance(test, ir.Operation) and test.operator in {"!=", "!==", "is not"}
        return asks and any(_FAILURE.match(name) for name in self.names(fn.at(held.test), 2))


def never_runs(program: Program, fn: Fn, call: ir.Call) -> bool:
    """Whether a coroutine of Python is made by a call and then neither awaited nor handed on."""
    if call.awaited or program.modules[fn.module].language != "python":
        return False
    return unused(program, fn, program.function(fn).values.index(call))


def unused(program: Program, fn: Fn, number: int) -> bool:
    """Whether nothing is done with what a call gives back."""
    function = program.function(fn)
    handed = any(not isinstance(step, ir.Do) and step.value == number for step in function.steps)
    handed = handed or any(block.test == number for block in function.blocks)
    named = any(isinstance(value, ir.Variable) and value.value == number for value in function.values)
    return not handed and not named and not any(number in children(value) for value in function.values)


_TAKING = {"race", "allSettled", "any"}
"""What waits for several, and passes on no error of one of them."""


def unheard(program: Program, fn: Fn, number: int) -> bool:
    """Whether an error of an asynchronous call goes unheard: nobody waits for it, or somebody only catches it."""
    values = program.function(fn).values
    call = values[number]
    if unused(program, fn, number):
        return not (isinstance(call, ir.Call) and call.awaited)
    listed = {n for n, value in enumerate(values) if isinstance(value, ir.Sequence) and number in value.items}
    return any(_drops_errors(program, fn, v) for v in values if not ({number} | listed).isdisjoint(children(v)))


def _drops_errors(program: Program, fn: Fn, user: ir.Value) -> bool:
    """Whether what is made of a call passes on none of its errors: ``void f()``, ``f().catch(…)``, ``race([f()])``."""
    match user:
        case ir.Operation(operator="void") | ir.Member(name="catch"):
            return True
        case ir.Call(callee=callee, args=args):
            return program.called(fn.at(callee)) in _TAKING or any(a.name == "return_exceptions" for a in args)
        case _:
            return False


def suppresses(function: ir.Function, block: ir.Block) -> bool:
    """Whether a block goes on behind an error that it drops: ``with contextlib.suppress(…)``."""
    manager = function.values[block.test] if block.kind == "with" and block.test >= 0 else None
    callee = function.values[manager.callee] if isinstance(manager, ir.Call) else None
    return getattr(callee, "name", "") == "suppress"


def children(value: ir.Value) -> tuple[int, ...]:  # noqa: PLR0911 - one case per kind of value
    """The values directly inside a value, names of variables left out."""
    match value:
        case ir.Operation():
            return value.operands
        case ir.Call():
            return (value.callee, *(a.value for a in value.args))
        case ir.Member() | ir.Item() | ir.Element():
            return (value.base,)
        case ir.Choice():
            return value.options
        case ir.Text():
            return value.parts
        case ir.Sequence():
            return value.items
        case ir.Opaque():
            return value.children
        case ir.Record():
            return tuple(entry.value for entry in value.entries)
        case _:
            return ()


def within(function: ir.Function, *values: int) -> set[int]:
    """Values of a function with all that goes into them."""
    found: set[int] = set()
    front = list(values)
    while front:
        value = front.pop()
        if value not in found:
            found.add(value)
            held = function.values[value]
            front.extend((held.value,) if isinstance(held, ir.Variable) else children(held))
    return found


def takes_errors(function: ir.Function) -> bool:
    """Whether a web server hands failed requests to a middleware, and no other: Express counts four parameters."""
    return len(function.params) == _ERROR_MIDDLEWARE and function.params[0].name.lstrip("_").startswith("err")
