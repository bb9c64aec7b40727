"""Parameters that hold a list of things in one text, whatever they are called."""

from skillaudit import ir
from skillaudit.linking.names.program import Program
from skillaudit.linking.names.symbols import Formal

_BETWEEN = {",", ";", "/", "|", "\n"}


def is_list(program: Program, formal: Formal) -> bool:
    """Whether a function splits its parameter at commas and the like, as nobody does with a credential."""
    return any(_splits(program, formal, call) for _, call, _ in program.calls(formal.fn))


def _splits(program: Program, formal: Formal, call: ir.Call) -> bool:
    callee = program.value(formal.fn.at(call.callee))
    if not isinstance(callee, ir.Member) or callee.name != "split" or not call.args:
        return False
    base = program.value(program.bare(formal.fn.at(callee.base)))
    between = program.value(formal.fn.at(call.args[0].value))
    return (
        isinstance(between, ir.Literal)
        and between.text in _BETWEEN
        and isinstance(base, ir.Param)
        and base.index == formal.position
    )
