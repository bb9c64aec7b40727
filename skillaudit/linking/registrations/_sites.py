"""What single calls hand to a parameter and what they go through, as the scenes ask."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.origins.origins import Origins

CHOICES = {"or", "||", "??"}
"""Operators that give one of their operands."""

SAME_ELEMENTS = {"filter", "slice", "sort", "reverse", "toSorted", "concat", "flat", "all", "from", "list", "tuple",
                  "sorted", "reversed", "iter", "set", "freeze", "copy", "dict"}  # fmt: skip
"""Calls that give a list with the elements of another."""

_OF_ALL = {"Object", "Promise", "Array"}


def given(program: Program, origins: Origins, formal: Formal, site: At) -> list[At]:
    """What a call hands to a parameter, else the parameter's default."""
    call = program.value(site)
    found = list(origins.arguments(Fn(site.module, site.function), call, formal)) if isinstance(call, ir.Call) else []
    function = program.function(formal.fn)
    default = function.params[formal.position].default
    if not found and default >= 0 and function.parent >= 0:
        return [At(formal.fn.module, function.parent, default)]
    return found


def several(program: Program, formal: Formal, site: At, call: ir.Call) -> At | None:
    """Go: the call that gives all of a function's arguments at once, ``register(readNote(p))``."""
    alone = len(call.args) == 1 < len(program.function(formal.fn).params)
    return site.to(call.args[0].value) if alone and program.modules[site.module].language == "go" else None


def over(program: Program, origins: Origins, at: At, call: ir.Call) -> At | None:
    """What ``Object.entries(record)``, ``record.items()``, ``list(tools)`` and ``tools.map(f)`` go through."""
    callee = program.value(at.to(call.callee))
    base = at.to(callee.base) if isinstance(callee, ir.Member) else None
    first = at.to(call.args[0].value) if call.args else None
    return first if base is None or origins.name_of(base) in _OF_ALL else base


def returned(program: Program, fn: Fn) -> Iterator[At]:
    """What a function gives back."""
    steps = program.function(fn).steps
    return (fn.at(s.value) for s in steps if isinstance(s, ir.Return) and s.value >= 0 and not s.yields)


def item(at: At, sequence: ir.Sequence, key: ir.Value) -> At | None:
    """What stands in a list under a constant number."""
    number = int(key.text) if isinstance(key, ir.Literal) and key.text.isdecimal() else len(sequence.items)
    return at.to(sequence.items[number]) if number < len(sequence.items) else None
