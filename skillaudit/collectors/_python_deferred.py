"""Calls that something else makes: ``asyncio.to_thread(f, x)``, ``Thread(target=f, args=(x,))``, ``map(f, xs)``."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import libcst as cst

from skillaudit import ir
from skillaudit.builder import FunctionBuilder

_POSITION: Final = {
    "to_thread": 0, "submit": 0, "run_sync": 0, "run_in_threadpool": 0, "run_in_executor": 1, "call_soon": 0,
    "call_soon_threadsafe": 0, "call_later": 1, "call_at": 1, "start_soon": 0, "add_task": 0, "partial": 0,
}  # fmt: skip
"""Where the function stands; behind it stands what it is called with."""
_MAPPING: Final = {"map", "imap", "imap_unordered", "filter"}
_PACKED: Final = {"apply_async": 0, "Timer": 1}
"""Where the function stands; behind it a tuple and a dictionary of what it is called with."""
_STARTED: Final = {"Thread", "Process", "Timer"}
_WRAPPING: Final = {"sync_to_async", "asyncify"}
"""They give back a function that calls theirs."""


class Deferred(NamedTuple):
    """The call that is made: the numbers of the function's value and of its arguments'."""

    function: int
    args: tuple[ir.Argument, ...]


def deferred(builder: FunctionBuilder, node: cst.Call, call: ir.Call) -> Deferred | None:
    """What a call makes somebody else call; None where that is nothing, or is called without arguments.

    A function that is written in place (``lambda``) needs no such call: what it calls stands in it.
    """
    found = _deferred(builder, node, call)
    if found is None or not found.args or isinstance(builder.values[found.function], ir.Closure | ir.Call | ir.Literal):
        return None
    return found


def _deferred(builder: FunctionBuilder, node: cst.Call, call: ir.Call) -> Deferred | None:
    name = _last(node.func)
    plain = [one.value for one in call.args if not (one.name or one.spread)]
    named = {one.name: one for one in call.args if one.name}
    if isinstance(node.func, cst.Call):
        inner = builder.values[call.callee]
        wrapped = isinstance(inner, ir.Call) and inner.args and _last(node.func.func) in _WRAPPING
        return Deferred(inner.args[0].value, call.args) if isinstance(inner, ir.Call) and wrapped else None
    if name in _STARTED and (target := named.get("target", named.get("function"))):
        return Deferred(target.value, _packed(builder, [], named))
    if name in _PACKED and len(plain) > _PACKED[name]:
        return Deferred(plain[_PACKED[name]], _packed(builder, plain[_PACKED[name] + 1 :], named))
    if name in _MAPPING and len(plain) > 1:
        return Deferred(plain[0], tuple(ir.Argument(builder.add(ir.Element(one))) for one in plain[1:]))
    position = 0 if (_dotted(node.func), name) == ("atexit.register", "register") else _POSITION.get(name, len(plain))
    if position < len(plain):
        before = [number for number, one in enumerate(call.args) if one.value == plain[position] and not one.name]
        return Deferred(plain[position], call.args[before[0] + 1 :])
    return None


def _packed(
    builder: FunctionBuilder, behind: Sequence[int], named: Mapping[str, ir.Argument]
) -> tuple[ir.Argument, ...]:
    """The arguments in a tuple, and in a dictionary as far as it is written there."""
    given = [*behind[:1], *(one.value for key, one in named.items() if key == "args")]
    keyed = [*behind[1:2], *(one.value for key, one in named.items() if key in {"kwargs", "kwds"})]
    found: list[ir.Argument] = []
    for number in given:
        held = builder.values[number]
        items = held.items if isinstance(held, ir.Sequence) else ()
        found += [ir.Argument(one) for one in items] or [ir.Argument(number, spread=True)]
    for number in keyed:
        record = builder.values[number]
        entries = record.entries if isinstance(record, ir.Record) else ()
        found += [ir.Argument(entry.value, entry.key) for entry in entries if entry.key]
    return tuple(found)


def _last(func: cst.BaseExpression) -> str:
    match func:
        case cst.Attribute(attr=cst.Name(value=name)) | cst.Name(value=name):
            return name
    return ""


def _dotted(func: cst.BaseExpression) -> str:
    match func:
        case cst.Attribute(value=cst.Name(value=base), attr=cst.Name(value=name)):
            return f"{base}.{name}"
    return ""
