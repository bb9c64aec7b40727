"""Verbosity as klog, glog and logr count it: ``V(0)`` is written by default, ``V(n)`` only where it is asked for."""

from skillaudit import ir
from skillaudit.linking.names.program import At, Program

_DEEPEST = 6


def verbose(program: Program, at: At, depth: int = _DEEPEST) -> bool:
    """Whether an expression logs at, or asks for, a verbosity above nought."""
    value = program.value(at)
    match value:
        case ir.Variable():
            inner: tuple[int, ...] = (value.value,)
        case ir.Member():
            inner = (value.base,)
        case ir.Operation():
            inner = value.operands
        case ir.Call():
            callee = program.value(at.to(value.callee))
            if isinstance(callee, ir.Member) and callee.name == "V" and len(value.args) == 1:
                level = program.value(at.to(value.args[0].value))
                return not (isinstance(level, ir.Literal) and level.text == "0")
            inner = (value.callee, *(argument.value for argument in value.args[:2]))
        case _:
            return False
    return depth > 0 and any(verbose(program, at.to(part), depth - 1) for part in inner)
