"""Reads lowered Python back: a short notation for values, for comparison in tests."""

from collections.abc import Callable
from typing import Any

from skillaudit import ir
from skillaudit.collectors.python import lower


def module(source: str) -> ir.Module:
    return lower("a.py", "python", source.encode())


def body(source: str, number: int = 0) -> ir.Function:
    return module(source).functions[number]


def args(values: tuple[ir.Argument, ...], of: Callable[..., str]) -> str:
    return ", ".join(f"{a.name}={of(a.value)}" if a.name else "*" * a.spread + of(a.value) for a in values)


NOTATION: dict[type, Callable[[Any, ir.Function, Callable[..., str]], str]] = {
    ir.Literal: lambda v, _, __: f"'{v.text}'" if v.kind == "str" else v.text,
    ir.Param: lambda v, function, _: f"${function.params[v.index].name}",
    ir.Receiver: lambda _, __, ___: "self",
    ir.Name: lambda v, _, __: v.name,
    ir.Import: lambda v, _, __: f"<{v.module}:{v.symbol}>",
    ir.Variable: lambda v, _, of: of(v.value),
    ir.Member: lambda v, _, of: f"{of(v.base)}.{v.name}",
    ir.Item: lambda v, _, of: f"{of(v.base)}[{of(v.key)}]",
    ir.Element: lambda v, _, of: f"each({of(v.base)})",
    ir.Call: lambda v, _, of: f"{'await ' * v.awaited}{of(v.callee)}({args(v.args, of)})",
    ir.Text: lambda v, _, of: f"{v.style}<{of(*v.parts)}>",
    ir.Operation: lambda v, _, of: f"({v.operator} {of(*v.operands)})",
    ir.Choice: lambda v, _, of: f"{of(v.test)}?[{of(*v.options)}]",
    ir.Record: lambda v, _, of: "{" + " ".join(f"{'**' * e.spread}{e.key}:{of(e.value)}" for e in v.entries) + "}",
    ir.Sequence: lambda v, _, of: f"[{of(*v.items)}]",
    ir.Closure: lambda v, _, __: f"fn{v.function}",
    ir.ClassValue: lambda v, _, __: f"class{v.index}",
    ir.Caught: lambda v, _, of: f"caught({of(*v.types)})",
    ir.Opaque: lambda v, _, of: f"~{v.kind}({of(*v.children)})",
}


def show(function: ir.Function, number: int) -> str:
    """A value in a short notation, for comparison."""
    if number < 0:
        return "-"
    value = function.values[number]
    return NOTATION[type(value)](value, function, lambda *numbers: " ".join(show(function, n) for n in numbers))


def bound(function: ir.Function) -> dict[str, str]:
    return {b.name: show(function, b.value) for b in function.bindings}


def returned(source: str, number: int = 1) -> str:
    """What the last ``return`` of a function gives back."""
    function = body(source, number)
    return show(function, [s.value for s in function.steps if isinstance(s, ir.Return) and not s.yields][-1])


def value_of(expression: str) -> str:
    return bound(body(f"v = {expression}"))["v"]


def calls(lowered: ir.Module) -> list[ir.Call]:
    return [v for f in lowered.functions for v in f.values if isinstance(v, ir.Call)]


def where(function: ir.Function, callee: str) -> list[tuple[str, str]]:
    """Kind and test of the blocks around the call of ``callee``, outermost first."""
    for step in function.steps:
        call = function.values[step.value] if isinstance(step, ir.Do) else None
        if isinstance(call, ir.Call) and show(function, call.callee) == callee:
            around: list[tuple[str, str]] = []
            number = step.block
            while number:
                block = function.blocks[number]
                around.insert(0, (block.kind, show(function, block.test)))
                number = block.parent
            return around
    raise AssertionError(callee)
