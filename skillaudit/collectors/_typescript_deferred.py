"""Calls that something else makes of functions that go by a name: ``urls.map(fetch)``, ``exec.call(null, command)``."""

from typing import Final, NamedTuple

from skillaudit import ir
from skillaudit.builder import FunctionBuilder

_ITERATING: Final = {"then", "forEach", "map", "flatMap", "filter", "some", "every", "find"}
_TIMERS: Final = {"setTimeout": 2, "setInterval": 2, "setImmediate": 1, "nextTick": 1}
"""Behind which arguments the function's own stand."""
_REFLECTED: Final = 2


class Deferred(NamedTuple):
    """The call that is made; ``rejected``: only where something failed."""

    function: int
    args: tuple[ir.Argument, ...]
    rejected: bool = False


def deferred(builder: FunctionBuilder, call: ir.Call) -> Deferred | None:
    """What a call makes somebody else call; None where that is nothing.

    A function that is written in place needs no such call: what it calls stands in it.
    """
    found = _deferred(builder, call)
    if found is None or not isinstance(builder.values[found.function], ir.Name | ir.Member | ir.Variable | ir.Import):
        return None
    held = builder.values[found.function]
    while isinstance(held, ir.Variable):
        held = builder.values[held.value]
    return None if isinstance(held, ir.Closure) else found


def _deferred(builder: FunctionBuilder, call: ir.Call) -> Deferred | None:
    callee = builder.values[call.callee]
    name = callee.name if isinstance(callee, ir.Name | ir.Member) else ""
    given = [one.value for one in call.args if not one.spread]
    found: Deferred | None = None
    if name in _TIMERS and len(given) == len(call.args) > _TIMERS[name]:
        found = Deferred(given[0], call.args[_TIMERS[name] :])
    elif isinstance(callee, ir.Member) and name in {"call", "apply"}:
        found = _applied(builder, callee.base, name, call)
    elif isinstance(callee, ir.Member) and name == "catch" and given:
        found = Deferred(given[0], (ir.Argument(builder.add(ir.Caught((), call.line))),), rejected=True)
    elif isinstance(callee, ir.Member) and name in _ITERATING and given:
        handed = callee.base if name == "then" else builder.add(ir.Element(callee.base))
        found = Deferred(given[0], (ir.Argument(handed),))
    return found


def _applied(builder: FunctionBuilder, base: int, name: str, call: ir.Call) -> Deferred | None:
    """``f.call(object, x)``, ``f.apply(object, [x])``, ``Reflect.apply(f, object, [x])``."""
    held = builder.values[base]
    plain = [one.value for one in call.args if not one.spread]
    if name == "apply" and isinstance(held, ir.Name) and held.name == "Reflect":
        return Deferred(plain[0], _listed(builder, plain[_REFLECTED])) if len(plain) > _REFLECTED else None
    if len(plain) < len(call.args) or len(plain) == 1:
        return None
    return Deferred(base, call.args[1:] if name == "call" else _listed(builder, plain[1]))


def _listed(builder: FunctionBuilder, number: int) -> tuple[ir.Argument, ...]:
    """The elements of a list as arguments, as far as they are written there."""
    held = builder.values[number]
    items = held.items if isinstance(held, ir.Sequence) else ()
    return tuple(ir.Argument(one) for one in items) or (ir.Argument(number, spread=True),)
