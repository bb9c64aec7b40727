"""What a call runs: a function, a class's constructor, or the ``__call__`` of an object."""

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbol import Instance, Symbol, distinct
from skillaudit.linking.names.symbols import Symbols

_APPLYING = {"call", "apply"}
"""Script: methods of functions that run them."""


def callees(symbols: Symbols, at: At) -> tuple[Symbol, ...]:
    """Everything that the called value may denote, and what objects of the project run when they are called."""
    found = symbols.resolve(at)
    value = symbols.program.value(at)
    if isinstance(value, ir.Member) and value.name in _APPLYING and symbols.program.is_script(at.module):
        applied = (symbol for symbol in symbols.resolve(at.to(value.base)) if isinstance(symbol, Fn))
        found = distinct((*found, *applied))
    objects = [symbol.cls for symbol in found if isinstance(symbol, Instance)]
    if not objects:
        return found
    run = (member for cls in objects for member in symbols.class_member(cls, "__call__") if isinstance(member, Fn))
    return distinct((*found, *run))
