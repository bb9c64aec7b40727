"""What a project's decorators and wrappers run around a handler."""

from collections.abc import Callable, Iterable, Iterator

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox

_WRAPS = "wraps"


def around(box: Toolbox, handler: Fn) -> list[Fn]:
    """What the decorators of a function run around it."""
    return with_inner(box, _decorators(box, handler))


def with_inner(box: Toolbox, functions: Iterable[Fn]) -> list[Fn]:
    """Functions with the closures inside them and what decorates those, without those that only prepare calls."""
    found = dict.fromkeys(functions)
    front = list(found)
    while front:
        inner = [closure for fn in front for closure in box.handlers.closures(fn) if _is_used(box, closure)]
        front = [fn for closure in inner for fn in _decorators(box, closure) if fn not in found]
        found |= dict.fromkeys([*inner, *front])
    return [fn for fn in found if not _prepares(box, fn)]


def _decorators(box: Toolbox, fn: Fn) -> tuple[Fn, ...]:
    """The project's functions that decorate another."""
    function = box.program.function(fn)
    found: list[Fn] = []
    for number in _below(box, fn, function.decorators):
        at = Fn(fn.module, function.parent).at(number)
        value = box.program.value(at)
        callee = at.to(value.callee) if isinstance(value, ir.Call) else at
        found.extend(s for s in box.symbols.resolve(callee) if isinstance(s, Fn) and not _gives_back(box, s))
    return tuple(found)


def _below(box: Toolbox, fn: Fn, decorators: tuple[int, ...]) -> tuple[int, ...]:
    """The decorators below the one that registers a tool: what stands above it wraps a function that nobody calls."""
    if box.program.modules[fn.module].language != "python":
        return decorators
    outer = Fn(fn.module, box.program.function(fn).parent)
    callee = _callee(box.program.function(outer))
    tools = [n for n, number in enumerate(decorators) if _registers(box, outer.at(callee(number)))]
    return decorators[tools[-1] + 1 :] if tools else decorators


def _registers(box: Toolbox, at: At) -> bool:
    """Whether a decorator is a server's method, ``@mcp.tool``; ``@tool`` only marks what is registered later."""
    value = box.program.value(at)
    named = isinstance(value, ir.Member) and value.name == "tool"
    return named and not any(isinstance(s, Fn) for s in box.symbols.resolve(at))


def _is_used(box: Toolbox, closure: Fn) -> bool:
    """Whether the function around a closure gives it back, hands it on or calls it."""
    program = box.program
    own = program.function(closure)
    outer = Fn(closure.module, own.parent)
    function = program.function(outer)
    if any(program.called(outer.at(number)) != _WRAPS for number in map(_callee(function), own.decorators)):
        return True
    bare = ((n, program.value(program.bare(outer.at(n)))) for n in range(len(function.values)))
    named = {n for n, value in bare if value == ir.Closure(closure.number)}
    handed = any(not named.isdisjoint(children(value)) for value in function.values)
    given = any(step.value in named for step in _reached(function) if not isinstance(step, ir.Do))
    said = (value for fn in box.handlers.closures(outer) for value in program.function(fn).values)
    return handed or given or any(isinstance(value, ir.Name) and value.name == own.name for value in said)


def _callee(function: ir.Function) -> Callable[[int], int]:
    def of(number: int) -> int:
        value = function.values[number]
        return value.callee if isinstance(value, ir.Call) else number

    return of


def _reached(function: ir.Function) -> Iterator[ir.Step]:
    """The steps of a function up to the one that always leaves it."""
    for step in function.steps:
        yield step
        leaves = isinstance(step, ir.Raise) or (isinstance(step, ir.Return) and not step.yields)
        if leaves and not step.block:
            return


def _gives_back(box: Toolbox, fn: Fn) -> bool:
    """Whether a decorator gives back what it got, so that nothing of it runs when that is called."""
    returned = (step.value for step in box.program.function(fn).steps if isinstance(step, ir.Return))
    return any(v >= 0 and isinstance(box.program.value(box.program.bare(fn.at(v))), ir.Param) for v in returned)


def _prepares(box: Toolbox, fn: Fn) -> bool:
    """Whether a function runs at start-up: a decorator gives its closure back, a helper registers a tool."""
    for step in box.program.function(fn).steps:
        if isinstance(step, ir.Return) and step.value >= 0:
            given = (s for s in box.symbols.resolve(fn.at(step.value)) if isinstance(s, Fn))
            if any(s.module == fn.module and box.program.function(s).parent == fn.number for s in given):
                return True
    marks = (mark for _, call, _ in box.program.calls(fn) for mark in box.program.marks_of(fn.module, call))
    return any(mark.fact == "tool" for mark in marks)
