"""Named tuples that are made by a call: ``Point = namedtuple("Point", "x y")`` is a class with these fields."""

from collections.abc import Iterator

import libcst as cst

from skillaudit import ir
from skillaudit.collectors import _python_literals as literals
from skillaudit.collectors._python_context import ClassBuilder, Context

_MAKERS = {"namedtuple", "NamedTuple"}
_LEAST = 2


def named_tuple(ctx: Context, node: cst.Call) -> int | None:
    """The class that a call makes; None for any other call, and where the fields are not written there."""
    func = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    if not isinstance(func, cst.Name) or func.value not in _MAKERS or len(node.args) < _LEAST:
        return None
    name, given = node.args[0].value, node.args[1].value
    names = list(_names(given))
    if not isinstance(name, cst.SimpleString) or not names:
        return None
    line, end = ctx.positions.line(node), ctx.positions.end_line(node)
    base = ctx.b.add(ir.Import("typing", "NamedTuple", line))
    built = ClassBuilder(len(ctx.classes), literals.unquote(name.value), line, end, ctx.b.number, (base,), ())
    ctx.classes.append(built)
    built.fields.extend(ir.Field(one, -1, -1, line) for one in names)
    return ctx.b.add(ir.ClassValue(built.index))


def _names(given: cst.BaseExpression) -> Iterator[str]:
    """The fields: words of one text, texts of a list, or pairs of a name and a type."""
    if isinstance(given, cst.SimpleString):
        yield from literals.unquote(given.value).replace(",", " ").split()
    for element in given.elements if isinstance(given, cst.List | cst.Tuple) else ():
        value = element.value
        if isinstance(value, cst.Tuple) and value.elements:
            value = value.elements[0].value
        if isinstance(value, cst.SimpleString):
            yield literals.unquote(value.value)
