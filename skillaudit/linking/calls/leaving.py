"""What holds behind a block that leaves: how far out, past ``try`` and ``with``, its condition is still decided."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.calls.gates import suppresses

_ABORTING = {"abort", "exit", "_exit", "quit"}


def ancestors(function: ir.Function, block: int) -> Iterator[int]:
    """A block and those around it, innermost first."""
    while block >= 0:
        yield block
        block = function.blocks[block].parent


def ends(function: ir.Function, block: int) -> bool:
    """Whether a block leaves the function, and not only a loop."""
    held = (s for s in function.steps if isinstance(s, ir.Raise | ir.Return) or _aborts(function, s))
    return any(block in ancestors(function, step.block) for step in held)


def _aborts(function: ir.Function, step: ir.Step) -> bool:
    """``abort(403)``, ``sys.exit()``: the front end has found that nothing behind it runs."""
    called = function.values[step.value] if isinstance(step, ir.Do) else None
    callee = function.values[called.callee] if isinstance(called, ir.Call) else None
    name = callee.symbol if isinstance(callee, ir.Import) else getattr(callee, "name", "")
    return name in _ABORTING


def lifted(function: ir.Function, block: int, *, leaves: bool = False) -> int:
    """What is proven in a ``try`` holds after it, if every handler leaves; in a loop, for all that it went through.

    ``leaves``: the check leaves the function where it fails.
    """
    kinds = {"try", "with", "finally", "loop"} if leaves else {"try", "with", "finally"}
    while block > 0 and function.blocks[block].kind in kinds:
        held = function.blocks[block]
        handlers = [
            b for b in function.blocks if b.kind == "except" and b.parent == held.parent and b.line >= held.end_line - 1
        ]
        if (held.kind == "try" and handlers and not handlers[0].exits) or suppresses(function, held):
            return block
        block = held.parent
    return block
