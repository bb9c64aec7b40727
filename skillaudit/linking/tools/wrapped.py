"""Functions made around a handler: a decorator's inner function, what ``recorded(name, handler)`` gives back.

They are called in the handler's place, so what they receive is what the client sent.
"""

from collections.abc import Iterable, Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_DEEPEST = 3
_MAPPINGS = {"rest", "keywords"}


def decorated(box: Toolbox, fn: Fn) -> None:
    """The inner functions of the project's decorators on a Python handler."""
    function = box.program.function(fn)
    scope = Fn(fn.module, function.parent)
    for number in function.decorators:
        for inner in _inner(box, _named(box, scope.at(number))):
            for index, parameter in enumerate(box.program.function(inner).params):
                role = Role.ARGUMENTS if parameter.kind in _MAPPINGS else Role.ARGUMENT
                box.client_fills(inner, role, index)


def presented(box: Toolbox, fns: Iterable[Fn]) -> None:
    """What is registered in a handler's place: ``@functools.wraps(handler) def run(**kwargs)``, a closure around it."""
    for fn in fns:
        if box.scenes.decorations.wrapped(fn) is not None or box.program.function(fn).parent > 0:
            for index, parameter in enumerate(box.program.function(fn).params):
                if parameter.kind in _MAPPINGS:
                    box.client_fills(fn, Role.ARGUMENTS, index)


def registering(box: Toolbox, fns: Iterable[Fn]) -> tuple[Fn, ...]:
    """What a project's own ``tool(…)`` puts around a handler before the SDK gets it: ``super().tool(safe(f))``."""
    own = [inner for fn in fns for inner in (fn, *box.handlers.closures(fn))]
    near = (fn for fn in box.calls.reach(own, _DEEPEST) if fn not in own)
    return tuple(fn for fn in near if any(inner.number in _nested(box, fn) for inner in _inner(box, [fn])))


def _nested(box: Toolbox, fn: Fn) -> set[int]:
    return {inner.number for inner in box.handlers.closures(fn)}


def made(box: Toolbox, given: At | None, around: Iterable[Fn], handler: Fn) -> None:
    """What is registered in a handler's place, in TypeScript and JavaScript: it gets the arguments first."""
    found = list(_given(box, given, _DEEPEST)) if given is not None else []
    for inner in (*found, *_inner(box, around)):
        if inner != handler and box.program.function(inner).params:
            box.client_fills(inner, Role.ARGUMENTS, 0)


def _given(box: Toolbox, at: At, depth: int) -> Iterator[Fn]:
    """What each call in ``authorized(recorded(handler))`` gives back."""
    value = box.program.value(at)
    if isinstance(value, ir.Variable):
        yield from _given(box, at.to(value.value), depth)
    elif isinstance(value, ir.Call) and depth:
        yield from (symbol for symbol in box.symbols.resolve(at) if isinstance(symbol, Fn))
        for argument in value.args:
            yield from _given(box, at.to(argument.value), depth - 1)


def _named(box: Toolbox, at: At) -> list[Fn]:
    """The project's function that a decorator is or, where it takes arguments, calls."""
    value = box.program.value(at)
    callee = at.to(value.callee) if isinstance(value, ir.Call) else at
    return [symbol for symbol in box.symbols.resolve(callee) if isinstance(symbol, Fn)]


def _inner(box: Toolbox, functions: Iterable[Fn], depth: int = _DEEPEST) -> Iterator[Fn]:
    """The innermost functions that these give back, with what they give back in turn."""
    for fn in functions if depth else ():
        returned = [
            symbol
            for step in box.program.function(fn).steps
            if isinstance(step, ir.Return) and step.value >= 0
            for symbol in box.symbols.resolve(fn.at(step.value))
            if isinstance(symbol, Fn) and _stands_in(box, symbol, fn)
        ]
        if not returned and depth < _DEEPEST:
            yield fn
        yield from _inner(box, returned, depth - 1)


def _stands_in(box: Toolbox, inner: Fn, outer: Fn) -> bool:
    """Whether a function is defined inside another."""
    parent = box.program.function(inner).parent
    return inner.module == outer.module and parent == outer.number
