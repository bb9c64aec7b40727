"""Whether two values are written alike, so that they are equal whatever they are."""

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Program

_DEPTH = 12
_WRITTEN = ("name", "symbol", "text", "operator", "index", "kind")


def alike(program: Program, left: At, right: At, depth: int = _DEPTH) -> bool:
    """Whether both are the same names, members, calls and operations of the same constants and parameters."""
    left, right = program.bare(left), program.bare(right)
    one, other = program.value(left), program.value(right)
    if left == right or not depth or type(one) is not type(other):
        return left == right
    if isinstance(one, ir.Closure | ir.ClassValue | ir.Caught) or any(
        getattr(one, key, None) != getattr(other, key, None) for key in _WRITTEN
    ):
        return False
    inner, outer = children(one), children(other)
    return len(inner) == len(outer) and all(
        alike(program, left.to(a), right.to(b), depth - 1) for a, b in zip(inner, outer, strict=True)
    )
