"""Assignment targets: names, members, items, and tuples of them."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import libcst as cst

from skillaudit import ir
from skillaudit.collectors._python_context import Context
from skillaudit.collectors._python_literals import identifier

Bind: TypeAlias = Callable[[str, int, int], object]
"""Binds a name to a value on a line."""


class Targets:
    """Assigns values to what stands left of ``=``, after ``for``, ``as`` or in a comprehension."""

    def __init__(self, context: Context) -> None:
        self._ctx = context

    def assign(self, target: cst.CSTNode, value: int, bind: Bind) -> None:
        """Assign ``value``; a syntax that is no target is lowered for what it contains."""
        ctx = self._ctx
        match target:
            case cst.Name():
                bind(identifier(target.value), value, ctx.positions.line(target))
            case cst.Attribute():
                base = ctx.value(target.value)
                ctx.b.store(base, identifier(target.attr.value), value, ctx.positions.line(target))
            case cst.Subscript():
                item = ctx.b.values[ctx.value(target)]
                if isinstance(item, ir.Item):
                    ctx.b.store(item.base, "", value, item.line, item.key)
            case cst.Tuple() | cst.List():
                self._unpack(target.elements, value, bind, ctx.positions.line(target))
            case cst.StarredElement():
                self.assign(target.value, value, bind)
            case _:
                ctx.value(target)

    def _unpack(self, targets: Sequence[cst.BaseElement], value: int, bind: Bind, line: int) -> None:
        """Element by element where the right side is a literal of the same shape, else by position."""
        builder = self._ctx.b
        given = builder.values[value]
        starred = next((i for i, t in enumerate(targets) if isinstance(t, cst.StarredElement)), len(targets))
        items = given.items if isinstance(given, ir.Sequence) else ()
        spread = any(isinstance(builder.values[item], ir.Element) for item in items)
        if starred == len(targets) == len(items) and not spread:
            for element, item in zip(targets, items, strict=True):
                self.assign(element.value, item, bind)
            return
        rest = len(items) - len(targets) + 1
        known = items[starred : starred + rest] if items and rest >= 0 and not spread else None
        for i, element in enumerate(targets):
            if i == starred and known is not None:
                part = builder.add(ir.Sequence(known))
            elif i == starred:
                part = builder.add(ir.Sequence((builder.add(ir.Element(value)),)))
            else:
                position = i if i < starred else i - len(targets)
                key = builder.add(ir.Literal("num", str(position)))
                part = builder.add(ir.Item(value, key, line))
            self.assign(element.value, part, bind)
