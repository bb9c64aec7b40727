"""Whether a module hangs together: every reference leads to something, none leads round in a circle or too deep.

Modules come from worker processes that have read hostile files, and from a cache; the linker follows their numbers
without looking.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from skillaudit import ir

DEEPEST = 1200
"""Values inside values that the linker follows; `link.py` gives it the room for that."""

_NONE = -1
_CHILDREN: dict[type, Callable[[Any], Iterable[int]]] = {
    ir.Variable: lambda v: (v.value,),
    ir.Member: lambda v: (v.base,),
    ir.Item: lambda v: (v.base, v.key),
    ir.Element: lambda v: (v.base,),
    ir.Call: lambda v: (v.callee, *[argument.value for argument in v.args]),
    ir.Text: lambda v: v.parts,
    ir.Operation: lambda v: v.operands,
    ir.Choice: lambda v: v.options if v.test == _NONE else (v.test, *v.options),
    ir.Record: lambda v: (*[entry.value for entry in v.entries], *((v.made_of,) if v.made_of != _NONE else ())),
    ir.Sequence: lambda v: v.items,
    ir.Caught: lambda v: v.types,
    ir.Opaque: lambda v: v.children,
}


def is_sound(module: ir.Module) -> bool:
    """Whether every number in the module is one of something: a value refers to earlier values of its function only."""
    return (
        bool(module.functions)
        and all(_function(module, number, function) for number, function in enumerate(module.functions))
        and all(_class(module, declared) for declared in module.classes)
        and _within(module.functions[0].values, [export.value for export in module.exports])
    )


def _within(things: Sequence[object], numbers: Iterable[int]) -> bool:
    """Whether the numbers are those of things, or -1."""
    size = len(things)
    return all(_NONE <= number < size for number in numbers)


def _function(module: ir.Module, number: int, function: ir.Function) -> bool:
    outside = module.functions[function.parent].values if 0 <= function.parent < number else ()
    declared = [value for parameter in function.params for value in (parameter.type, parameter.default)]
    return (
        _NONE <= function.parent < number
        and (function.parent >= 0) == (number > 0)
        and _within(module.classes, (function.owner,))
        and _within(outside, (*declared, function.returns))
        and all(0 <= value < len(outside) for value in function.decorators)
        and _body(module, function)
    )


def _body(module: ir.Module, function: ir.Function) -> bool:
    return (
        _values(module, function)
        and all(0 <= binding.value < len(function.values) for binding in function.bindings)
        and bool(function.blocks)
        and all(
            _NONE <= block.parent < number and _within(function.values, (block.test,))
            for number, block in enumerate(function.blocks)
        )
        and all(_step(function, step) for step in function.steps)
    )


def _values(module: ir.Module, function: ir.Function) -> bool:
    depths = [0] * len(function.values)
    for number, value in enumerate(function.values):
        children = _CHILDREN.get(type(value))
        if children is not None:
            for child in children(value):
                if not 0 <= child < number:
                    return False
                depths[number] = max(depths[number], depths[child] + 1)
            if depths[number] > DEEPEST:
                return False
        elif not _leaf(module, function, value):
            return False
    return True


def _leaf(module: ir.Module, function: ir.Function, value: ir.Value) -> bool:
    match value:
        case ir.Param():
            return 0 <= value.index < len(function.params)
        case ir.Closure():
            return 0 <= value.function < len(module.functions)
        case ir.ClassValue():
            return 0 <= value.index < len(module.classes)
        case _:
            return True


def _step(function: ir.Function, step: ir.Step) -> bool:
    if not 0 <= step.block < len(function.blocks) or not _within(function.values, (step.value,)):
        return False
    match step:
        case ir.Store():
            return step.value >= 0 and _within(function.values, (step.base, step.key))
        case ir.Do():
            return step.value >= 0
        case _:
            return True


def _class(module: ir.Module, declared: ir.Class) -> bool:
    if not 0 <= declared.scope < len(module.functions):
        return False
    values = module.functions[declared.scope].values
    return (
        all(0 <= value < len(values) for value in (*declared.bases, *declared.decorators))
        and all(_within(values, (field.type, field.value)) for field in declared.fields)
        and all(0 <= method.function < len(module.functions) for method in declared.methods)
    )
