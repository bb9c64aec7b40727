"""Which arguments of a call fill which parameter, and what a callback is called with."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.program import At, Fn, Program

_ITERATING = {"then", "forEach", "map", "flatMap", "filter", "some", "every", "find"}


def filling(call: ir.Call, parameter: ir.Parameter, number: int) -> Iterator[ir.Argument]:
    """The arguments that may fill parameter ``number``; what the call names does not come out of a spread."""
    named = {argument.name for argument in call.args}
    position = 0
    for argument in call.args:
        if argument.name:
            if argument.name == parameter.name or parameter.kind == "keywords":
                yield argument
            continue
        given = position == number or (parameter.kind == "rest" and position > number)
        if given or (argument.spread and parameter.name not in named):
            yield argument
        position += 1


def iterated(program: Program, caller: Fn, value: int) -> tuple[At, bool] | None:
    """What the method is called on that takes the callback, and whether the callback gets all of it (``then``)."""
    call = program.value(caller.at(value))
    callee = program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
    if not isinstance(callee, ir.Member) or callee.name not in _ITERATING:
        return None
    return caller.at(callee.base), callee.name == "then"
