"""What a project's decorators and wrappers run around a handler."""

from collections.abc import Iterable

from skillaudit import ir
from skillaudit.linking.program import Fn
from skillaudit.linking.toolbox import Toolbox


def around(box: Toolbox, handler: Fn) -> list[Fn]:
    """What the decorators of a function run around it."""
    return with_inner(box, _decorators(box, handler))


def with_inner(box: Toolbox, functions: Iterable[Fn]) -> list[Fn]:
    """Functions with the closures inside them and what decorates those, without those that only prepare calls."""
    found = dict.fromkeys(functions)
    front = list(found)
    while front:
        inner = [closure for fn in front for closure in box.handlers.closures(fn)]
        front = [fn for closure in inner for fn in _decorators(box, closure) if fn not in found]
        found |= dict.fromkeys([*inner, *front])
    return [fn for fn in found if not _prepares(box, fn)]


def _decorators(box: Toolbox, fn: Fn) -> tuple[Fn, ...]:
    """The project's functions that decorate another."""
    function = box.program.function(fn)
    found: list[Fn] = []
    for number in function.decorators:
        at = Fn(fn.module, function.parent).at(number)
        value = box.program.value(at)
        callee = at.to(value.callee) if isinstance(value, ir.Call) else at
        found.extend(s for s in box.symbols.resolve(callee) if isinstance(s, Fn) and not _gives_back(box, s))
    return tuple(found)


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
