"""Conditions that ask whether a list or a setting is there at all: ``ALLOWED.length > 0``, ``len(allowed) == 0``."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.flows.aspects import Aspects
from skillaudit.linking.flows.guards import Guard, Proof
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal

_SIZES: Final = {"length", "size"}
_MORE: Final = {">", "!=", "!==", "is not"}
_NONE: Final = {"==", "===", "is", "<="}


def unasked(aspects: Aspects, at: At, *, sense: bool) -> Iterator[Guard]:
    """Where a condition says that a list or a setting is empty; one that is written down is so always, or never."""
    taints = aspects.taints
    if (held := _empty(taints.program, at, sense=sense)) is None:
        return
    value, place = taints.definition(held), taints.defined(held)
    if not isinstance(value, ir.Param) and aspects.keys(held):
        return
    fixed = isinstance(value, ir.Literal | ir.Closure | ir.Record | ir.Sequence) and not _is_filled(aspects, place)
    if not fixed and (name := taints.hints.name_of(held)):
        formal = Formal(Fn(place.module, place.function), value.index) if isinstance(value, ir.Param) else None
        yield replace(aspects.guard(Proof.UNASKED, at, held), switch=(formal or place, name))


def _is_filled(aspects: Aspects, at: At) -> bool:
    """Whether a list is computed, or something is put into it later."""
    value = aspects.taints.program.value(at)
    items = value.items if isinstance(value, ir.Sequence) else ()
    computed = any(not isinstance(aspects.taints.definition(at.to(item)), ir.Literal) for item in items)
    return computed or bool(aspects.taints.holdings.changes.of(at))


def _empty(program: Program, at: At, *, sense: bool) -> At | None:
    """What is empty, or not set, where the condition holds (``sense``), or does not; None for any other condition."""
    value = program.value(at)
    match value:
        case ir.Operation(operator=operator, operands=(left, right)) if sense == (operator in _NONE):
            against = program.value(at.to(right))
            nothing = (isinstance(against, ir.Literal) and against.text in {"0", "null", "None", "nil", ""}) or (
                isinstance(against, ir.Name) and against.name in {"nil", "undefined"}
            )
            if nothing and operator in _MORE | _NONE:
                return _sized(program, at.to(left)) or (at.to(left) if _is_named(program.value(at.to(left))) else None)
            return None
        case _ if sense:
            return None
        case ir.Member() | ir.Call():
            return _sized(program, at) or (at if _is_named(value) else None)
        case _:
            return at if _is_named(value) else None


def _sized(program: Program, at: At) -> At | None:
    """The container whose length a value is."""
    value = program.value(at)
    match value:
        case ir.Member(base=base, name=name) if name in _SIZES:
            return at.to(base)
        case ir.Call(callee=callee, args=(only,)) if program.called(at.to(callee)) == "len":
            return at.to(only.value)
        case _:
            return None


def _is_named(value: ir.Value) -> bool:
    return isinstance(value, ir.Name | ir.Variable | ir.Member | ir.Import | ir.Param)
