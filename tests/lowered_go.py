"""Lowers Go for the tests of its front end and shows what came of it."""

from skillaudit import ir
from skillaudit.collectors import go


def lowered(source: str | bytes) -> ir.Module:
    raw = source if isinstance(source, bytes) else source.encode()
    return go.lower("main.go", "go", raw)


def function(module: ir.Module, qualname: str) -> ir.Function:
    return next(f for f in module.functions if f.qualname == qualname)


def body(source: str) -> ir.Function:
    """The function ``f`` with these statements."""
    return function(lowered(f"package p\nfunc f() {{\n{source}\n}}\n"), "f")


def show(f: ir.Function, number: int) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of value
    """A value as text, variables by what they hold."""
    if number < 0:
        return "-"
    match f.values[number]:
        case ir.Literal(kind, text):
            return f'"{text}"' if kind == "str" else text
        case ir.Param(index):
            return f"${index}"
        case ir.Receiver():
            return "self"
        case ir.Name(name, _):
            return name
        case ir.Import(module, symbol, _):
            return f"import {module}{symbol}"
        case ir.Variable(name, value, _):
            return f"{name}={show(f, value)}"
        case ir.Member(base, name, _):
            return f"{show(f, base)}.{name}"
        case ir.Item(base, key, _):
            return f"{show(f, base)}[{show(f, key)}]"
        case ir.Element(base):
            return f"each({show(f, base)})"
        case ir.Call() as call:
            args = ", ".join(("..." if a.spread else "") + show(f, a.value) for a in call.args)
            return f"{show(f, call.callee)}({args})"
        case ir.Text(_, parts, _):
            return "text(" + ", ".join(show(f, p) for p in parts) + ")"
        case ir.Operation(operator, operands):
            return f"({operator} " + " ".join(show(f, o) for o in operands) + ")"
        case ir.Choice(options, _):
            return "{" + " | ".join(show(f, o) for o in options) + "}"
        case ir.Record(entries, _, made_of):
            return f"{show(f, made_of)}{{" + ", ".join(f"{e.key}: {show(f, e.value)}" for e in entries) + "}"
        case ir.Sequence(items):
            return "[" + ", ".join(show(f, i) for i in items) + "]"
        case ir.Closure(index):
            return f"fn{index}"
        case ir.ClassValue(index):
            return f"class{index}"
        case ir.Opaque(kind, children):
            return f"<{kind} " + " ".join(show(f, c) for c in children) + ">"
        case other:
            raise AssertionError(other)


def calls(f: ir.Function) -> list[str]:
    return [show(f, s.value) for s in f.steps if isinstance(s, ir.Do)]


def blocks(f: ir.Function) -> list[tuple[str, int, str, bool]]:
    return [(b.kind, b.parent, show(f, b.test), b.exits) for b in f.blocks[1:]]


def stores(f: ir.Function) -> list[str]:
    return [
        f"{show(f, s.base)}.{s.name}[{show(f, s.key)}] <- {show(f, s.value)}"
        for s in f.steps
        if isinstance(s, ir.Store)
    ]


def returns(f: ir.Function) -> list[str]:
    return [show(f, s.value) for s in f.steps if isinstance(s, ir.Return)]


def bound(f: ir.Function) -> dict[str, str]:
    return {b.name: show(f, b.value) for b in f.bindings}
