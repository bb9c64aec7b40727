"""The calls that a logger or a record went through before it is written: ``log.WithField(…)``, ``event.Str(…)``.

What a branch added may be there: ``if verbose { event = event.Str(…) }``.
"""

from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program

_LONGEST: Final = 200
_CARRYING: Final = {"Ctx": "WithContext", "FromContext": "NewContext"}
"""Go: functions that take a logger out of a context, and what puts it there."""


def links(program: Program, fn: Fn, callee: int) -> Iterator[ir.Call]:
    """The calls under the method at ``callee``, the last first; each once."""
    seen: set[int] = set()
    front = [callee]
    while front and len(seen) < _LONGEST:
        value = front.pop()
        if value in seen:
            continue
        seen.add(value)
        held = program.value(fn.at(value))
        match held:
            case ir.Member(base=inner) | ir.Variable(value=inner):
                front.append(inner)
            case ir.Choice(options=options):
                front.extend(reversed(options))
            case ir.Call(callee=inner):
                yield held
                carried = _carried(program, fn, held)
                front.append(inner if carried is None else carried)
            case _:
                pass


def _carried(program: Program, fn: Fn, call: ir.Call) -> int | None:
    """The logger in the context that one is taken out of, where the same function put it there."""
    putting = _CARRYING.get(program.called(fn.at(call.callee)))
    held = program.value(program.bare(fn.at(call.args[0].value))) if putting and call.args else None
    if not isinstance(held, ir.Call) or program.called(fn.at(held.callee)) != putting:
        return None
    callee = program.value(fn.at(held.callee))
    if putting == "NewContext":  # zerolog's method, or logr's function of a context and a logger
        return held.args[-1].value if held.args else None
    return callee.base if isinstance(callee, ir.Member) else None
