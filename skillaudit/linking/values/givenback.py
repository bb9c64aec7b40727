"""Whether a function of the project changes what it is given, or gives it back as it came."""

from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program

_CHANGING: Final = {
    "pop", "popitem", "update", "delete", "Del", "Delete", "Set", "set", "setdefault", "remove", "clear", "splice",
    "append", "push", "put", "__setattr__", "__setitem__", "__delitem__", "forEach",
}  # fmt: skip
_FILLING: Final = {"assign", "setattr", "delattr", "delete", "set"}
"""Functions that change their first argument."""
_DELETING: Final = {"delete", "del"}


def gives_back(program: Program, fn: Fn) -> bool:
    """Whether every end of a function is a parameter as it came, into which nothing was written."""
    function = program.function(fn)
    ends = [step.value for step in function.steps if isinstance(step, ir.Return)]
    held = [program.value(program.bare(fn.at(end))) for end in ends if end >= 0]
    return bool(held) and all(isinstance(one, ir.Param) for one in held) and not changes_given(program, fn)


def changes_given(program: Program, fn: Fn) -> bool:
    """Whether a function may change what it is given: by itself, or in a closure or function that it hands it to."""
    function = program.function(fn)
    if any(isinstance(value, ir.Closure) for value in function.values):
        return True
    stored = (step.base for step in function.steps if isinstance(step, ir.Store) and step.base >= 0)
    return any(_is_given(program, fn, base) for base in (*stored, *_changed(program, fn)))


def _changed(program: Program, fn: Fn) -> Iterator[int]:
    """What operators and calls may change."""
    for value in program.function(fn).values:
        match value:
            case ir.Operation(operator=operator, operands=operands) if operator in _DELETING:
                yield from operands
            case ir.Call(callee=callee, args=args):
                called = program.value(fn.at(callee))
                name = called.name if isinstance(called, ir.Member | ir.Name | ir.Variable) else ""
                if isinstance(called, ir.Member) and name in _CHANGING:
                    yield called.base
                own = isinstance(called, ir.Name | ir.Variable) and program.lexical(fn, name) is not None
                own = own or (isinstance(called, ir.Member) and _is_own(program, fn, called))
                yield from (one.value for one in args[: len(args) if own else name in _FILLING])
            case _:
                continue


def _is_own(program: Program, fn: Fn, method: ir.Member) -> bool:
    """Whether a method of the function's own object is named."""
    return isinstance(program.value(program.bare(fn.at(method.base))), ir.Receiver)


def _is_given(program: Program, fn: Fn, number: int) -> bool:
    """Whether a value is a parameter, or a part of one."""
    at = program.bare(fn.at(number))
    value = program.value(at)
    while isinstance(value, ir.Member | ir.Item | ir.Element):
        at = program.bare(at.to(value.base))
        value = program.value(at)
    return isinstance(value, ir.Param)
